package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"starledger/events"
)

// sharedStream is LEDGER_CP in memory with everything that was kept, in order.
type sharedStream struct {
	mu  sync.Mutex
	all []sharedNote
	cut int // notes at the end that are not shown, as by a leader that is behind
}

type sharedNote struct {
	note     []byte
	cosigned bool
}

func (s *sharedStream) shown() []sharedNote { return s.all[:len(s.all)-s.cut] }

func (s *sharedStream) Last(context.Context) ([]byte, uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	note, revision := newestOf(s.shown())
	return note, revision, nil
}

func newestOf(all []sharedNote) (note []byte, revision uint64) {
	for i, kept := range slices.Backward(all) {
		if !kept.cosigned {
			return kept.note, uint64(i) + 1
		}
	}
	return nil, 0
}

// Swap goes by everything that is kept, shown or not.
func (s *sharedStream) Swap(_ context.Context, after uint64, next Signed) (uint64, error) {
	if _, last := newestOf(s.all); last != after {
		return 0, events.ErrConflict
	}
	s.cut = 0
	return s.keep(sharedNote{note: next.Note}), nil
}

func (s *sharedStream) Cosigned(_ context.Context, with Signed) error {
	s.keep(sharedNote{with.Note, true})
	return nil
}

func (s *sharedStream) keep(note sharedNote) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, note)
	return uint64(len(s.all))
}

func (s *sharedStream) End(context.Context) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return uint64(len(s.shown())), nil
}

func (s *sharedStream) Note(_ context.Context, revision uint64) ([]byte, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.all[revision-1]
	return kept.note, kept.cosigned, nil
}

func (s *sharedStream) Notes(ctx context.Context, from, to uint64, show func(uint64, []byte, bool) error) error {
	for revision := from; revision <= to; revision++ {
		note, cosigned, err := s.Note(ctx, revision)
		if err = errors.Join(err, show(revision, note, cosigned)); err != nil {
			return err
		}
	}
	return nil
}

// twoNodes are two nodes of one ledger, and the time for both.
type twoNodes struct {
	t      *testing.T
	a, b   *world
	stream *sharedStream
	now    time.Time
}

func newTwoNodes(t *testing.T) *twoNodes {
	t.Helper()
	n := &twoNodes{t: t, a: newWorld(t), stream: &sharedStream{}, now: clock()}
	n.b = n.a.anotherNode()
	for _, w := range []*world{n.a, n.b} {
		n.start(w)
	}
	return n
}

func (n *twoNodes) start(w *world) {
	n.t.Helper()
	cfg := w.config()
	cfg.Stream, cfg.Nodes, cfg.Now = n.stream, n.stream, func() time.Time { return n.now }
	var err error
	if w.sealer, err = Open(n.t.Context(), cfg); err != nil {
		n.t.Fatal(err)
	}
}

// wantSigned wants so many checkpoints to be signed by each node.
func (n *twoNodes) wantSigned(a, b int) {
	n.t.Helper()
	if len(n.a.signed.notes) != a || len(n.b.signed.notes) != b {
		n.t.Fatalf("a has signed %d checkpoints and b %d, want %d and %d", len(n.a.signed.notes), len(n.b.signed.notes), a, b)
	}
}

func wantSealed(t *testing.T, w *world, size uint64) {
	t.Helper()
	status := w.sealer.Status()
	if status.Sealed.Size != size || status.Published.Size != size {
		t.Fatalf("sealed to %d, published %d, want %d", status.Sealed.Size, status.Published.Size, size)
	}
}

// The node that signed the first checkpoint goes on. The other signs nothing, keeps every checkpoint that
// there ever was, with its cosignatures, and shows the same.
func TestOneNodeSealsTheOtherFollows(t *testing.T) {
	n := newTwoNodes(t)
	n.wantSigned(1, 0) // the empty tree
	for size := range uint64(4) {
		n.a.grow(1)
		n.a.mustSeal()
		wantSealed(t, n.a, size+1)
	}
	n.b.mustSeal()
	n.wantSigned(5, 0)
	wantSealed(t, n.b, 4)
	for size := range uint64(5) {
		one, err := n.a.sealer.cfg.Files.Read(size)
		other, otherErr := n.b.sealer.cfg.Files.Read(size)
		if err != nil || otherErr != nil || !bytes.Equal(one, other) {
			t.Errorf("size %d: %v %v\n%s\n%s", size, err, otherErr, one, other)
		}
	}
}

