package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// writer writes the rows of a batch on the one connection that writes. All that is written goes
// through the queue.
type writer struct {
	conn  *sql.Conn
	queue *queue
	names *names

	cases, standings, scores, words, certificates, statuses, openings, reports, courses *inserter

	deadlines, parameters, scopes, findings, stages, members, waits *inserter

	move    *sql.Stmt   // of the position
	tables  []*inserter // all of them
	models  []readModel
	strands strands
	pages   pages
	traces  traces
	open    bool // a batch is begun
}

// insert adds rows. FAIL leaves those before one that does not fit, where it is the batch that is given up;
// so SQLite need not note what it would take to undo the statement alone, a tenth of what it does.
const insert = "INSERT OR FAIL INTO"

func newWriter(ctx context.Context, conn *sql.Conn) (_ *writer, err error) {
	w := &writer{conn: conn, queue: newQueue(), models: readModels()}
	defer func() {
		if err != nil {
			w.queue.close()
		}
	}()
	if w.names, err = loadNames(ctx, conn, w.queue); err != nil {
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
		{&w.cases, "cases", 10}, {&w.standings, "standings", 8},
		{&w.scores, "scores", 9}, {&w.words, "words", 3}, {&w.certificates, "certificates", 8}, {&w.statuses, "statuses", 3},
		{&w.openings, "openings", 3}, {&w.reports, "reports", 9}, {&w.courses, "courses", 13},
		{&w.deadlines, "deadlines", 12}, {&w.parameters, "parameters", 4}, {&w.scopes, "scopes", 4},
		{&w.findings, "findings", 8}, {&w.stages, "stages", 2},
		{&w.members, "members", 5}, {&w.waits, "waits", 5},
	} {
		if *table.target, err = newInserter(ctx, conn, w.queue, insert, table.name, table.width); err != nil {
			return nil, err
		}
		w.tables = append(w.tables, *table.target)
	}
	w.strands = strands{conn: conn, queue: w.queue}
	w.pages = pages{conn: conn, queue: w.queue}
	w.traces = traces{conn: conn, queue: w.queue, empty: len(w.names.known) == 0, last: map[int64]*traceEnd{}}
	for _, table := range []struct {
		target *growing
		name   string
		width  int
	}{
		{&w.strands.rows, "strands", 3}, {&w.pages.rows, "pages", 2}, {&w.traces.rows, "traces", 2},
	} {
		if *table.target, err = newGrowing(ctx, conn, w.queue, table.name, table.width); err != nil {
			return nil, err
		}
		w.tables = append(w.tables, table.target.fresh, table.target.again)
	}
	return w, nil
}

// apply adds to the batch what an event says to every model.
func (w *writer) apply(ctx context.Context, m *moment) error {
	if err := w.begin(ctx); err != nil {
		return err
	}
	for i := range w.models {
		if err := w.models[i].apply(ctx, w, m); err != nil {
			return fmt.Errorf("apply event %d to %s: %w", m.Seq, w.models[i].name, err)
		}
	}
	return nil
}

// begin begins a batch unless it is begun.
func (w *writer) begin(ctx context.Context) error {
	if w.open {
		return nil
	}
	w.open = true
	return w.run(ctx, "begin a batch", "BEGIN IMMEDIATE")
}

// run lets statements be run that return nothing.
func (w *writer) run(ctx context.Context, doing string, statements ...string) error {
	return w.queue.do(func() error {
		for _, statement := range statements {
			if _, err := w.conn.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", doing, err)
			}
		}
		return nil
	})
}

// commit ends the batch with the position it leads to, in one transaction, and returns when it is done.
func (w *writer) commit(ctx context.Context, p position) error {
	if err := errors.Join(w.strands.flush(ctx), w.pages.flush(ctx), w.traces.flush(ctx)); err != nil {
		return err
	}
	for _, table := range w.tables {
		if err := table.flush(ctx); err != nil {
			return err
		}
	}
	err := w.queue.do(func() error {
		if _, err := w.move.ExecContext(ctx, int64(p.seq), string(p.digest), int64(p.latest), int64(p.late)); err != nil {
			return fmt.Errorf("move the position to %d: %w", p.seq, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := w.run(ctx, fmt.Sprintf("commit up to %d", p.seq), "COMMIT"); err != nil {
		return err
	}
	if err := w.queue.wait(); err != nil {
		return err
	}
	w.open = false
	return nil
}

// index makes the secondary indexes, in the batch that ends the building.
func (w *writer) index(ctx context.Context) error {
	if err := w.begin(ctx); err != nil {
		return err
	}
	var statements []string
	for _, m := range w.models {
		if m.indexes != "" {
			statements = append(statements, m.indexes)
		}
	}
	return w.run(ctx, "index the read models", append(statements, "UPDATE position SET indexed = 1")...)
}

// share lets the file be read while it is written, from here on. No batch is open.
func (w *writer) share(ctx context.Context) error {
	var mode string
	if err := w.conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return fmt.Errorf("share the read model: %w", err)
	}
	if mode != "wal" {
		return fmt.Errorf("share the read model: its journal stays in mode %s", mode)
	}
	if _, err := w.conn.ExecContext(ctx, "PRAGMA synchronous = NORMAL"); err != nil {
		return fmt.Errorf("share the read model: %w", err)
	}
	return nil
}

// close gives up a batch that was not committed, and the statements and the connection with it.
func (w *writer) close(ctx context.Context) error {
	w.queue.close()
	var all []error
	if w.open {
		if _, err := w.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
			all = append(all, fmt.Errorf("give up a batch: %w", err))
		}
	}
	for _, table := range w.tables {
		all = append(all, table.close())
	}
	return errors.Join(append(all, w.move.Close(), w.conn.Close())...)
}
