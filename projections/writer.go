package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// writer writes the rows of a batch on the one connection that writes.
type writer struct {
	conn  *sql.Conn
	names *names

	entries, cases, standings, scores, progress, words, certificates, statuses, openings, reports, courses *inserter

	move   *sql.Stmt   // of the position
	tables []*inserter // all of them
	models []readModel
	open   bool // a batch is begun
}

func newWriter(ctx context.Context, conn *sql.Conn) (*writer, error) {
	w := &writer{conn: conn, models: readModels()}
	var err error
	if w.names, err = loadNames(ctx, conn); err != nil {
		return nil, err
	}
	const move = "UPDATE position SET seq = ?, digest = ?, latest = ?, late = ?"
	if w.move, err = conn.PrepareContext(ctx, move); err != nil {
		return nil, fmt.Errorf("prepare the position: %w", err)
	}
	for _, table := range []struct {
		target **inserter
		name   string
		width  int
	}{
		{&w.entries, "entries", 8}, {&w.cases, "cases", 8}, {&w.standings, "standings", 9},
		{&w.scores, "scores", 13}, {&w.progress, "progress", 4}, {&w.words, "words", 3}, {&w.certificates, "certificates", 6}, {&w.statuses, "statuses", 3},
		{&w.openings, "openings", 3}, {&w.reports, "reports", 9}, {&w.courses, "courses", 13},
	} {
		if *table.target, err = newInserter(ctx, conn, table.name, table.width); err != nil {
			return nil, err
		}
		w.tables = append(w.tables, *table.target)
	}
	return w, nil
}

// apply adds to the batch what an event says to every model.
func (w *writer) apply(ctx context.Context, m *moment) error {
	if !w.open {
		if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
			return fmt.Errorf("begin a batch: %w", err)
		}
		w.open = true
	}
	for i := range w.models {
		if err := w.models[i].apply(ctx, w, m); err != nil {
			return fmt.Errorf("apply event %d to %s: %w", m.Seq, w.models[i].name, err)
		}
	}
	return nil
}

// commit ends the batch with the position it leads to, in one transaction.
func (w *writer) commit(ctx context.Context, p position) error {
	for _, table := range w.tables {
		if err := table.flush(ctx); err != nil {
			return err
		}
	}
	if _, err := w.move.ExecContext(ctx, int64(p.seq), string(p.digest), int64(p.latest), int64(p.late)); err != nil {
		return fmt.Errorf("move the position to %d: %w", p.seq, err)
	}
	if _, err := w.conn.ExecContext(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit up to %d: %w", p.seq, err)
	}
	w.open = false
	return nil
}

// index makes the secondary indexes.
func (w *writer) index(ctx context.Context) error {
	statements := []string{"BEGIN IMMEDIATE"}
	for _, m := range w.models {
		if m.indexes != "" {
			statements = append(statements, m.indexes)
		}
	}
	statements = append(statements, "UPDATE position SET indexed = 1", "COMMIT")
	w.open = true
	for _, statement := range statements {
		if _, err := w.conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("index the read models: %w", err)
		}
	}
	w.open = false
	return nil
}

// close gives up a batch that was not committed, and the statements and the connection with it.
func (w *writer) close(ctx context.Context) error {
	var all []error
	if w.open {
		if _, err := w.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
			all = append(all, fmt.Errorf("give up a batch: %w", err))
		}
	}
	for _, table := range w.tables {
		all = append(all, table.one.Close(), table.many.Close())
	}
	return errors.Join(append(all, w.move.Close(), w.conn.Close())...)
}
