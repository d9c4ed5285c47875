package tessera

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	merkle "github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"

	"starledger/events/memlog"
	"starledger/events/proof"
)

// hashBundle is how Tessera reads an entry bundle and hashes its leaves. Nothing of ours is in it.
func hashBundle(data []byte) ([][]byte, error) {
	var bundle api.EntryBundle
	if err := bundle.UnmarshalText(data); err != nil {
		return nil, err
	}
	var hashes [][]byte
	for _, entry := range bundle.Entries {
		hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(entry))
	}
	return hashes, nil
}

func check(from fsck.Fetcher, verifier note.Verifier) error {
	return fsck.New(origin, verifier, from, hashBundle, fsck.Opts{N: 4}).Check(context.Background())
}

// served reads the public files as a stranger does: over HTTP, from a plain file server.
func served(t *testing.T, dir string) *client.HTTPFetcher {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	fetcher, err := client.NewHTTPFetcher(at, server.Client())
	if err != nil {
		t.Fatal(err)
	}
	return fetcher
}

// TestTesseraReadsOurTiles lets one log grow over the edges of tiles and of levels, with a new process
// at each size. At each size Tessera's fsck derives every tile and the root anew from the leaves,
// Tessera's tracker follows from the checkpoint before, and Tessera's proofs, made from our tiles,
// are the ones we make and verify against our signed root.
func TestTesseraReadsOurTiles(t *testing.T) {
	n := &node{t: t, dir: t.TempDir(), log: memlog.New(), keys: newKeys(t)}
	fetcher, verifier := served(t, n.public()), n.keys.verifier(t)
	cases := []*aCase{caseNumber(1), caseNumber(2), caseNumber(3)}
	var tracker *client.LogStateTracker
	var heads []proof.Head
	grown := uint64(0)
	for _, size := range []uint64{0, 1, 2, 3, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 70_000} {
		for ; grown < size; grown++ {
			cases[grown%3].append(t, n.log)
		}
		s := n.start()
		s.sealed(t, size)
		if err := check(fetcher, verifier); err != nil {
			t.Fatalf("size %d: Tessera's fsck: %v", size, err)
		}
		if tracker == nil {
			var err error
			tracker, err = client.NewLogStateTracker(t.Context(), fetcher.ReadTile, nil, verifier, origin, client.UnilateralConsensus(fetcher.ReadCheckpoint))
			if err != nil {
				t.Fatal(err)
			}
		} else if _, _, _, err := tracker.Update(t.Context()); err != nil {
			t.Fatalf("size %d: Tessera's tracker: %v", size, err)
		}
		latest := tracker.Latest()
		if latest.Size != size {
			t.Fatalf("Tessera's tracker is at %d, want %d", latest.Size, size)
		}
		heads = append(heads, proof.Head{Size: size, Root: proof.Hash(latest.Hash)})
		wantInclusion(t, fetcher, s, heads[len(heads)-1])
		wantConsistency(t, fetcher, heads)
		s.stop()
	}
}

// wantInclusion compares proofs for leaves at both ends, in the middle, and at the edges of tiles.
func wantInclusion(t *testing.T, from *client.HTTPFetcher, s sealing, head proof.Head) {
	t.Helper()
	builder, err := client.NewProofBuilder(t.Context(), head.Size, from.ReadTile)
	if err != nil {
		t.Fatal(err)
	}
	for _, index := range []uint64{0, 1, 254, 255, 256, head.Size / 2, 65_535, 65_536, head.Size - 1} {
		if index >= head.Size {
			continue
		}
		path, err := builder.InclusionProof(t.Context(), index)
		if err != nil {
			t.Fatal(err)
		}
		leaves, err := client.FetchLeafHashes(t.Context(), from.ReadTile, index, 1, head.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := merkle.VerifyInclusion(rfc6962.DefaultHasher, index, head.Size, leaves[0], path, head.Root[:]); err != nil {
			t.Fatalf("leaf %d of %d: %v", index, head.Size, err)
		}
		text, err := s.Proof(index + 1)
		if err != nil {
			t.Fatal(err)
		}
		ours, err := proof.ParseTlogProof(text)
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, fmt.Sprintf("inclusion of leaf %d in %d", index, head.Size), ours.Path, path)
	}
}

// wantConsistency compares the proofs that every tree sealed so far is a beginning of the last one.
func wantConsistency(t *testing.T, from *client.HTTPFetcher, heads []proof.Head) {
	t.Helper()
	last := heads[len(heads)-1]
	builder, err := client.NewProofBuilder(t.Context(), last.Size, from.ReadTile)
	if err != nil {
		t.Fatal(err)
	}
	read := func(tile proof.Tile) ([]byte, error) {
		return from.ReadTile(t.Context(), uint64(tile.L), tile.N, uint8(tile.W))
	}
	for _, head := range heads {
		if head.Size == 0 {
			continue // every tree continues the empty one, and Tessera asks for no proof of it
		}
		path, err := builder.ConsistencyProof(t.Context(), head.Size, last.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := merkle.VerifyConsistency(rfc6962.DefaultHasher, head.Size, last.Size, path, head.Root[:], last.Root[:]); err != nil {
			t.Fatalf("from %d to %d: %v", head.Size, last.Size, err)
		}
		ours, err := proof.Consistency(last, head.Size, read)
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, fmt.Sprintf("consistency from %d to %d", head.Size, last.Size), ours, path)
	}
}

func wantSame(t *testing.T, what string, ours []proof.Hash, theirs [][]byte) {
	t.Helper()
	if len(ours) != len(theirs) {
		t.Fatalf("%s: our proof has %d hashes, Tessera's %d", what, len(ours), len(theirs))
	}
	for i := range ours {
		if !bytes.Equal(ours[i][:], theirs[i]) {
			t.Fatalf("%s: hash %d differs", what, i)
		}
	}
}

// TestTesseraRefusesAnAlteredByte turns one bit of the first, the middle and the last byte of every
// public file, one after the other. A fsck that accepts everything would pass the test above too.
func TestTesseraRefusesAnAlteredByte(t *testing.T) {
	const size = 600
	n := &node{t: t, dir: t.TempDir(), log: memlog.New(), keys: newKeys(t)}
	for one, i := caseNumber(1), 0; i < size; i++ {
		one.append(t, n.log)
	}
	s := n.start()
	s.sealed(t, size)
	s.stop()
	verifier := n.keys.verifier(t)
	from := client.FileFetcher{Root: n.public()}
	if err := check(from, verifier); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(n.public(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		sound, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, at := range []int{0, len(sound) / 2, len(sound) - 1} {
			altered := bytes.Clone(sound)
			altered[at] ^= 0x10
			if err := os.WriteFile(path, altered, 0o644); err != nil {
				return err
			}
			if err := check(from, verifier); err == nil {
				t.Errorf("Tessera's fsck accepts %s with byte %d altered", path, at)
			}
		}
		return os.WriteFile(path, sound, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	// Three bundles, their three tiles, the tile above them, and the checkpoint.
	if files != 8 {
		t.Errorf("%d public files, want 8: the test alters what nobody reads", files)
	}
	if err := check(from, verifier); err != nil {
		t.Fatal(err)
	}
}
