package archive

import (
	"path/filepath"
	"testing"
)

// countingDisk counts what reaches its files.
type countingDisk struct {
	osDisk
	writes *int
}

type countingFile struct {
	file
	writes *int
}

func (d countingDisk) open(path string) (file, error) {
	f, err := d.osDisk.open(path)
	return countingFile{f, d.writes}, err
}

func (f countingFile) Write(p []byte) (int, error) {
	*f.writes++
	return f.file.Write(p)
}

// A batch is written in a few large pieces, the last of them by Sync; nothing counts before. The
// lines are short, so that most of the pieces end within the batch.
func TestBatchIsWrittenInPieces(t *testing.T) {
	writes := 0
	a, err := open(filepath.Join(t.TempDir(), "archive"), countingDisk{writes: &writes})
	if err != nil {
		t.Fatal(err)
	}
	const n, bytesAtLeast = 60_000, 60_000 * 25
	appendUpTo(t, a, n)
	wantHolds(t, a, 0)
	if err := a.Sync(); err != nil {
		t.Fatal(err)
	}
	wantHolds(t, a, n)
	if most := 1 + 2*bytesAtLeast/writeAt; writes < 2 || writes > most {
		t.Errorf("%d writes, want 2 to %d", writes, most)
	}
	appendUpTo(t, a, n+1)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	wantHolds(t, a, n+1)
}
