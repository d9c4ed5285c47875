package projections

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
)

// insertRows is how many rows go into one statement. A statement costs about as much as two rows,
// so more gains little; SQLite takes at most 32,766 values.
const insertRows = 64

// inserter collects the rows of one table and has them written many at a time.
//
// It speaks to the driver itself, on a connection that nobody else uses meanwhile: what database/sql does
// to each value to suit any driver costs as much again as handing it over.
type inserter struct {
	table     string
	width     int
	conn      *sql.Conn
	many, one statement
	queue     *queue
	values    []driver.NamedValue // numbered for many
	row       []driver.NamedValue // numbered for one; only the queue uses it
	free      chan []driver.NamedValue
}

// statement is what the driver prepares.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
}

// newInserter prepares statements that begin with insert, the words before the name of the table.
func newInserter(ctx context.Context, conn *sql.Conn, queue *queue, insert, table string, width int) (*inserter, error) {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", width), ",") + ")"
	rows := strings.TrimSuffix(strings.Repeat(row+",", insertRows), ",")
	i := &inserter{table: table, width: width, conn: conn, queue: queue, row: numbered(width), free: make(chan []driver.NamedValue, queued)}
	i.values = i.empty()
	var err error
	if i.one, err = prepare(ctx, conn, insert+" "+table+" VALUES "+row); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	if i.many, err = prepare(ctx, conn, insert+" "+table+" VALUES "+rows); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare %s: %w", table, err), i.one.Close())
	}
	return i, nil
}

func prepare(ctx context.Context, conn *sql.Conn, query string) (prepared statement, err error) {
	err = conn.Raw(func(raw any) error {
		made, err := raw.(driver.ConnPrepareContext).PrepareContext(ctx, query)
		if err == nil {
			prepared = made.(statement)
		}
		return err
	})
	return prepared, err
}

// numbered are so many values as the driver wants them.
func numbered(n int) []driver.NamedValue {
	values := make([]driver.NamedValue, n)
	for i := range values {
		values[i].Ordinal = i + 1
	}
	return values
}

func (i *inserter) empty() []driver.NamedValue {
	select {
	case values := <-i.free:
		return values[:0]
	default:
		return numbered(i.width * insertRows)[:0]
	}
}

// add takes a row, one value for each column in their order: an int64, a string, a bool or a []byte.
func (i *inserter) add(ctx context.Context, row ...driver.Value) error {
	i.values = i.with(i.values, row...)
	if len(i.values) < i.width*insertRows {
		return nil
	}
	return i.flush(ctx)
}

// with puts a row behind others that empty began.
func (i *inserter) with(values []driver.NamedValue, row ...driver.Value) []driver.NamedValue {
	at := len(values)
	values = values[:at+len(row)]
	for k := range row {
		values[at+k].Value = row[k]
	}
	return values
}

// flush hands over what was collected.
func (i *inserter) flush(ctx context.Context) error {
	if len(i.values) == 0 {
		return nil
	}
	values := i.values
	i.values = i.empty()
	return i.queue.do(func() error { return i.write(ctx, values) })
}

func (i *inserter) write(ctx context.Context, values []driver.NamedValue) error {
	err := i.conn.Raw(func(any) error {
		if len(values) == i.width*insertRows {
			_, err := i.many.ExecContext(ctx, values)
			return err
		}
		for rest := values; len(rest) > 0; rest = rest[i.width:] {
			for k := range i.row {
				i.row[k].Value = rest[k].Value
			}
			if _, err := i.one.ExecContext(ctx, i.row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", i.table, err)
	}
	select {
	case i.free <- values:
	default:
	}
	return nil
}

// close gives the statements back.
func (i *inserter) close() error {
	return i.conn.Raw(func(any) error { return errors.Join(i.many.Close(), i.one.Close()) })
}

// growing writes the rows of a table that are written again when they have grown. To replace a row, SQLite notes
// first what it would take to undo the statement, a twentieth of what it does in a rebuild; so one that is new
// is added as any other.
type growing struct{ fresh, again *inserter }

func newGrowing(ctx context.Context, conn *sql.Conn, queue *queue, table string, width int) (g growing, err error) {
	if g.fresh, err = newInserter(ctx, conn, queue, insert, table, width); err != nil {
		return g, err
	}
	if g.again, err = newInserter(ctx, conn, queue, "INSERT OR REPLACE INTO", table, width); err != nil {
		return g, errors.Join(err, g.fresh.close())
	}
	return g, nil
}

// add takes a row, which is in the table when it was written before: whoever writes one that is to grow flushes then.
func (g *growing) add(ctx context.Context, before bool, row ...driver.Value) error {
	if before {
		return g.again.add(ctx, row...)
	}
	return g.fresh.add(ctx, row...)
}

func (g *growing) flush(ctx context.Context) error {
	return errors.Join(g.fresh.flush(ctx), g.again.flush(ctx))
}
