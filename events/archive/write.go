package archive

import (
	"bytes"
	"errors"
	"fmt"

	"starledger/events"
)

// Append writes the next event. It is not safe before Sync has returned. After a failed write or
// sync nobody knows what is on the disk: the archive refuses everything from then on and has to be
// opened again, which finds out.
func (a *Archive) Append(rec events.Record) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.broken != nil {
		return fmt.Errorf("archive sequence %d: %w", rec.Seq, a.broken)
	}
	if rec.Seq != a.appended.seq+1 {
		return fmt.Errorf("archive sequence %d: %w", rec.Seq, &events.GapError{Want: a.appended.seq + 1, Got: rec.Seq})
	}
	if err := restorable(rec); err != nil {
		return &events.DamageError{Seq: rec.Seq, Reason: "it cannot be archived", Err: err}
	}
	if err := a.write(rec); err != nil {
		a.broken = err
		return fmt.Errorf("archive sequence %d: %w", rec.Seq, err)
	}
	a.appended = mark{rec.Seq, events.DigestOf(rec.Body)}
	return nil
}

// restorable says whether the record can be had back from its line alone.
func restorable(rec events.Record) error {
	if len(rec.Body) > events.MaxBody {
		return errTooLong
	}
	if bytes.IndexByte(rec.Body, '\n') >= 0 {
		return errors.New("it holds a newline")
	}
	if err := looksLikeObject(rec.Body); err != nil {
		return err
	}
	subject, err := subjectOf(rec.Body)
	if err != nil {
		return err
	}
	if subject != rec.Case {
		return fmt.Errorf("it is stored under case %q and names case %q", rec.Case, subject)
	}
	return nil
}

func (a *Archive) write(rec events.Record) error {
	if err := a.turnOver(rec.Seq); err != nil {
		return err
	}
	line := append(bytes.Clone(rec.Body), '\n')
	if n, err := a.file.Write(line); err != nil || n < len(line) {
		return fmt.Errorf("write %d of %d bytes: %w", n, len(line), errors.Join(err, errCutOff))
	}
	return nil
}

// turnOver begins a new file where one begins. The full one is synced before, so that only the
// last file ever has to be looked at after a crash.
func (a *Archive) turnOver(seq uint64) error {
	first := firstOf(seq)
	if a.file != nil && a.first == first {
		return nil
	}
	if a.file != nil {
		if err := errors.Join(a.sync(), a.file.Close()); err != nil {
			return fmt.Errorf("finish the full file: %w", err)
		}
		a.file = nil
	}
	f, err := a.disk.open(a.fileOf(first))
	if err != nil {
		return fmt.Errorf("begin a file: %w", err)
	}
	a.file, a.first = f, first
	if err := a.disk.syncDir(a.dir); err != nil {
		return fmt.Errorf("begin a file: %w", err)
	}
	return nil
}

// Sync makes everything appended so far safe; only then Last tells of it.
func (a *Archive) Sync() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(); err != nil {
		return fmt.Errorf("sync the archive: %w", err)
	}
	return nil
}

func (a *Archive) sync() error {
	if a.broken != nil {
		return a.broken
	}
	if *a.synced.Load() == a.appended {
		return nil
	}
	if err := a.file.Sync(); err != nil {
		a.broken = err
		return err
	}
	safe := a.appended
	a.synced.Store(&safe)
	return nil
}
