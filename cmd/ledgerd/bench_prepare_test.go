package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/jetlog"
	"starledger/projections/rehearsal"
	"starledger/scoring"
)

// rehearsed is the data directory of a realistic ledger in both copies, sealed to its end, with no read
// model yet. The use is part of the name under which it is kept: what one benchmark adds to its ledger is
// not there for another.
//
// Making it takes longer than what is measured on it, and gigabytes: LEDGER_KEEP names a directory
// where it is kept for the next run, under a name that says what is in it, so that another plan or another
// form of the events is another directory. What is kept is proven like any ledger when it is opened.
func rehearsed(b *testing.B, book *scoring.Book, use string) Config {
	b.Helper()
	plan := ledgerPlan(b, book)
	kept := os.Getenv("LEDGER_KEEP")
	if kept == "" {
		kept = b.TempDir()
	}
	at := filepath.Join(kept, use+"-"+ledgerName(b, plan))
	if _, err := os.Stat(at); errors.Is(err, os.ErrNotExist) {
		making := at + ".making"
		if err := tellLedger(b.Context(), ledgerAt(b, making), plan); err != nil {
			b.Fatal(err)
		}
		if err := os.Rename(making, at); err != nil {
			b.Fatal(err)
		}
	}
	cfg := ledgerAt(b, at)
	if err := os.Remove(viewsPath(cfg)); err != nil && !errors.Is(err, os.ErrNotExist) {
		b.Fatal(err)
	}
	return cfg
}

func ledgerPlan(b *testing.B, book *scoring.Book) rehearsal.Plan {
	b.Helper()
	scheme, found := book.Find("gbt27922-2011", "1")
	if !found {
		b.Fatal("the scheme of the rehearsal is not shipped")
	}
	return rehearsal.Plan{Seed: 1, Events: ledgerSize(), Open: 3000, Scheme: scheme, Cut: true}
}

// ledgerName tells the size, and by the digest of an event far enough in how the ledger is told: each
// event names the bytes of the one before it in its case.
func ledgerName(b *testing.B, plan rehearsal.Plan) string {
	b.Helper()
	enough := errors.New("far enough")
	var last events.Digest
	err := rehearsal.New(plan).All(func(e *events.Stored) error {
		if last = e.Digest; e.Seq == 20_000 {
			return enough
		}
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		b.Fatal(err)
	}
	return fmt.Sprintf("%d-%s", plan.Events, last[len("sha256:"):][:12])
}

func ledgerAt(b *testing.B, dir string) Config {
	b.Helper()
	cfg := Config{Data: dir, Origin: "rehearsal.example/2024", Ops: "127.0.0.1:0", Listen: "127.0.0.1:0"}
	if err := cfg.complete(); err != nil {
		b.Fatal(err)
	}
	return cfg
}

// tellLedger writes the archive, makes the store from it as a repair does, a thousand events at a time, and
// has the sealer seal it. It takes up what it left when it was broken off.
func tellLedger(ctx context.Context, cfg Config, plan rehearsal.Plan) error {
	copied, err := archive.Open(cfg.ArchiveDir)
	if err != nil {
		return err
	}
	if err := errors.Join(archiveRest(copied, plan), copied.Sync()); err != nil {
		return errors.Join(err, copied.Close())
	}
	last, _ := copied.Last()
	if _, missing := os.Stat(storeDir(cfg)); missing != nil {
		err = jetlog.Rebuild(ctx, storeDir(cfg), copied.Read(1, last), nil, func(uint64) {})
	}
	if err := errors.Join(err, copied.Close()); err != nil {
		return err
	}
	return sealAll(ctx, cfg, last)
}

// archiveRest appends what the archive lacks of the plan.
func archiveRest(copied *archive.Archive, plan rehearsal.Plan) error {
	archived, _ := copied.Last()
	if archived == uint64(plan.Events) {
		return nil
	}
	return rehearsal.New(plan).All(func(e *events.Stored) error {
		if e.Seq <= archived {
			return nil
		}
		return copied.Append(events.Record{Seq: e.Seq, Case: string(e.Subject), Body: e.Body})
	})
}

// sealAll seals the ledger to its end, with nothing else of the service running.
func sealAll(ctx context.Context, cfg Config, last uint64) error {
	quiet := slog.New(slog.DiscardHandler)
	guard := newGuard(quiet)
	store, err := openStore(ctx, cfg, guard, quiet)
	if err != nil {
		return err
	}
	parts := newParts(guard)
	parts.start("the sealer", store.sealer.Run)
	waiting, stop := guard.until(ctx)
	err = store.sealer.Wait(waiting, last, true)
	stop()
	parts.stop()
	return errors.Join(err, parts.failure(), store.close(context.WithoutCancel(ctx), false))
}
