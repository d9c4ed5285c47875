package seal

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"starledger/events"
	"starledger/events/proof"
)

// Status is what a Sealer tells of itself.
type Status struct {
	Origin    string
	Last      uint64 // sequence at the end of the log when it was looked at last
	Sealed    proof.Head
	SealedAt  time.Time // when the newest checkpoint was kept or found
	Published proof.Head
	// WaitingSince is when events beyond the sealed size were seen first; zero when all are sealed.
	WaitingSince time.Time
	// Err is why the last pass failed, nil when it did not.
	Err error
	// Incident is the contradiction that ended sealing, nil when there is none.
	Incident  *Incident
	Witnesses []WitnessStatus
}

// DiskFull tells that sealing, and with it the second copy, waits for room on a disk.
func (s Status) DiskFull() bool { return diskFull(s.Err) }

// An Incident is a contradiction that people have to look into: nothing is sealed any more. Err is an
// events.ErrIntegrity and may join several, as when two witnesses contradict.
type Incident struct {
	At  time.Time
	Err error
}

// WitnessStatus is how it stands with one witness of the policy.
type WitnessStatus struct {
	Name string
	Size uint64    // of the largest tree it cosigned for this process
	At   time.Time // when it answered last
	// Err is why it did not cosign the last checkpoint: ErrUnregistered, an incident, or that it
	// could not be reached. Nil when it did.
	Err error
}

// board is what the goroutines of a Sealer, and everybody else, may know.
type board struct {
	mu        *sync.Mutex
	status    Status
	sealing   Signed        // the newest checkpoint that is kept, with the cosignatures it has
	published Signed        // the newest that has its quorum
	stopped   error         // why Run ended
	leading   leading       // whether this node seals, or another
	changed   chan struct{} // closed and replaced when anything changes
}

func newBoard() board { return board{mu: &sync.Mutex{}, changed: make(chan struct{})} }

func (b *board) change(do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	do()
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *board) sealed() Signed {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sealing
}

func (b *board) newest() (sealed, published Signed, changed <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sealing, b.published, b.changed
}

// seal tells of a checkpoint that is kept. One of the same size stays, with its cosignatures.
func (b *board) seal(next Signed, now time.Time) {
	b.change(func() {
		if b.sealing.Note == nil || next.Size > b.sealing.Size {
			b.sealing, b.status.Sealed, b.status.SealedAt = next, next.Head, now
		}
		b.look(now)
	})
}

// cosign replaces the newest checkpoint by the same with more signatures.
func (b *board) cosign(with Signed) {
	b.change(func() {
		if b.sealing.Size == with.Size {
			b.sealing = with
		}
	})
}

func (b *board) publish(next Signed) {
	b.change(func() {
		if next.Size >= b.published.Size {
			b.published, b.status.Published = next, next.Head
		}
	})
}

// saw tells of the end of the log.
func (b *board) saw(last uint64, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.status.Last = max(b.status.Last, last)
	b.look(now)
}

// look keeps the time since when something waits. The caller holds mu.
func (b *board) look(now time.Time) {
	switch waiting := b.status.Last > b.status.Sealed.Size; {
	case !waiting:
		b.status.WaitingSince = time.Time{}
	case b.status.WaitingSince.IsZero():
		b.status.WaitingSince = now
	}
}

// held tells why the last pass failed, or that it did not.
func (b *board) held(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.status.Err = err
}

// stop tells why Run ended. A contradiction is an incident.
func (b *board) stop(err error, now time.Time) {
	b.change(func() {
		b.stopped, b.status.Err = err, err
		if errors.Is(err, events.ErrIntegrity) {
			b.status.Incident = &Incident{At: now, Err: err}
		}
	})
}

// expect lists the witnesses before any was asked.
func (b *board) expect(witnesses []proof.Witness) {
	for _, w := range witnesses {
		b.status.Witnesses = append(b.status.Witnesses, WitnessStatus{Name: w.Name, Err: errNotAsked})
	}
}

// answered tells how a witness, by its place in the policy, took a checkpoint of size.
func (b *board) answered(i int, size uint64, err error, now time.Time) {
	b.change(func() {
		w := &b.status.Witnesses[i]
		w.At, w.Err = now, err
		if err == nil {
			w.Size = size
		}
	})
}

// Status tells how it stands.
func (s *Sealer) Status() Status {
	s.board.mu.Lock()
	defer s.board.mu.Unlock()
	status := s.board.status
	status.Origin = s.origin
	status.Witnesses = slices.Clone(status.Witnesses)
	return status
}

// Wait returns when a checkpoint covers the event at seq, or, when witnessed is set, a published
// one, which has the cosignatures that the policy asks for. It fails when ctx ends, or with the
// error that ended Run.
func (s *Sealer) Wait(ctx context.Context, seq uint64, witnessed bool) error {
	for {
		sealed, published, changed := s.board.newest()
		reached := sealed.Size
		if witnessed {
			reached = published.Size
		}
		if reached >= seq {
			return nil
		}
		if err := s.board.whyStopped(); err != nil {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *board) whyStopped() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stopped
}
