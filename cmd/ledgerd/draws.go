package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"starledger/events"
	"starledger/events/proof"
	"starledger/events/seal"
)

// firstCheckpoint finds the checkpoint that samples are drawn from: the first that the sealer kept which
// covers an event.
func firstCheckpoint(files *seal.CheckpointDir) func(context.Context, uint64) (*events.CheckpointName, error) {
	return func(_ context.Context, seq uint64) (*events.CheckpointName, error) {
		note, err := files.Covering(seq)
		if err != nil || note == nil {
			return nil, err
		}
		text, _, signed := bytes.Cut(note, []byte("\n\n"))
		if !signed {
			return nil, fmt.Errorf("the checkpoint that covers event %d has no signature: %w", seq, events.ErrIntegrity)
		}
		checkpoint, err := proof.ParseCheckpoint(string(text) + "\n")
		if err != nil {
			return nil, fmt.Errorf("read the checkpoint that covers event %d: %w", seq, err)
		}
		root := events.Digest("sha256:" + hex.EncodeToString(checkpoint.Root[:]))
		return &events.CheckpointName{Size: checkpoint.Size, Root: root}, nil
	}
}
