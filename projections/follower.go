package projections

import (
	"context"
	"database/sql"
	"fmt"

	"starledger/events"
)

// batchSize is the most events that go into one transaction, except that the read models are built in one.
const batchSize = 20_000

// followedBytes bounds the folded cases kept while following, by the size of the bodies they came
// from: what is kept of a slim event is a third to a half of that. A case that was forgotten is read
// and folded again when its next event comes. Afterwards those are kept at which people work; while the read
// models are built, those of many cases come in turns, and where one comes back that was forgotten the bound
// is doubled, up to foldedBytes: so that as few are kept as the ledger allows.
const (
	followedBytes = 64 << 20
	foldedBytes   = 256 << 20
)

// follower applies the log to the read models. It belongs to one call of Run, and so does everything
// in it: after an error nothing of it is used again.
type follower struct {
	cfg    *Config
	w      *writer
	at     position
	lines  map[events.CaseID]*strand // of the cases, whose number is the sequence of their first event
	folded *lru[events.CaseID, *folding]
	slimmer
	moment moment // of the event that is applied
}

func newFollower(ctx context.Context, cfg *Config, conn *sql.Conn, at position, budget int) (*follower, error) {
	w, err := newWriter(ctx, conn)
	if err != nil {
		return nil, err
	}
	f := &follower{
		cfg: cfg, w: w, at: at, lines: map[events.CaseID]*strand{},
		folded: newLRU[events.CaseID, *folding](budget),
	}
	if err := f.loadLines(ctx); err != nil {
		w.queue.close()
		return nil, err
	}
	if at.indexed {
		f.folded.shrink(followedBytes)
	}
	return f, nil
}

// applyAll applies events in order. None of them is kept.
func (f *follower) applyAll(ctx context.Context, list []events.Stored) error {
	for i := range list {
		if err := f.apply(ctx, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

// apply applies one event. Strict: what is not the next event of the log and of its case is an
// ErrIntegrity, and nothing of it is written. Any other error leaves the batch incomplete.
func (f *follower) apply(ctx context.Context, e *events.Stored) error {
	if e.Seq != f.at.seq+1 {
		return &events.GapError{Want: f.at.seq + 1, Got: e.Seq}
	}
	folding, err := f.folding(ctx, e)
	if err != nil {
		return err
	}
	m := &f.moment
	if *m, err = folding.follow(e, f.slim(e), f.cfg.Schemes); err != nil {
		return err
	}
	m.line = f.line(e)
	f.at.latest = max(f.at.latest, e.Time)
	m.late = f.at.latest - e.Time
	f.at.late = max(f.at.late, m.late)
	if err := f.w.apply(ctx, m); err != nil {
		return err
	}
	if err := f.learn(e); err != nil {
		return err
	}
	f.folded.put(e.Subject, folding, folding.size)
	f.at.seq, f.at.digest = e.Seq, e.Digest
	return nil
}

// line is the strand of the case of an event, which may begin with it.
func (f *follower) line(e *events.Stored) *strand {
	of := f.lines[e.Subject]
	if of == nil {
		of = &strand{of: int64(e.Seq)}
		f.lines[e.Subject] = of
	}
	return of
}

// folding is the case of the event as it stood before it.
func (f *follower) folding(ctx context.Context, e *events.Stored) (*folding, error) {
	if folding, ok := f.folded.get(e.Subject); ok && !folding.misses(e) {
		return folding, nil
	}
	if of := f.lines[e.Subject]; of != nil {
		if !f.at.indexed {
			f.folded.widen(foldedBytes)
		}
		folding, err := f.reload(ctx, e.Subject, of, false)
		if err == nil && folding.misses(e) {
			return f.reload(ctx, e.Subject, of, true)
		}
		return folding, err
	}
	return &folding{no: e.Seq, of: events.NewCase(e.Subject)}, nil
}

// reload folds a case again up to the position; whole: without trimming it.
func (f *follower) reload(ctx context.Context, id events.CaseID, of *strand, whole bool) (*folding, error) {
	seqs, err := f.seqsOf(ctx, of)
	if err != nil {
		return nil, fmt.Errorf("read case %s again: %w", id, err)
	}
	folding := &folding{no: uint64(of.of), of: events.NewCase(id), whole: whole}
	var stored events.Stored // one after the other, since folding keeps none
	for record, err := range f.cfg.Bodies.ReadAt(ctx, seqs) {
		if err != nil {
			return nil, fmt.Errorf("read case %s again: %w", id, err)
		}
		if err := events.DecodeInto(&stored, record); err != nil {
			return nil, err
		}
		if _, err := folding.follow(&stored, f.slim(&stored), f.cfg.Schemes); err != nil {
			return nil, err
		}
	}
	return folding, nil
}

func (f *follower) seqsOf(ctx context.Context, of *strand) ([]uint64, error) {
	if err := f.w.strands.flush(ctx); err != nil {
		return nil, err
	}
	if err := f.w.queue.wait(); err != nil {
		return nil, err
	}
	return readStrand(ctx, f.w.conn, of.of, 0, f.at.seq)
}

// commit ends the batch. The one that reaches the last event that was there when following began also makes
// the secondary indexes. What was built in part, because this process was told to end, waits without them
// for the next.
func (f *follower) commit(ctx context.Context, target uint64) error {
	built := !f.at.indexed && f.at.seq >= target
	if built {
		if err := f.w.index(ctx); err != nil {
			return err
		}
	}
	if !f.w.open {
		return nil
	}
	if err := f.w.commit(ctx, f.at); err != nil || !built {
		return err
	}
	f.at.indexed = true
	f.folded.shrink(followedBytes)
	return f.w.share(ctx)
}

// goesOn tells whether a batch of so many events takes more of them before it ends.
func (f *follower) goesOn(batch int, target uint64) bool {
	return batch < batchSize || !f.at.indexed && f.at.seq < target
}

// confirm holds the position against the log: the log has it, with the same bytes. A log that is
// shorter, or another, is damaged; the read model is evidence then and is kept.
func (f *follower) confirm(ctx context.Context, last uint64) error {
	if f.at.seq == 0 {
		return nil
	}
	if last < f.at.seq {
		return fmt.Errorf("the read model has seen event %d, the log ends at %d: %w", f.at.seq, last, &events.GapError{Want: last + 1})
	}
	for record, err := range f.cfg.Log.ReadAt(ctx, []uint64{f.at.seq}) {
		if err != nil {
			return fmt.Errorf("read event %d, the last the read model has seen: %w", f.at.seq, err)
		}
		if events.DigestOf(record.Body) != f.at.digest {
			return &events.DamageError{Seq: f.at.seq, Reason: "is not the event that the read model has seen there"}
		}
	}
	return f.loadSchemes(ctx)
}

// loadLines finds the cases in the read model.
func (f *follower) loadLines(ctx context.Context) error {
	rows, err := f.w.conn.QueryContext(ctx, "SELECT no, id FROM cases")
	if err != nil {
		return fmt.Errorf("read the cases: %w", err)
	}
	err = each(rows, func() error {
		of := &strand{unread: true}
		var id events.CaseID
		err := rows.Scan(&of.of, &id)
		f.lines[id] = of
		return err
	})
	if err != nil {
		return fmt.Errorf("read the cases: %w", err)
	}
	return nil
}