// A node that joins late with an empty directory says how far it is, as long as that takes, and then has every
// checkpoint that the others have.
func TestNodeJoinsLate(t *testing.T) {
	n := newTwoNodes(t)
	for _, more := range []int{1, 1, 1, 1, 1, 1, maxBatch, 1, 1} {
		n.a.grow(more)
		n.a.mustSeal()
	}
	const last = 6 + maxBatch + 2
	late := n.a.anotherNode()
	cfg := late.config()
	var said bytes.Buffer
	cfg.Stream, cfg.Nodes, cfg.Logger = n.stream, n.stream, slog.New(slog.NewTextHandler(&said, nil))
	cfg.Now = func() time.Time {
		n.now = n.now.Add(tellEvery)
		return n.now
	}
	var err error
	if late.sealer, err = Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	late.mustSeal()
	wantSealed(t, late, last)
	if !strings.Contains(said.String(), fmt.Sprintf("sealed=6 of=%d checkpoints_left=3", last)) {
		t.Errorf("it said:\n%s", &said)
	}
	for _, size := range []uint64{0, 1, 2, 3, 4, 5, 6, last - 2, last - 1, last} {
		one, err := n.a.sealer.cfg.Files.Read(size)
		other, otherErr := late.sealer.cfg.Files.Read(size)
		if err != nil || otherErr != nil || !bytes.Equal(one, other) {
			t.Errorf("size %d: %v %v\n%s\n%s", size, err, otherErr, one, other)
		}
	}
}

// When events wait for longer than takeOver the other node seals; the one that sealed before finds out
// and follows, whether it was away or only slow.
func TestTakeOver(t *testing.T) {
	n := newTwoNodes(t)
	n.a.grow(3)
	n.b.mustSeal() // sees them wait
	n.now = n.now.Add(takeOver - time.Millisecond)
	n.b.mustSeal()
	n.wantSigned(1, 0)
	n.now = n.now.Add(time.Millisecond)
	n.b.mustSeal()
	n.wantSigned(1, 1)
	wantSealed(t, n.b, 3)

	n.a.grow(2)
	n.a.mustSeal()
	n.wantSigned(1, 1)
	n.b.mustSeal()
	n.a.mustSeal()
	n.wantSigned(1, 2)
	wantSealed(t, n.a, 5)
}

// Both believe that it is their turn: LEDGER_CP takes one, and the loser's signature is shown to nobody.
func TestTwoSealAtOnce(t *testing.T) {
	n := newTwoNodes(t)
	n.a.grow(2)
	n.b.mustSeal() // sees them wait
	n.a.mustSeal()
	n.stream.cut = len(n.stream.all) - 2 // b does not see what a has put there: the empty tree is the newest
	n.a.grow(1)
	n.now = n.now.Add(takeOver)
	if err := n.b.sealer.seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	n.wantSigned(2, 1) // what b signed was not taken
	if len(n.stream.all) != 4 {
		t.Errorf("%d notes are kept, want 2 checkpoints, each cosigned", len(n.stream.all))
	}
	if sealed := n.b.sealer.Status().Sealed.Size; sealed != 0 {
		t.Errorf("the loser shows size %d", sealed)
	}
	n.stream.cut = 0
	n.b.mustSeal()
	wantSealed(t, n.b, 2)
}

// A node that restarts goes on from what it kept, without losing what came meanwhile.
func TestNodeRestarts(t *testing.T) {
	n := newTwoNodes(t)
	for range 3 {
		n.a.grow(1)
		n.a.mustSeal()
		n.b.mustSeal()
	}
	for range 3 {
		n.a.grow(1)
		n.a.mustSeal()
	}
	n.start(n.b)
	n.b.mustSeal()
	wantSealed(t, n.b, 6)
	if _, err := n.b.sealer.cfg.Files.Read(4); err != nil {
		t.Error(err)
	}
	n.wantSigned(7, 0)
}

// A node whose log holds other bytes than what is sealed stops, and shows nothing of it.
func TestFollowerMeetsAnotherRoot(t *testing.T) {
	n := newTwoNodes(t)
	n.a.grow(2)
	n.a.mustSeal()
	other := newLedger(t, n.b.log)
	other.log = newWorld(t).log
	other.grow(1)
	other.at("01JD3Z0000000000000000000B").digest = "" // the second event is another one
	body := nextBody(t, "01JD3Z0000000000000000000Z", caseEnd{}, start+2)
	if _, err := other.log.Append(t.Context(), events.Append{Case: "01JD3Z0000000000000000000Z", Bodies: [][]byte{body.Body}}); err != nil {
		t.Fatal(err)
	}
	n.b.sealer.cfg.Log = other.log
	wantIntegrity(t, n.b.sealAll(), "has root")
	if sealed := n.b.sealer.Status().Sealed.Size; sealed != 0 {
		t.Errorf("size %d is shown", sealed)
	}
}

// A leader of LEDGER_CP that was just replaced may be behind for a moment. That is no incident until it
// lasts.
func TestBehindIsAnIncidentOnlyWhenItLasts(t *testing.T) {
	n := newTwoNodes(t)
	n.a.grow(2)
	n.a.mustSeal()
	n.stream.cut = len(n.stream.all) // shows nothing
	n.a.sealer.lost = true
	if err := n.a.sealAll(); !errors.Is(err, events.ErrUnavailable) || errors.Is(err, events.ErrIntegrity) {
		t.Fatalf("at first: %v", err)
	}
	n.now = n.now.Add(behindFor)
	wantIntegrity(t, n.a.sealAll(), "LEDGER_CP holds none")
}
