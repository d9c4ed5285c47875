package seal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/proof"
)

// How a step can go wrong.
const (
	failed   = "failed"
	landed   = "failed but landed"
	slow     = "slow"
	repeated = "repeated"
	noRoom   = "no room"
)

// faults lets one step go wrong, counted over everything that writes.
type faults struct {
	mu        sync.Mutex
	at        int // the step that goes wrong; 0: none
	how       string
	meanwhile func() // what happens during a slow step
	steps     int
	hit       string // the name of the step that went wrong
}

var errInjected = errors.New("injected")

func (f *faults) do(name string, step func() error) error {
	f.mu.Lock()
	f.steps++
	hit := f.steps == f.at
	if hit {
		f.hit = name
	}
	f.mu.Unlock()
	if !hit {
		return step()
	}
	switch f.how {
	case failed:
		return errInjected
	case landed:
		return errors.Join(step(), errInjected)
	case noRoom:
		return errors.Join(errInjected, syscall.ENOSPC)
	case slow:
		f.meanwhile()
		return step()
	default:
		return errors.Join(step(), step())
	}
}

// faultyDisk writes without syncing, which the tests do not need: a crash of theirs loses nothing.
type faultyDisk struct {
	faults *faults
	name   string
}

func (d faultyDisk) mkdir(path string) error {
	return d.faults.do(d.name+": make a directory", func() error { return osDisk{}.mkdir(path) })
}

func (d faultyDisk) write(path string, data []byte) error {
	err := d.faults.do(d.name+": write and sync", func() error { return os.WriteFile(path, data, 0o600) })
	if err != nil && d.faults.how != landed { // half of it, for a start
		return errors.Join(err, os.WriteFile(path, data[:len(data)/2], 0o600))
	}
	return err
}

func (d faultyDisk) rename(from, to string) error {
	return d.faults.do(d.name+": rename", func() error {
		err := os.Rename(from, to)
		if errors.Is(err, os.ErrNotExist) && d.faults.how == repeated {
			return nil
		}
		return err
	})
}

func (d faultyDisk) syncDir(string) error {
	return d.faults.do(d.name+": sync the directory", func() error { return nil })
}

type faultyArchive struct {
	*archive.Archive
	faults *faults
}

func (a faultyArchive) Append(rec events.Record) error {
	return a.faults.do("archive: append", func() error { return a.Archive.Append(rec) })
}

func (a faultyArchive) Sync() error {
	return a.faults.do("archive: sync", a.Archive.Sync)
}

// faultyStream fails in the kinds that Checkpoints promises.
type faultyStream struct {
	*memoryStream
	faults *faults
}

func (s faultyStream) Swap(ctx context.Context, after uint64, next Signed) (revision uint64, err error) {
	err = s.faults.do("LEDGER_CP: compare and swap", func() (err error) {
		revision, err = s.memoryStream.Swap(ctx, after, next)
		return err
	})
	return revision, s.kind(err)
}

func (s faultyStream) Cosigned(ctx context.Context, with Signed) error {
	return s.kind(s.faults.do("LEDGER_CP: cosigned", func() error { return s.memoryStream.Cosigned(ctx, with) }))
}

func (s faultyStream) kind(err error) error {
	switch {
	case err == nil || !errors.Is(err, errInjected):
		return err
	case s.faults.how == landed:
		return fmt.Errorf("%w: %w", events.ErrUnknown, err)
	default:
		return fmt.Errorf("%w: %w", events.ErrUnavailable, err)
	}
}

type faultyWitnesses struct {
	Witnesses
	faults *faults
}

func (w faultyWitnesses) AddCheckpoint(ctx context.Context, of proof.Witness, old uint64, path []proof.Hash, note []byte) (lines []byte, err error) {
	err = w.faults.do("witness: add-checkpoint", func() (err error) {
		lines, err = w.Witnesses.AddCheckpoint(ctx, of, old, path, note)
		return err
	})
	return lines, err
}
