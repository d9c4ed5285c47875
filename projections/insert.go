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

// inserter collects the rows of one table and writes them many at a time.
type inserter struct {
	table     string
	width     int
	many, one *sql.Stmt
	values    []any
}

func newInserter(ctx context.Context, conn *sql.Conn, table string, width int) (*inserter, error) {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", width), ",") + ")"
	rows := strings.TrimSuffix(strings.Repeat(row+",", insertRows), ",")
	i := &inserter{table: table, width: width, values: make([]any, 0, width*insertRows)}
	var err error
	if i.one, err = conn.PrepareContext(ctx, "INSERT INTO "+table+" VALUES "+row); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	if i.many, err = conn.PrepareContext(ctx, "INSERT INTO "+table+" VALUES "+rows); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	return i, nil
}

// add takes a row, one value for each column in their order.
func (i *inserter) add(ctx context.Context, row ...any) error {
	i.values = append(i.values, row...)
	if len(i.values) < i.width*insertRows {
		return nil
	}
	_, err := i.many.ExecContext(ctx, i.values...)
	i.values = i.values[:0]
	return i.failed(err)
}

// flush writes what is left.
func (i *inserter) flush(ctx context.Context) error {
	for rest := i.values; len(rest) > 0; rest = rest[i.width:] {
		if _, err := i.one.ExecContext(ctx, rest[:i.width]...); err != nil {
			return i.failed(err)
		}
	}
	i.values = i.values[:0]
	return nil
}

func (i *inserter) failed(err error) error {
	if err != nil {
		return fmt.Errorf("write %s: %w", i.table, err)
	}
	return nil
}
