package projections

import "testing"

// A clause may have spaces in it, as those of the completeness scheme have.
func TestLossIsReadBack(t *testing.T) {
	for _, row := range []struct{ line, clause, lost string }{
		{"5.1.1.1 2/5\n", "5.1.1.1", "2/5"},
		{"6.2.1.1 a) 1/1\n", "6.2.1.1 a)", "1/1"},
		{"6.2.1.1 a)  b) 26245/294\n", "6.2.1.1 a)  b)", "26245/294"},
		{"nothing\n", "", "nothing"}, // no number, which the reader refuses
	} {
		clause, lost := cutLoss(row.line)
		if clause != row.clause || lost != row.lost {
			t.Errorf("%q is %q and %q", row.line, clause, lost)
		}
	}
}
