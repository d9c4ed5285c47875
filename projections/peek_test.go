package projections

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPeekOfNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readmodel.sqlite")
	for _, content := range []string{"", "this is no database"} {
		if content != "" {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if seq, digest, err := Peek(t.Context(), path); seq != 0 || digest != "" || err != nil {
			t.Errorf("file %q: %d %q %v", content, seq, digest, err)
		}
	}
}
