package projections

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// insertRows is how many rows go into one statement. A statement costs about as much as two rows,
// so more gains little; SQLite takes at most 32,766 values.
const insertRows = 64

// inserter collects the rows of one table and has them written many at a time.
type inserter struct {
	table     string
	width     int
	many, one *sql.Stmt
	queue     *queue
	values    []any
	free      chan []any // written, to be filled again
}

func newInserter(ctx context.Context, conn *sql.Conn, queue *queue, table string, width int) (*inserter, error) {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", width), ",") + ")"
	rows := strings.TrimSuffix(strings.Repeat(row+",", insertRows), ",")
	i := &inserter{table: table, width: width, queue: queue, free: make(chan []any, 2)}
	i.values = i.empty()
	var err error
	if i.one, err = conn.PrepareContext(ctx, "INSERT INTO "+table+" VALUES "+row); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	if i.many, err = conn.PrepareContext(ctx, "INSERT INTO "+table+" VALUES "+rows); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	return i, nil
}

func (i *inserter) empty() []any {
	select {
	case values := <-i.free:
		return values[:0]
	default:
		return make([]any, 0, i.width*insertRows)
	}
}

// add takes a row, one value for each column in their order.
func (i *inserter) add(ctx context.Context, row ...any) error {
	i.values = append(i.values, row...)
	if len(i.values) < i.width*insertRows {
		return nil
	}
	return i.flush(ctx)
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

func (i *inserter) write(ctx context.Context, values []any) error {
	by, width := i.one, i.width
	if len(values) == i.width*insertRows {
		by, width = i.many, len(values)
	}
	for rest := values; len(rest) > 0; rest = rest[width:] {
		if _, err := by.ExecContext(ctx, rest[:width]...); err != nil {
			return i.failed(err)
		}
	}
	select {
	case i.free <- values:
	default:
	}
	return nil
}

func (i *inserter) failed(err error) error {
	if err != nil {
		return fmt.Errorf("write %s: %w", i.table, err)
	}
	return nil
}
