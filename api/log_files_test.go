package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"starledger/events/proof"
)

// A stranger with nothing but the policy checks the log: the checkpoint has its quorum, the tiles
// hash to its root, the entry bundles hold the leaves, and nothing tells of a client.
func TestLogIsReadByStrangers(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	size := w.settled()
	judgement, err := w.policy.Judge(w.file("/log/checkpoint"))
	if err != nil || !judgement.Satisfied || judgement.Checkpoint.Size != size {
		t.Fatalf("%+v, %v", judgement, err)
	}
	tree, err := proof.Resume(judgement.Checkpoint.Head, w.tile)
	if err != nil {
		t.Fatal(err)
	}
	if head, err := tree.Head(); err != nil || head != judgement.Checkpoint.Head {
		t.Errorf("%v, %v", head, err)
	}
	for i, record := range w.leaves(0, int(size)) {
		leaf, err := proof.ParseLeaf(record)
		if err != nil || leaf.Seq != uint64(i)+1 {
			t.Errorf("leaf %d: %v, %v", i, leaf, err)
		}
		if id := strings.TrimPrefix(at, "/v1/cases/"); strings.Contains(string(record), id) || strings.Contains(string(record), "Morning") {
			t.Errorf("leaf %d tells of a client: %s", i, record)
		}
	}
	sameBytes(t, "the policy", w.file("/log/policy"), w.sealing.Policy)
	sameBytes(t, "the keys", w.file("/log/keys"), w.sealing.Keys)
	sameBytes(t, "the checkpoint by its size", w.file(fmt.Sprintf("/log/checkpoints/%d", size)), w.file("/log/checkpoint"))
	if empty, err := w.policy.Judge(w.file("/log/checkpoints/0")); err != nil || empty.Checkpoint.Root != proof.EmptyRoot() {
		t.Errorf("the empty tree: %v, %v", empty, err)
	}
}

// What never changes may be kept by anybody for ever, all else is asked for every time; HEAD tells the
// same, and who has the bytes does not get them again.
func TestLogIsKeptByCaches(t *testing.T) {
	w := newSealedWorld(t)
	w.onSite()
	w.run()
	w.settled()
	for path, want := range map[string]struct{ mediaType, caching string }{
		"/log/checkpoint":           {"text/plain; charset=utf-8", "no-cache"},
		"/log/checkpoints/5":        {"text/plain; charset=utf-8", "no-cache"},
		"/log/policy":               {"text/plain; charset=utf-8", "no-cache"},
		"/log/keys":                 {"text/plain; charset=utf-8", "no-cache"},
		"/log/tile/0/000.p/5":       {"application/octet-stream", "public, max-age=31536000, immutable"},
		"/log/tile/entries/000.p/5": {"application/octet-stream", "public, max-age=31536000, immutable"},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			got := w.send(method, path, "", "")
			if got.status != 200 || got.header.Get("Content-Type") != want.mediaType || got.header.Get("Cache-Control") != want.caching ||
				got.header.Get("Content-Length") == "" || got.header.Get("ETag") == "" || (got.body == "") != (method == http.MethodHead) {
				t.Errorf("%s %s: %d %v", method, path, got.status, got.header)
			}
			if kept := w.send(method, path, "", "", "If-None-Match", got.header.Get("ETag")); kept.status != 304 || kept.body != "" {
				t.Errorf("%s %s again: %d", method, path, kept.status)
			}
		}
		if got := w.send(http.MethodPost, path, "", ""); got.status != 405 || got.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s: %d %v", path, got.status, got.header)
		}
	}
}

// A partial tile shows the same bytes after it has filled up, though only the full one is kept.
func TestTilesStayWhatTheyWere(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	w.settled()
	before := map[string][]byte{}
	for _, path := range []string{"/log/tile/0/000.p/5", "/log/tile/entries/000.p/5"} {
		before[path] = w.file(path)
	}
	one := `{"path":"audits/1/findings","body":{"clause":"5.1.1.1","category":"strength","statement":"s"}}`
	w.must("li", at+"/batch", `{"commands":[`+strings.Repeat(one+",", 299)+one+`]}`)
	w.settled()
	for path, bytes := range before {
		sameBytes(t, path, w.file(path), bytes)
	}
	if full := w.file("/log/tile/0/000"); len(full) != 256*32 {
		t.Errorf("the full tile has %d bytes", len(full))
	}
	if n := len(w.leaves(1, 305-256)); n != 49 {
		t.Errorf("%d leaves on the right edge", n)
	}
	w.file("/log/tile/1/000.p/1")
}

