package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Actors and event types come up in every entry; the tables hold their number instead, in the order
// in which the log first names them.
const namesTable = `
CREATE TABLE names (
	no   INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE -- an actor or an event type
);`

// names is the table names, in memory, each with its strand.
type names struct {
	conn  *sql.Conn
	queue *queue
	known map[string]*strand
}

func loadNames(ctx context.Context, conn *sql.Conn, queue *queue) (*names, error) {
	n := &names{conn, queue, map[string]*strand{}}
	rows, err := conn.QueryContext(ctx, "SELECT name, no FROM names")
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	err = each(rows, func() error {
		var name string
		var no int64
		if err := rows.Scan(&name, &no); err != nil {
			return err
		}
		n.known[name] = &strand{of: -no, unread: true}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	return n, nil
}

// of is the strand of a name, which gets a number when it was never used.
func (n *names) of(ctx context.Context, name string) (*strand, error) {
	if s, ok := n.known[name]; ok {
		return s, nil
	}
	no := int64(len(n.known) + 1)
	s := &strand{of: -no}
	n.known[name] = s
	return s, n.queue.do(func() error {
		if _, err := n.conn.ExecContext(ctx, "INSERT INTO names VALUES (?, ?)", no, name); err != nil {
			return fmt.Errorf("write names: %w", err)
		}
		return nil
	})
}

// each calls do for every row until it fails, and closes rows.
func each(rows *sql.Rows, do func() error) error {
	for rows.Next() {
		if err := do(); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
