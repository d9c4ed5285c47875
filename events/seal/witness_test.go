package seal

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starledger/events/proof"
)

// forest is a log whose tree grows by numbered leaves, and another one that differs from leaf 3 on.
func forest(t *testing.T, other bool) (heads []proof.Head, read proof.ReadTile) {
	t.Helper()
	tiles := map[string][]byte{}
	read = func(tile proof.Tile) ([]byte, error) {
		data, ok := tiles[tile.Path()]
		if !ok {
			return nil, os.ErrNotExist
		}
		return data, nil
	}
	tree, err := proof.Resume(proof.Head{Root: proof.EmptyRoot()}, read)
	for i := byte(0); err == nil && i <= 10; i++ {
		var head proof.Head
		if head, err = tree.Head(); err != nil {
			break
		}
		heads = append(heads, head)
		leaf := proof.Hash{i}
		if other && i >= 3 {
			leaf[1] = 1
		}
		if err = tree.Append(leaf); err != nil {
			break
		}
		news, tileErr := tree.Tiles()
		for _, tile := range news {
			tiles[tile.Path()] = tile.Data
		}
		err = tileErr
	}
	if err != nil {
		t.Fatal(err)
	}
	return heads, read
}

// TestWitness goes through the answers that C2SP tlog-witness lays down.
func TestWitness(t *testing.T) {
	w := newWorld(t)
	stranger := newKeys(t)
	heads, tiles := forest(t, false)
	forked, forkedTiles := forest(t, true)
	ask := func(old uint64, head proof.Head, read proof.ReadTile, k keys, name string) string {
		note, err := proof.Checkpoint{Origin: origin, Head: head}.Sign(k.logKey)
		if err != nil {
			t.Fatal(err)
		}
		path, err := proof.Consistency(head, min(old, head.Size), read)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Replace(string(request{old, path, note}.text()), "\n"+origin+"\n", "\n"+name+"\n", 1)
	}
	long := "old 0\n" + strings.Repeat("x", maxRequest)
	for _, c := range []struct {
		what, body string
		status     int
		answer     string
	}{
		{"a log it does not know", ask(0, heads[4], tiles, w.keys, "unknown.example"), 404, ""},
		{"a key it does not know", ask(0, heads[4], tiles, stranger, origin), 403, ""},
		{"not from where it stands", ask(2, heads[4], tiles, w.keys, origin), 409, "0\n"},
		{"the first checkpoint", ask(0, heads[4], tiles, w.keys, origin), 200, "— witness.example/w "},
		{"the same again, as if it were the first", ask(0, heads[4], tiles, w.keys, origin), 409, "4\n"},
		{"the same again", ask(4, heads[4], tiles, w.keys, origin), 200, "— witness.example/w "},
		{"another tree of the same size", ask(4, forked[4], forkedTiles, w.keys, origin), 409, "refuted: "},
		{"a larger tree that does not continue it", ask(4, forked[9], forkedTiles, w.keys, origin), 422, ""},
		{"a smaller tree", ask(4, heads[3], tiles, w.keys, origin), 400, ""},
		{"a smaller tree from where that stands", ask(3, heads[3], tiles, w.keys, origin), 409, "4\n"},
		{"a larger tree", ask(4, heads[9], tiles, w.keys, origin), 200, "— witness.example/w "},
		{"a proof with a hash too many", strings.Replace(ask(9, heads[9], tiles, w.keys, origin), "old 9\n", "old 9\n"+strings.Repeat("A", 43)+"=\n", 1), 422, ""},
		{"nothing", "", 400, ""},
		{"too much", long, 400, ""},
	} {
		// A witness of its own for each request: what it knows is on disk.
		recorder := httptest.NewRecorder()
		w.newWitness().ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/add-checkpoint", strings.NewReader(c.body)))
		answer := recorder.Body.String()
		if recorder.Code != c.status || !strings.HasPrefix(answer, c.answer) {
			t.Errorf("%s: %d %s, want %d %s", c.what, recorder.Code, answer, c.status, c.answer)
		}
		// Only a size that helps is told as one: where the roots differ, asking again from it would not.
		kind, helps := recorder.Header().Get("Content-Type"), strings.HasSuffix(c.answer, "\n")
		if helps != (kind == "text/x.tlog.size") {
			t.Errorf("%s: %d with %s", c.what, recorder.Code, kind)
		}
	}
	var kept []string
	walk(t, w.witness, func(path string, data []byte) {
		if !strings.Contains(string(data), "\n\n— "+origin+" ") {
			t.Errorf("%s is not a signed checkpoint", path)
		}
		kept = append(kept, filepath.Base(path))
	})
	if want := []string{"0000000000000000004", "0000000000000000009", "first"}; !slices.Equal(kept, want) {
		t.Errorf("it keeps %v, want %v", kept, want)
	}
}

