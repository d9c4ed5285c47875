package seal

import (
	"errors"
	"fmt"

	"starledger/events/proof"
)

// ErrNotSealed says that no checkpoint covers the event yet. It will be within a second or so.
var ErrNotSealed = errors.New("no checkpoint covers the event yet")

// Proof is the tlog-proof of the event at seq: its path in the tree of the published checkpoint, or
// of the newest one when the published one does not cover it yet. It reads three or four
// tiles and verifies the path against the root; that takes about a quarter of a millisecond.
func (s *Sealer) Proof(seq uint64) ([]byte, error) {
	sealed, checkpoint, _ := s.board.newest()
	if seq > checkpoint.Size {
		checkpoint = sealed
	}
	if seq == 0 || seq > checkpoint.Size {
		return nil, fmt.Errorf("prove sequence %d: %w", seq, ErrNotSealed)
	}
	path, err := proof.Inclusion(checkpoint.Head, seq-1, s.cfg.Tiles.ReadTile)
	if err != nil {
		return nil, fmt.Errorf("prove sequence %d: %w", seq, damagedTiles(err))
	}
	return proof.TlogProof{Index: seq - 1, Path: path, Checkpoint: checkpoint.Note}.Text()
}

// Published is the note that the quorum has signed, for /log/checkpoint; nil when there is none yet.
func (s *Sealer) Published() []byte {
	_, published, _ := s.board.newest()
	return published.Note
}
