package bundle

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

var updateBundle = flag.Bool("update-bundle", false, "write testdata/golden.zip anew")

// begun is a small case: an audit is planned, and a finding with evidence cost a deduction.
func begun(t testing.TB) []*events.Stored {
	t.Helper()
	return Planned(t, "gbt27922-2011").Do(
		&decide.RaiseFinding{Audit: 1, Clause: "5.2.2.1", Category: events.Nonconformity, Severity: events.Minor, Statement: "现场未见记录", Evidence: []events.Evidence{Photo}},
		&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.2.2.1", Basis: events.Qualitative, Finding: "F1"},
	).History
}

// A bundle that was written once stays as it is: the same ledger gives the same bytes in every version,
// and every version verifies it. Only the page that people read may get better.
func TestGolden(t *testing.T) {
	w := newWorld(t)
	w.fill(begun(t), 0)
	written := w.bundle(Request{Case: CaseID, Profile: Assessor})
	path := filepath.Join("testdata", "golden.zip")
	if *updateBundle {
		w.must(os.WriteFile(path, written, 0o644))
		w.must(os.WriteFile(filepath.Join("testdata", "golden.policy.txt"), w.policy, 0o644))
	}
	kept, err := os.ReadFile(path)
	w.must(err)
	policy, err := os.ReadFile(filepath.Join("testdata", "golden.policy.txt"))
	w.must(err)

	got, want := open(t, written), open(t, kept)
	if !slices.Equal(got.names(), want.names()) {
		t.Errorf("members %v, want %v", got.names(), want.names())
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if name != nameReport && !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s changed", name)
		}
	}
	same := open(t, kept)
	same[nameReport] = got[nameReport]
	if !bytes.Equal(same.packed(t), written) {
		t.Error("the archive around the members changed")
	}

	v := w.verifyWith(kept, Options{Policy: policy})
	if results := resultsOf(v); results["pages"] == "warn" {
		wantSound(t, v, "pages")
	} else {
		wantSound(t, v)
	}
}