func TestWitnessHasOneKeyForALog(t *testing.T) {
	w := newWorld(t)
	logs := append(w.policy.Logs, newKeys(t).policy(t, unobserved).Logs...)
	if _, err := NewWitness(t.TempDir(), w.witnessKey, logs, clock, quiet); err == nil || !contains(err, "two keys") {
		t.Errorf("two keys for %s: %v", origin, err)
	}
}

// TestHTTPWitnesses reads each answer that a witness may give.
func TestHTTPWitnesses(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "— a b\n", nil},
		{404, "", ErrUnregistered},
		{403, "", ErrUnregistered},
		{409, "12\n", &KnowsError{}},
		{409, "7\n", ErrContradicted}, // it was asked from 7, so that is not the trouble
		{409, "other roots", ErrContradicted},
		{422, "", ErrContradicted},
	} {
		answer := http.HandlerFunc(func(to http.ResponseWriter, from *http.Request) {
			body, err := io.ReadAll(from.Body)
			if err != nil || from.URL.Path != "/w/add-checkpoint" || !strings.HasPrefix(string(body), "old 7\n") {
				t.Errorf("asked %s %s: %v", from.URL, body, err)
			}
			to.WriteHeader(c.status)
			_, _ = io.WriteString(to, c.body)
		})
		client := HTTPWitnesses{&http.Client{Transport: handled{answer}}}
		lines, err := client.AddCheckpoint(context.Background(), proof.Witness{Name: "w", URL: "https://witness.example/w/"}, 7, nil, nil)
		var knows *KnowsError
		switch {
		case c.want == nil && (err != nil || string(lines) != c.body),
			c.body == "12\n" && (!errors.As(err, &knows) || knows.Size != 12),
			c.want != nil && c.body != "12\n" && !errors.Is(err, c.want):
			t.Errorf("%d %q: %q, %v", c.status, c.body, lines, err)
		}
	}
	for what, answer := range map[string]http.HandlerFunc{
		"too long": func(to http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(to, strings.Repeat("x", maxAnswer+1))
		},
		"out of order": func(to http.ResponseWriter, _ *http.Request) { to.WriteHeader(500) },
	} {
		_, err := HTTPWitnesses{&http.Client{Transport: handled{answer}}}.AddCheckpoint(context.Background(), proof.Witness{Name: "w", URL: "https://witness.example"}, 0, nil, nil)
		if err == nil || errors.Is(err, ErrContradicted) || errors.Is(err, ErrUnregistered) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// FuzzParseRequest: what is accepted is written the same again.
func FuzzParseRequest(f *testing.F) {
	f.Add([]byte("old 0\n\nledger.example.org\n"))
	f.Add([]byte("old 12\n" + strings.Repeat("A", 43) + "=\n\n"))
	f.Add([]byte("old 012\n\n"))
	f.Add([]byte("old 1\n" + strings.Repeat(strings.Repeat("A", 43)+"=\n", 64) + "\nx"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := parseRequest(text)
		if err != nil {
			return
		}
		if string(r.text()) != string(text) || len(r.path) > maxProofLines {
			t.Fatalf("%q became %q", text, r.text())
		}
	})
}

// FuzzParseCases: what is accepted is a file that save could have written.
func FuzzParseCases(f *testing.F) {
	path := filepath.Join(f.TempDir(), "cases")
	c := &cases{size: 3, last: map[string]uint64{"registry": 3, "access": 1}}
	if err := c.save(path); err != nil {
		f.Fatal(err)
	}
	saved, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(saved)
	f.Add([]byte("starledger-cases/v1 3 sha256:\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := parseCases(text)
		if err != nil {
			return
		}
		for name, seq := range c.last {
			if seq == 0 || seq > c.size {
				t.Fatalf("case %q ends at %d of %d", name, seq, c.size)
			}
		}
	})
}