func TestLogHasNothingElse(t *testing.T) {
	w := newSealedWorld(t)
	if got := w.send(http.MethodGet, "/log/checkpoint", "", ""); got.status != 200 {
		t.Errorf("the empty tree is published: %d %s", got.status, got.body)
	}
	w.onSite()
	w.run()
	w.settled()
	for path, code := range map[string]string{
		"/log/checkpoints/6": "unknown-checkpoint", "/log/checkpoints/05": "unknown-checkpoint", "/log/checkpoints/-1": "unknown-checkpoint",
		"/log/checkpoints/x": "unknown-checkpoint", "/log/checkpoints/": "route-unknown", "/log/": "route-unknown", "/log/tile/": "route-unknown",
		"/log/tile/0/000":                             "unknown-tile", // not full yet
		"/log/tile/0/000.p/6":                         "unknown-tile", // beyond the checkpoint
		"/log/tile/0/000.p/4":                         "unknown-tile", // never was a checkpoint
		"/log/tile/0/001.p/1":                         "unknown-tile",
		"/log/tile/1/000.p/1":                         "unknown-tile",
		"/log/tile/63/000.p/1":                        "unknown-tile",
		"/log/tile/entries/000":                       "unknown-tile",
		"/log/tile/0/":                                "unknown-tile",
		"/log/tile/0":                                 "unknown-tile",
		"/log/tile/0/000.p/05":                        "unknown-tile",
		"/log/tile/0//000.p/5":                        "unknown-tile",
		"/log/tile/0/./000.p/5":                       "unknown-tile",
		"/log/tile/../checkpoint":                     "unknown-tile",
		"/log/tile/%2e%2e/checkpoint":                 "unknown-tile",
		"/log/tile/0%2F000.p%2F5":                     "unknown-tile",
		"/log/tile/0/%30%30%30.p/5":                   "unknown-tile",
		"/log/tile/8/0/000.p/5":                       "unknown-tile",
		"/log/tile/..%2f..%2farchive":                 "unknown-tile",
		"/log/tile/0/000.p/5.new":                     "unknown-tile",
		"/log/tile/" + strings.Repeat("x000/", 9_000): "unknown-tile",
	} {
		got := w.send(http.MethodGet, path, "", "")
		if got.status != http.StatusNotFound || got.get("code") != code {
			t.Errorf("%s: %d %s", clip(path), got.status, clip(got.body))
		}
		wellFormedProblem(t, got)
	}
}

// Whatever is asked for below /log/tile/, only a tile by its one name that a checkpoint covers is
// shown, whole.
func FuzzTilePath(f *testing.F) {
	for _, seed := range []string{"0/000.p/5", "entries/000.p/5", "0/000", "1/000.p/1", "../checkpoint", "0%2F000.p/5", "0/x000/000.p/5", "8/0/000", "0/000.p/5?x=1", "7/000.p/255"} {
		f.Add(seed)
	}
	w := newSealedWorld(f)
	w.onSite()
	w.run()
	w.settled()
	f.Fuzz(func(t *testing.T, path string) {
		r, err := http.NewRequest(http.MethodGet, "http://ledger/log/tile/"+path, nil)
		if err != nil {
			return // net/http would not have let it in
		}
		answer := httptest.NewRecorder()
		w.server.ServeHTTP(answer, r)
		tile, malformed := proof.ParseTilePath("tile/" + path)
		known := malformed == nil && tile.N == 0 && tile.W == 5 && (tile.L == 0 || tile.L == proof.Entries)
		switch {
		case known != (answer.Code == http.StatusOK) && !strings.ContainsAny(path, "?#"): // which end a path
			t.Errorf("%q: %d", path, answer.Code)
		case answer.Code == http.StatusOK && tile.L == 0 && answer.Body.Len() != 5*32:
			t.Errorf("%q: %d bytes", path, answer.Body.Len())
		case answer.Code >= 500:
			t.Errorf("%q: %d %s", path, answer.Code, answer.Body)
		}
	})
}

// A tile on disk that is not what it has to be is not shown.
func TestDamagedTileIsNotShown(t *testing.T) {
	hashes := proof.Tile{L: 0, N: 0, W: 5}
	entries := proof.Tile{L: proof.Entries, N: 0, W: 5}
	for _, tile := range []proof.Tile{hashes, entries} {
		for _, length := range []int{0, 1, 159} {
			if _, err := asWide(tile, make([]byte, length)); err == nil {
				t.Errorf("%s of %d bytes is shown", tile.Path(), length)
			}
		}
	}
}

// ahead has whatever it is asked for, like a sealer that has written more than it has signed.
type ahead struct{}

func (ahead) ReadTile(t proof.Tile) ([]byte, error) { return make([]byte, t.W*32), nil }

func (ahead) Read(uint64) ([]byte, error) { return []byte("a checkpoint"), nil }

// What was written and is not known to be signed is not shown.
func TestNothingBeyondTheCheckpointIsShown(t *testing.T) {
	w := newSealedWorld(t)
	w.onSite()
	w.run()
	w.settled()
	w.server.seal.Tiles, w.server.seal.Checkpoints = ahead{}, ahead{}
	for path, status := range map[string]int{
		"/log/tile/0/000.p/5": 200, "/log/tile/0/000.p/6": 404, "/log/tile/0/000": 404, "/log/tile/0/001.p/1": 404, "/log/tile/1/000.p/1": 404,
		"/log/tile/entries/000.p/6": 404, "/log/checkpoints/6": 404,
	} {
		if got := w.send(http.MethodGet, path, "", ""); got.status != status {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	for tile, size := range map[proof.Tile]uint64{{L: 0, N: 0, W: 256}: 256, {L: 1, N: 0, W: 1}: 256, {L: 1, N: 0, W: 2}: 512, {L: 2, N: 0, W: 1}: 65_536, {L: 0, N: 3, W: 7}: 775, {L: proof.Entries, N: 3, W: 7}: 775} {
		if !covers(size, tile) || covers(size-1, tile) {
			t.Errorf("%s is not there from size %d on", tile.Path(), size)
		}
	}
}
