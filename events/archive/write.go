package archive

import (
	"bytes"
	"errors"
	"fmt"

	"starledger/events"
)

// writeAt is how many bytes of lines are gathered before they are written, so that a batch does not
// take a system call for each event. Sync writes what there is.
const writeAt = 1 << 20

// Append adds the next event. It is not safe before Sync has returned, and may not even be written.
// After a failed write or sync nobody knows what is on the disk: the archive refuses everything from
// then on, until Recover has cut off what is not known, or it is opened again, which finds out.
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
	if err := a.add(rec); err != nil {
		a.broken = err
		return fmt.Errorf("archive sequence %d: %w", rec.Seq, err)
	}
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

func (a *Archive) add(rec events.Record) error {
	if err := a.turnOver(rec.Seq); err != nil {
		return err
	}
	a.lastLine = len(a.waiting)
	a.waiting = append(append(a.waiting, rec.Body...), '\n')
	a.appended = mark{seq: rec.Seq}
	if len(a.waiting) < writeAt {
		return nil
	}
	return a.write()
}

// write brings the gathered lines into the file. Nothing is safe by it.
func (a *Archive) write() error {
	if len(a.waiting) == 0 {
		return nil
	}
	if n, err := a.file.Write(a.waiting); err != nil || n < len(a.waiting) {
		return fmt.Errorf("write %d of %d bytes: %w", n, len(a.waiting), errors.Join(err, errCutOff))
	}
	a.size += int64(len(a.waiting))
	a.appended.digest, a.appended.end = events.DigestOf(a.waiting[a.lastLine:len(a.waiting)-1]), a.size
	a.waiting = a.waiting[:0]
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
	a.file, a.first, a.size = f, first, 0
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
	if a.synced.Load().seq == a.appended.seq {
		return nil
	}
	err := a.write()
	if err == nil {
		err = a.file.Sync()
	}
	if err != nil {
		a.broken = err
		return err
	}
	safe := a.appended
	a.synced.Store(&safe)
	return nil
}
