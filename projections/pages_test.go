package projections

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is kept of an entry is read as it was written, to the ends of what a field can hold and below 0,
// wherever the entry stands on its page.
func TestFieldsOfEntriesComeBack(t *testing.T) {
	s, _, err := openStore(t.Context(), filepath.Join(t.TempDir(), "views"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	before1970 := int64(-62_135_596_800_000_000) // the first year
	want := []entry{
		{1, 1, 2, 3, 1_700_000_000_000_000, before1970, 0, 0, 0},
		{1<<47 - 1, 1<<39 - 1, math.MaxInt32, math.MaxInt32, math.MaxInt64, math.MinInt64, math.MaxInt64, math.MaxInt32, math.MaxInt32},
		{5_000_000_000, 300, 17, 18, 255, -1, 256, 50, 12},
	}
	page := make([]byte, 0, pageLength*entryWidth)
	for i := range pageLength {
		page = want[i%len(want)].appendTo(page)
	}
	if len(page) != pageLength*entryWidth {
		t.Fatalf("a page has %d bytes", len(page))
	}
	if _, err := s.write.ExecContext(t.Context(), "INSERT INTO pages VALUES (2, ?)", page); err != nil {
		t.Fatal(err)
	}
	for place := range pageLength {
		seq, got := 2*pageLength+1+place, entry{}
		query := "SELECT "
		for _, field := range []string{"case_no", "case_seq", "type_no", "actor_no", "recorded", "effective", "late", "assessed"} {
			query += ofEntry(field, "?1") + ", "
		}
		err := s.read.QueryRowContext(t.Context(), query+ofEntry("findings", "?1")+" FROM (SELECT 1)"+pageOf("?1"), seq).
			Scan(&got.caseNo, &got.caseSeq, &got.typeNo, &got.actorNo, &got.recorded, &got.effective, &got.late, &got.assessed, &got.findings)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[place%len(want)], got, cmp.AllowUnexported(entry{})); diff != "" {
			t.Errorf("sequence %d (-written +read):\n%s", seq, diff)
		}
	}
}
