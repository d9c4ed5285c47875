package bundle

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	. "starledger/events/decide/decidetest"
)

// A bundle that was unpacked is verified where it lies, and what lies beside it does not matter; what was
// done to it is found as in the archive.
func TestUnpackedBundles(t *testing.T) {
	w := newWorld(t)
	w.fill(begun(t), 0)
	m := open(t, w.bundle(Request{Case: CaseID, Profile: Assessor}))
	dir := t.TempDir()
	for name, text := range m {
		path := filepath.Join(dir, filepath.FromSlash(name))
		w.must(os.MkdirAll(filepath.Dir(path), 0o700))
		w.must(os.WriteFile(path, text, 0o600))
	}
	w.must(os.WriteFile(filepath.Join(dir, "log.der"), []byte("made by hand"), 0o600))
	verify := func() *Verdict {
		t.Helper()
		v, err := Verify(t.Context(), dir, Options{Policy: w.policy})
		w.must(err)
		return v
	}
	wantSound(t, verify())
	event := filepath.Join(dir, filepath.FromSlash(eventName(w.seqs[CaseID][1])))
	w.must(os.WriteFile(event, append(m[eventName(w.seqs[CaseID][1])], ' '), 0o600))
	if failed := failedIn(verify()); !slices.Contains(failed, "chain") && !slices.Contains(failed, "inclusion") && !slices.Contains(failed, "events") {
		t.Errorf("a byte added: %v", failed)
	}
	w.must(os.Remove(filepath.Join(dir, nameCheckpoint)))
	if failed := failedIn(verify()); !slices.Contains(failed, "archive") {
		t.Errorf("without its checkpoint: %v", failed)
	}
}
