package jetlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats.go"

	"starledger/events"
)

const (
	buildSuffix   = ".rebuilding"
	damagedSuffix = ".damaged-" // followed by the time, UTC
	rebuildWait   = time.Minute // for the acknowledgement of one batch
)

// Rebuild makes a new store from records, byte for byte at the same sequences, and puts it in the
// place of the store that is there, which is moved aside and kept. records has to begin at
// sequence 1 and is read twice: the second time to compare it with what was built. LEDGER_CP is made
// anew with the one checkpoint, nil for none, which is the newest that was signed. progress is told
// each sequence that is durable in the new store.
//
// The new store is built next to the old one and renamed into place when it is complete and
// synced. A crash at any moment leaves the old store, or the new one, or (between the two renames)
// neither in place; then Open refuses, since the ledger is known, and Rebuild can be run again.
func Rebuild(ctx context.Context, storeDir string, records iter.Seq2[events.Record, error], checkpoint []byte, progress func(seq uint64)) error {
	building := storeDir + buildSuffix
	if err := os.RemoveAll(building); err != nil { // an earlier attempt of ours
		return fmt.Errorf("rebuild the store: clear %s: %w", building, err)
	}
	if err := build(ctx, building, records, checkpoint, progress); err != nil {
		return fmt.Errorf("rebuild the store in %s: %w", building, err)
	}
	if err := compare(ctx, building, records); err != nil {
		return fmt.Errorf("verify the rebuilt store in %s: %w", building, err)
	}
	if err := syncTree(building); err != nil {
		return fmt.Errorf("sync the rebuilt store in %s: %w", building, err)
	}
	if err := replace(storeDir, building); err != nil {
		return fmt.Errorf("put the rebuilt store in place: %w", err)
	}
	return nil
}

func build(ctx context.Context, dir string, records iter.Seq2[events.Record, error], checkpoint []byte, progress func(uint64)) error {
	l, err := open(ctx, Config{StoreDir: dir, Logger: slog.New(slog.DiscardHandler)}, faults{ackWait: rebuildWait})
	if err != nil {
		return err
	}
	defer l.Close()
	p, err := newPublisher(l.conn, rebuildWait)
	if err != nil {
		return err
	}
	if checkpoint != nil {
		if _, err := l.cp.Swap(ctx, 0, checkpoint); err != nil {
			return err
		}
	}
	var chunk []events.Record
	restore := func() error {
		if err := p.restore(chunk); err != nil {
			return err
		}
		progress(chunk[len(chunk)-1].Seq)
		chunk = chunk[:0]
		return ctx.Err()
	}
	next := uint64(1)
	for rec, err := range records {
		switch {
		case err != nil:
			return fmt.Errorf("read what is to be restored: %w", err)
		case rec.Seq != next:
			return fmt.Errorf("read what is to be restored: %w", &events.GapError{Want: next, Got: rec.Seq})
		case checkCase(rec.Case) != nil:
			return &events.DamageError{Seq: rec.Seq, Reason: "it names no case", Err: checkCase(rec.Case)}
		}
		next++
		if chunk = append(chunk, rec); len(chunk) == events.MaxBatch {
			if err := restore(); err != nil {
				return err
			}
		}
	}
	if len(chunk) == 0 {
		return nil
	}
	return restore()
}

// restore publishes records of any cases as one batch. Nobody else writes to the new stream, so
// there are no expectations; the sequence of the acknowledgement says whether they stand where
// they stood.
func (p *publisher) restore(chunk []events.Record) error {
	b := p.newBatch()
	for i, rec := range chunk {
		last := i == len(chunk)-1
		answer, err := b.add(&nats.Msg{Subject: subjectOf(rec.Case), Data: rec.Body}, last)
		if err == nil && answer.Error != nil {
			err = answer.Error
		}
		if err == nil && last && (answer.PubAck == nil || answer.Sequence != rec.Seq) {
			err = fmt.Errorf("the broker answered %s", answer.raw)
		}
		if err != nil {
			return fmt.Errorf("restore sequences %d to %d: %w", chunk[0].Seq, chunk[len(chunk)-1].Seq, err)
		}
	}
	return nil
}

// compare reads the new store's files and the records side by side.
func compare(ctx context.Context, dir string, records iter.Seq2[events.Record, error]) error {
	next, stop := iter.Pull2(Scan(dir))
	defer stop()
	for want, err := range records {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		got, err, ok := next()
		switch {
		case !ok:
			return &events.GapError{Want: want.Seq}
		case err != nil:
			return err
		case got.Seq != want.Seq || got.Case != want.Case || !bytes.Equal(got.Body, want.Body):
			return &events.DamageError{Seq: want.Seq, Reason: "the new store holds something else"}
		}
	}
	if extra, err, more := next(); more {
		return fmt.Errorf("the new store goes on after the last record with sequence %d: %w", extra.Seq, errors.Join(err, events.ErrIntegrity))
	}
	return nil
}

// replace moves the old store aside, if there is one, and the new one into its place.
func replace(storeDir, building string) error {
	aside := storeDir + damagedSuffix + time.Now().UTC().Format("20060102T150405.000000Z")
	if err := os.Rename(storeDir, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(building, storeDir); err != nil {
		return err
	}
	return syncPath(filepath.Dir(storeDir))
}

func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(path)
	})
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
