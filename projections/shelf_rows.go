package projections

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"starledger/events"
)

// mark is what the file says of itself.
type mark struct {
	program  events.Digest // that made the reviews
	seq      uint64        // the reviews rest on the log up to here at most
	digest   events.Digest // of the body there
	seen     uint64        // every case was reviewed with its events up to here
	registry uint64        // on the registry up to here
}

func (m mark) seal() []byte {
	return seal(m.program, fmt.Sprint(m.seq), m.digest, fmt.Sprint(m.seen), fmt.Sprint(m.registry))
}

// restsOn is the mark when something rests on the log up to there.
func (m mark) restsOn(at position) mark {
	if at.seq > m.seq {
		m.seq, m.digest = at.seq, at.digest
	}
	return m
}

func (s *shelf) readMark(ctx context.Context) (m mark, err error) {
	var sealed []byte
	// The join finds out whether the other table is there as well.
	const query = "SELECT m.program, m.seq, m.digest, m.seen, m.registry, m.seal FROM mark m LEFT JOIN reviews r ON r.rowid = 1"
	err = s.db.QueryRowContext(ctx, query).
		Scan(&m.program, &m.seq, &m.digest, &m.seen, &m.registry, &sealed)
	if err == nil && !bytes.Equal(sealed, m.seal()) {
		err = fmt.Errorf("the mark %w", errDamaged)
	}
	return m, err
}

func writeMark(ctx context.Context, tx *sql.Tx, m mark) error {
	const replace = "INSERT OR REPLACE INTO mark (one, program, seq, digest, seen, registry, seal) VALUES (1, ?, ?, ?, ?, ?, ?)"
	_, err := tx.ExecContext(ctx, replace, string(m.program), int64(m.seq), string(m.digest), int64(m.seen), int64(m.registry), m.seal())
	return err
}

// write runs statements and moves the mark in one transaction. One that is under way is finished whatever
// ends ctx.
func (s *shelf) write(ctx context.Context, m mark, statements func(context.Context, *sql.Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err = statements(ctx, tx); err == nil && m != s.mark {
		err = writeMark(ctx, tx, m)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.mark = m
	return nil
}

// put keeps the review of a case, which rests on the log up to a position.
func (s *shelf) put(ctx context.Context, id events.CaseID, r *reviewed, at position) {
	written := s.use(ctx, "keep a review", func() error {
		text, err := r.write()
		if err != nil {
			return err
		}
		return s.write(ctx, s.mark.restsOn(at), func(ctx context.Context, tx *sql.Tx) error {
			const replace = "INSERT OR REPLACE INTO reviews (case_id, review, seal) VALUES (?, ?, ?)"
			_, err := tx.ExecContext(ctx, replace, string(id), text, seal(s.mark.program, id, text))
			return err
		})
	})
	if !written {
		s.mu.Lock()
		s.missed = true
		s.mu.Unlock()
	}
}

// get is the kept review of a case, nil when there is none.
func (s *shelf) get(ctx context.Context, id events.CaseID) (found *reviewed) {
	s.use(ctx, "read a kept review", func() error {
		var text, sealed []byte
		err := s.db.QueryRowContext(ctx, "SELECT review, seal FROM reviews WHERE case_id = ?", string(id)).Scan(&text, &sealed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.confirm(id, text, sealed); err != nil {
			return err
		}
		found, err = readReview(text)
		return err
	})
	return found
}

// confirm finds out whether a row is as it was written.
func (s *shelf) confirm(id events.CaseID, text, sealed []byte) error {
	if !bytes.Equal(sealed, seal(s.mark.program, id, text)) {
		return fmt.Errorf("the review of case %s %w", id, errDamaged)
	}
	return nil
}

// check reads everything, so that damage shows before somebody asks, and tells which cases are there. It lets
// others use the file in between.
func (s *shelf) check(ctx context.Context) map[events.CaseID]bool {
	const query, most = "SELECT case_id, review, seal FROM reviews WHERE case_id > ? ORDER BY case_id LIMIT ?", 200
	kept, last := map[events.CaseID]bool{}, events.CaseID("")
	for more := true; more; {
		read := 0
		more = s.use(ctx, "check the kept reviews", func() error {
			rows, err := s.db.QueryContext(ctx, query, string(last), most)
			if err != nil {
				return err
			}
			return each(rows, func() error {
				var text, sealed []byte
				if err := rows.Scan(&last, &text, &sealed); err != nil {
					return err
				}
				read, kept[last] = read+1, true
				return s.confirm(last, text, sealed)
			})
		}) && read == most
	}
	return kept
}

// extent is how far the reviews in the file go, all of them together.
type extent struct {
	seen, registry uint64
	file           int // which of those made in this run
}

func (s *shelf) reach(ctx context.Context) (r extent) {
	s.use(ctx, "read how far reviews are kept", func() error {
		r = extent{s.mark.seen, s.mark.registry, s.files}
		return nil
	})
	return r
}

// extend says that the reviews of all cases go further now, if all could be kept.
func (s *shelf) extend(ctx context.Context, to extent, at position) {
	s.use(ctx, "note how far reviews are kept", func() error {
		if s.missed || s.files != to.file {
			return nil
		}
		m := s.mark.restsOn(at)
		m.seen, m.registry = to.seen, to.registry
		return s.write(ctx, m, func(context.Context, *sql.Tx) error { return nil })
	})
}
