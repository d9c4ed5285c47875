package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"starledger/events/proof"
	"starledger/events/seal"
	"starledger/projections/bundle"
)

// Sealing is what proves the ledger to others. Everything but Guard is needed.
type Sealing struct {
	// Sealer seals what is posted.
	Sealer Sealer
	// Tiles and Checkpoints are what the sealer has written.
	Tiles interface {
		ReadTile(proof.Tile) ([]byte, error)
	}
	Checkpoints interface {
		Read(size uint64) ([]byte, error)
	}
	// Policy is the text of the witness policy, and Keys that of the keys of the log and of its
	// witnesses. Everybody may read both; nobody has to trust them.
	Policy, Keys []byte
	// Guard tells what the watch over the stored bytes has found last; nil: nobody watches.
	Guard func() Guarding
	// Bundle writes a case as a zip for offline verification: the Write of a bundle.Source.
	Bundle func(ctx context.Context, w io.Writer, r bundle.Request) error
}

// Sealer is a seal.Sealer, or in tests one that is held still.
type Sealer interface {
	// Urgent has what is in the log now sealed at once.
	Urgent()
	// Wait returns when a checkpoint covers seq, when witnessed is set one that is published; or with
	// an error when ctx ends or nothing is sealed any more.
	Wait(ctx context.Context, seq uint64, witnessed bool) error
	Status() seal.Status
	// Proof is a seal.ErrNotSealed when no checkpoint covers seq yet.
	Proof(seq uint64) ([]byte, error)
	// Published is the newest checkpoint that has its quorum, nil before the first.
	Published() []byte
}

// Guarding is how it stands with the watch over settings and stored bytes.
type Guarding struct {
	// CheckedAt is when the settings of the stream were looked at last.
	CheckedAt time.Time
	// Drift names the settings that are not what they must be.
	Drift []string
	// Accepted is what the operator accepted although it is not safe; empty when nothing.
	Accepted string
	// Verified is the sequence up to which the pass under way has compared every body with its leaf.
	Verified uint64
	// FullPassAt is when the last complete pass ended; zero when this process has not completed one.
	FullPassAt time.Time
	// Rate is how many events a second the last pass compared.
	Rate uint64
	// LowestBad is the lowest sequence that is not what was sealed, 0 when there is none.
	LowestBad uint64
	// Misplaced counts the events whose recorded time lies outside of what witnesses saw before and
	// after them, in the last round or in this one; LowestMisplaced is the first, 0 when there is none.
	Misplaced, LowestMisplaced uint64
	// Incident is why nothing may be written any more; empty when all is well.
	Incident string
}

// sealing is a Sealing that was checked, with its policy parsed. Without one the server does not seal.
type sealing struct {
	Sealing
	policy  *proof.Policy
	bundles chan struct{} // holds one for each bundle that is being written
}

func newSealing(given *Sealing) (*sealing, error) {
	if given == nil {
		return nil, nil
	}
	if given.Sealer == nil || given.Tiles == nil || given.Checkpoints == nil || len(given.Keys) == 0 || given.Bundle == nil {
		return nil, errors.New("sealing needs a sealer, tiles, checkpoints, keys and bundles")
	}
	policy, err := proof.ParsePolicy(given.Policy)
	if err != nil {
		return nil, err
	}
	checked := &sealing{*given, policy, make(chan struct{}, mostBundles)}
	if checked.Guard == nil {
		checked.Guard = func() Guarding { return Guarding{} }
	}
	return checked, nil
}

// sealed is the sealing, which routes that prove something need.
func (s *Server) sealed() (*sealing, error) {
	if s.seal == nil {
		return nil, refuse(http.StatusServiceUnavailable, "not-sealing").retryAfter(sealRetry)
	}
	return s.seal, nil
}

// sealRetry is after how many seconds it is worth asking again what people have to change first.
const sealRetry = 60

// roomRetry is after how many seconds a full disk is worth asking about again.
const roomRetry = 10

// writable refuses to write into a ledger of which a part is known not to be what was sealed, and while
// there is no room for the second copy: what is acknowledged has to exist twice before long. What stands
// is still read, and once there is room again writing goes on by itself.
func (s *Server) writable() error {
	switch {
	case s.seal == nil:
		return nil
	case s.seal.stopped():
		return refuse(http.StatusServiceUnavailable, "ledger-stopped").retryAfter(sealRetry)
	case s.seal.Sealer.Status().DiskFull():
		return refuse(http.StatusServiceUnavailable, "disk-full").retryAfter(roomRetry)
	}
	return nil
}

func (s *sealing) stopped() bool {
	return s.Sealer.Status().Incident != nil || s.Guard().Incident != ""
}

// tooEarly is the answer about what no checkpoint covers yet. In a ledger that was stopped none will.
func (s *Server) tooEarly() error {
	if err := s.writable(); err != nil {
		return err
	}
	return refuse(http.StatusTooEarly, "not-sealed-yet").retryAfter(1)
}
