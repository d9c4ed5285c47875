package events

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden bodies that are missing; those that are there are never touched")

const goldenDir = "testdata/golden"

// golden bodies are what a ledger may hold today. They have to decode for ever, so a file is
// written once, by go test ./events -run Golden -update, and then belongs to the past. When this
// test fails for a file that is there, it is the code that has to change.
func TestGoldenBodiesDecodeForEver(t *testing.T) {
	if *update {
		writeMissing(t)
	}
	names, err := filepath.Glob(filepath.Join(goldenDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			body := read(t, name)
			stored, err := Decode(body)
			if err != nil {
				t.Fatal(err)
			}
			if shortType(stored.Type) != goldenType(name) {
				t.Errorf("holds a %s", stored.Type)
			}
			if stored.Digest != DigestOf(body) {
				t.Errorf("the digest %s is not that of the bytes", stored.Digest)
			}
			again, err := Encode(stored.Event)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(again.Body, body) {
				t.Errorf("written again it is\n%s\nnot\n%s", again.Body, body)
			}
		})
	}
}

func TestEveryEventTypeHasGoldenBodies(t *testing.T) {
	for _, payload := range Catalogue() {
		for _, variant := range []string{"least", "full"} {
			name := goldenName(payload.EventType(), variant)
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%v: write it once with go test ./events -run Golden -update", err)
			}
		}
	}
}

// writeMissing writes the bodies of the examples that have no file yet.
func writeMissing(t *testing.T) {
	t.Helper()
	for _, x := range examples {
		writeOnce(t, goldenName(x.least.EventType(), "least"), leastEvent(x.least))
		writeOnce(t, goldenName(x.full.EventType(), "full"), fullEvent(x.full))
	}
}

func writeOnce(t *testing.T, name string, e Event) {
	t.Helper()
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	e.DataSchema = DigestOf(read(t, "../schemas/events/"+shortType(e.Data.EventType())+".json"))
	stored, err := Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(stored.Body); err != nil {
		t.Fatal(err)
	}
}

// goldenBodies are the golden bodies, as seeds for the fuzz targets.
func goldenBodies(t testing.TB) [][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(goldenDir, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%d golden bodies: %v", len(names), err)
	}
	bodies := make([][]byte, len(names))
	for i, name := range names {
		bodies[i] = read(t, name)
	}
	return bodies
}

func goldenName(eventType Type, variant string) string {
	return filepath.Join(goldenDir, shortType(eventType)+"."+variant+".json")
}

// goldenType is deduction.applied.v1 of …/deduction.applied.v1.full.json.
func goldenType(name string) string {
	name = strings.TrimSuffix(filepath.Base(name), ".json")
	return name[:strings.LastIndexByte(name, '.')]
}

func shortType(t Type) string { return strings.TrimPrefix(string(t), "starledger.") }

func read(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
