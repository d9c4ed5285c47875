package main

import (
	"context"
	"log/slog"
	"os"

	"starledger/events"
	"starledger/events/jetlog"
)

// ours is the log of the product, as the service opens it.
type ours struct {
	dir  string
	log  *jetlog.Log
	seqs [256][]uint64 // of the case of each caller
}

func openOurs(ctx context.Context, dir string) (peer, error) {
	dir, err := os.MkdirTemp(dir, "ours-")
	if err != nil {
		return nil, err
	}
	log, err := jetlog.Open(ctx, jetlog.Config{StoreDir: dir, Logger: slog.New(slog.DiscardHandler)})
	return &ours{dir: dir, log: log}, err
}

func (o *ours) name() string { return "StarLedger" }

func (o *ours) append(ctx context.Context, caller, _ int, body []byte) error {
	after := uint64(0)
	if n := len(o.seqs[caller]); n > 0 {
		after = o.seqs[caller][n-1]
	}
	seq, err := o.log.Append(ctx, events.Append{Case: caseOf(caller), After: after, Bodies: [][]byte{body}})
	o.seqs[caller] = append(o.seqs[caller], seq)
	return err
}

func (o *ours) replay(ctx context.Context) (n int, err error) {
	last, err := o.log.Last(ctx)
	if err != nil {
		return 0, err
	}
	for _, err := range o.log.Read(ctx, 1, last) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// one reads at known sequences, as the service does: its read model is the index of the cases.
func (o *ours) one(ctx context.Context, caller int) (n int, err error) {
	for _, err := range o.log.ReadAt(ctx, o.seqs[caller]) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (o *ours) close() error {
	o.log.Close()
	return os.RemoveAll(o.dir)
}
