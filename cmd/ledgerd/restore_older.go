package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/proof"
	"starledger/events/seal"
	"starledger/projections"
)

// older refuses a backup that would set the ledger back: somebody knows more of it. A ledger of the same
// name that is shorter, or goes on otherwise than before, is what witnesses are there to expose.
func older(ctx context.Context, cfg Config, how restoring, proven proof.Checkpoint, copied *archive.Archive, checkpoint []byte, out io.Writer) error {
	given, err := readGiven(how.checkpoint)
	if err != nil {
		return err
	}
	known, err := openSealed(cfg, given, false)
	if err != nil {
		return err
	}
	archived, _ := copied.Last()
	seen, _, err := projections.Peek(ctx, viewsPath(cfg))
	if err != nil {
		return err
	}
	places := []place{{name: "the archive in " + cfg.ArchiveDir, seq: archived}, {name: "the read model " + viewsPath(cfg), seq: seen}}
	for _, k := range known.known {
		places = append(places, place{name: k.place, seq: k.Size})
	}
	asked, err := askWitnesses(ctx, known.trust.policy, proven.Size, checkpoint, out)
	if err != nil {
		return err
	}
	for _, p := range append(places, asked...) {
		if p.seq > proven.Size {
			return fmt.Errorf("%w: the backup is proven up to %d events, but %s knows the ledger up to %d\n%s",
				events.ErrIntegrity, proven.Size, p.name, p.seq, wayOn(archived, p.seq, how.from))
		}
	}
	return nil
}

// wayOn says what is left to do with a backup that is too old.
func wayOn(archived, known uint64, backup string) string {
	if archived >= known {
		return "The archive has all of it: `ledgerd repair` makes the ledger out of that and needs no backup."
	}
	return fmt.Sprintf("What the backup lacks may be in another copy of the archive (--archive-dir): put it there, and `ledgerd repair --backup %s`\n"+
		"joins the two. Only if that is lost, too, a new log has to begin, under another --origin and --data:\n"+
		"`ledgerd begin --continues CHECKPOINT`, whose first event quotes the last checkpoint of this one.", backup)
}

// askWitnesses asks each witness to cosign the backup's checkpoint once more: one that has gone further
// says how far. That a witness cannot be reached is told and does not stop the restore; the service asks
// again before it signs anything.
func askWitnesses(ctx context.Context, policy *proof.Policy, size uint64, checkpoint []byte, out io.Writer) (known []place, err error) {
	witnesses := seal.HTTPWitnesses{Client: &http.Client{Timeout: askWithin}}
	for _, w := range policy.Witnesses {
		_, err := witnesses.AddCheckpoint(ctx, w, size, nil, checkpoint)
		var more *seal.KnowsError
		switch {
		case errors.As(err, &more):
			known = append(known, place{name: "witness " + w.Name, seq: more.Size})
		case errors.Is(err, seal.ErrContradicted):
			return nil, fmt.Errorf("%w: witness %s has cosigned another ledger of this name: %w", events.ErrIntegrity, w.Name, err)
		case err != nil:
			fmt.Fprintf(out, "witness %s could not be asked: %v\n", w.Name, err)
		}
	}
	return known, nil
}
