package bundle

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"starledger/events"
	. "starledger/events/decide/decidetest"
	"starledger/events/proof"
)

// wide is a ledger of more than three entry bundles, in which the case stands early.
func wide(t testing.TB) *world {
	t.Helper()
	w := small(t)
	planned := certified(t)[2]
	for w.size < 3*proof.TileWidth+10 {
		w.tell(planned, otherCase, w.tick())
	}
	w.seal(w.at(w.size).Add(time.Second))
	return w
}

// Leaves that were verified are kept, so that the next bundle may leave them out. Without them it proves
// nothing, and kept leaves that were altered are noticed like any others.
func TestLeavesBetweenVisits(t *testing.T) {
	w := wide(t)
	o := Options{Policy: w.policy, Leaves: t.TempDir()}
	wantSound(t, w.verifyWith(w.bundle(Request{Case: CaseID, Profile: Assessor}), o))
	kept, err := filepath.Glob(filepath.Join(o.Leaves, "*", "tile", "entries", "*"))
	w.must(err)
	if len(kept) != 3 {
		t.Fatalf("kept are %v", kept)
	}

	next := w.bundle(Request{Case: CaseID, Profile: Assessor, Since: 2*proof.TileWidth + 100})
	if m := open(t, next); m[entriesAt(w.size, 1).Path()] != nil || m[entriesAt(w.size, 2).Path()] == nil {
		t.Errorf("the bundle since 612 holds %v", m.names())
	}
	wantSound(t, w.verifyWith(next, o))
	if failed := failedIn(w.verify(next)); len(failed) != 1 || failed[0] != "leaves" {
		t.Errorf("without the leaves kept it fails in %v", failed)
	}
	leaves, err := os.ReadFile(kept[0])
	w.must(err)
	leaves[40] ^= 1
	w.must(os.WriteFile(kept[0], leaves, 0o600))
	if failed := failedIn(w.verifyWith(next, o)); len(failed) != 1 || failed[0] != "leaves" {
		t.Errorf("with a leaf altered it fails in %v", failed)
	}
}

// Since may be anything: the last entry bundle always comes, so that an assessor's bundle is known.
func TestSinceTheEnd(t *testing.T) {
	w := wide(t)
	o := Options{Policy: w.policy, Leaves: t.TempDir()}
	w.verifyWith(w.bundle(Request{Case: CaseID, Profile: Assessor}), o)
	for _, since := range []uint64{w.size, w.size + 1000} {
		v := w.verifyWith(w.bundle(Request{Case: CaseID, Profile: Assessor, Since: since}), o)
		wantSound(t, v)
		if v.Profile != Assessor {
			t.Errorf("since %d it is a %s's bundle", since, v.Profile)
		}
	}
}

// A partial tile that has become full since the checkpoint is cut to what the checkpoint covers.
func TestTileThatGrew(t *testing.T) {
	for _, profile := range []Profile{Assessor, Client} {
		w := small(t)
		request := Request{Case: CaseID, Profile: profile}
		before, published, size := w.bundle(request), w.published, w.size
		planned := certified(t)[2]
		for w.size < 2*proof.TileWidth {
			w.tell(planned, otherCase, w.tick())
		}
		w.seal(w.at(w.size).Add(time.Second))
		if _, err := os.Stat(filepath.Join(w.dir, "tiles", entriesAt(size, 0).Path())); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("the partial tile is still there: %v", err)
		}
		w.published = published
		if string(w.bundle(request)) != string(before) {
			t.Errorf("%s: the same checkpoint gives another bundle", profile)
		}
	}
}

// What keeps a bundle from being written, and that nothing damaged is ever bundled.
func TestWriteRefuses(t *testing.T) {
	w := small(t)
	for name, c := range map[string]struct {
		change func(*Source)
		id     events.CaseID
		want   error
	}{
		"no such case":            {func(*Source) {}, "01JD3Z0000000000000000000F", ErrNoCase},
		"nothing published":       {func(s *Source) { s.Published = func() []byte { return nil } }, CaseID, ErrNotPublished},
		"the case is not covered": {func(s *Source) { s.Seqs = seqs(w.size + 1) }, CaseID, ErrNotPublished},
		"another body": {func(s *Source) {
			s.Seqs = seqs(w.seqs[otherCase]...)
		}, CaseID, events.ErrIntegrity},
		"an attachment damaged":       {func(*Source) { w.photo = []byte("photos") }, CaseID, events.ErrIntegrity},
		"tiles of another log":        {func(s *Source) { s.Tiles = zeroTiles{} }, CaseID, proof.ErrRefuted},
		"a checkpoint of another log": {func(s *Source) { s.Published = func() []byte { return []byte("x\n1\n\n\n— x AAAA\n") } }, CaseID, proof.ErrMalformed},
		"a policy that is none":       {func(s *Source) { s.Policy = []byte("quorum") }, CaseID, proof.ErrMalformed},
	} {
		source := w.source()
		c.change(source)
		err := source.Write(t.Context(), io.Discard, Request{Case: c.id, Profile: Client})
		w.photo = []byte("photo")
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWriteAndVerifyEnd(t *testing.T) {
	w := small(t)
	path := saved(t, w.bundle(Request{Case: CaseID, Profile: Assessor}))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.source().Write(ctx, io.Discard, Request{Case: CaseID, Profile: Assessor}); !errors.Is(err, context.Canceled) {
		t.Errorf("write: %v", err)
	}
	if _, err := Verify(ctx, path, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("verify: %v", err)
	}
	if _, err := Verify(t.Context(), path, Options{Policy: []byte("x")}); !errors.Is(err, ErrPolicy) {
		t.Errorf("a policy that is none: %v", err)
	}
	if v, err := Verify(t.Context(), filepath.Join(t.TempDir(), "nowhere.zip"), Options{}); err == nil {
		t.Errorf("a bundle that is not there: %+v", v)
	}
	if v, err := Verify(t.Context(), t.TempDir(), Options{}); err != nil || v.Sound {
		t.Errorf("a folder with nothing in it: %+v, %v", v, err)
	}
}

func seqs(list ...uint64) func(context.Context, events.CaseID) ([]uint64, error) {
	return func(_ context.Context, id events.CaseID) ([]uint64, error) {
		if id == events.Registry {
			return nil, nil
		}
		return list, nil
	}
}

type zeroTiles struct{}

func (zeroTiles) ReadTile(t proof.Tile) ([]byte, error) { return make([]byte, 32*t.W), nil }
