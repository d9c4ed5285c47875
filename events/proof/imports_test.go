package proof

import (
	"bytes"
	"go/build"
	"os"
	"slices"
	"testing"
)

// The mathematics stays pure: nothing of ours, nothing that reads files, a network or a clock, and no
// Merkle code but the two libraries that the package comment names.
func TestImports(t *testing.T) {
	pkg, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{
		"bytes", "cmp", "crypto/ed25519", "crypto/sha256", "encoding/base64", "encoding/binary", "encoding/hex", "errors", "fmt", "math",
		"slices", "strconv", "strings", "time", "unicode", "unicode/utf8",
		"github.com/transparency-dev/formats/log", "github.com/transparency-dev/formats/proof",
		"golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog",
	}
	for _, imported := range pkg.Imports {
		if !slices.Contains(allowed, imported) {
			t.Errorf("events/proof imports %s", imported)
		}
	}
	for _, file := range pkg.GoFiles {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(source, []byte("time.Now")) || bytes.Contains(source, []byte("time.Since")) {
			t.Errorf("%s reads the clock", file)
		}
	}
}
