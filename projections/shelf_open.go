package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"starledger/events"
)

// open opens the file, or makes it anew where it cannot be believed. An error that has nothing to do with the
// file itself, such as of the log, leaves it closed until it is used again.
func (s *shelf) open(ctx context.Context) error {
	if s.db != nil {
		return nil
	}
	program, err := s.program()
	if err != nil {
		s.shut = true
		return err
	}
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) {
		return s.create(ctx, program)
	}
	reason, err := s.unusable(ctx, program)
	if err != nil {
		return errors.Join(err, s.disconnect())
	}
	if reason != "" {
		return s.startOver(ctx, reason)
	}
	return nil
}

// unusable opens the file that is there, and says why what is in it is not to be believed; "" when it is.
func (s *shelf) unusable(ctx context.Context, program events.Digest) (reason string, err error) {
	var m mark
	err = s.connect(ctx)
	if err == nil {
		m, err = s.readMark(ctx)
	}
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return err.Error(), nil
	case m.program != program:
		return "another program made them", nil
	}
	s.mark = m
	return s.contradicted(ctx, m)
}

// contradicted holds the mark against the log: that of another ledger, or of one that was restored to an
// earlier state and went on otherwise, does not have there what the reviews rested on.
func (s *shelf) contradicted(ctx context.Context, m mark) (reason string, err error) {
	if m.seq == 0 {
		return "", nil
	}
	last, err := s.log.Last(ctx)
	if err != nil {
		return "", fmt.Errorf("find the end of the log: %w", err)
	}
	if last < m.seq {
		return fmt.Sprintf("they rest on event %d, the log ends at %d", m.seq, last), nil
	}
	for record, err := range s.log.ReadAt(ctx, []uint64{m.seq}) {
		if err != nil {
			return "", fmt.Errorf("read event %d, the last that kept reviews rest on: %w", m.seq, err)
		}
		if events.DigestOf(record.Body) != m.digest {
			return fmt.Sprintf("event %d is not the one that they rest on", m.seq), nil
		}
	}
	return "", nil
}

// startOver throws the file away and makes it anew.
func (s *shelf) startOver(ctx context.Context, reason string) error {
	s.logger.Warn("kept reviews thrown away, they will be made anew", "path", s.path, "reason", reason)
	program, err := s.program()
	if err := errors.Join(err, s.disconnect(), discard(s.path)); err != nil {
		s.shut = true
		return err
	}
	return s.create(ctx, program)
}

// create makes the file, in one transaction, so that one that was broken off has no mark. Where none can be
// made, the reviews are kept in memory alone.
func (s *shelf) create(ctx context.Context, program events.Digest) error {
	err := s.connect(ctx)
	if err == nil {
		err = s.fill(ctx, mark{program: program})
	}
	if err != nil {
		s.shut = ctx.Err() == nil
		return errors.Join(fmt.Errorf("make the file of kept reviews: %w", err), s.disconnect())
	}
	return nil
}

func (s *shelf) fill(ctx context.Context, m mark) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, shelfTables); err == nil {
		err = writeMark(ctx, tx, m)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.mark, s.files = m, s.files+1
	return nil
}

// connect opens the one connection. WAL and synchronous=NORMAL lose nothing when the process dies, and when
// the power fails the last transactions at most, each as a whole.
func (s *shelf) connect(ctx context.Context) (err error) {
	if s.db, err = sql.Open("sqlite", address(s.path, "journal_mode(WAL)", "synchronous(NORMAL)")); err != nil {
		return err
	}
	s.db.SetMaxOpenConns(1)
	return s.db.PingContext(ctx)
}
