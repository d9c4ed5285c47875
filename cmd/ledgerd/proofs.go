package main

import (
	"context"
	"errors"
	"io"

	"starledger/api"
	"starledger/events"
	"starledger/projections"
	"starledger/projections/bundle"
	"starledger/scoring"
)

// proofs is what the API proves the ledger with.
func proofs(store *store, views *projections.Views, schemes func() *scoring.Book, attachments *api.Attachments, guard *guard) *api.Sealing {
	known := store.sealed
	source := &bundle.Source{
		Bodies: store.log,
		Seqs: func(ctx context.Context, id events.CaseID) ([]uint64, error) {
			history, err := views.History(ctx, id)
			if errors.Is(err, projections.ErrNoCase) {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			return history.Seqs, nil
		},
		Tiles: known.tiles, Published: store.sealer.Published, Checkpoints: known.files, Policy: known.trust.text,
		Schemes:    schemes,
		Attachment: func(digest events.Digest) (io.ReadCloser, error) { return attachments.Open(digest) },
	}
	return &api.Sealing{
		Sealer: store.sealer, Tiles: known.tiles, Checkpoints: known.files,
		Policy: known.trust.text, Keys: known.trust.keys, Guard: guard.status, Bundle: source.Write,
	}
}
