package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"starledger/scoring"
)

func TestDiff(t *testing.T) {
	a := standard(t)
	b := mustParse(t, edited(t, func(d document) {
		d["version"], d["filing_number"] = "2", "RZGF-2026-01"
		d.object("special_deductions")["limit"] = map[string]any{"operator": ">", "count": 5}
		clauses := d["clauses"].([]any)
		clauses[0].(map[string]any)["id"] = "5.1.1.9" // one clause goes, another one comes
		d["notes"] = []any{map[string]any{"zh": "注"}}
	}))
	changes, err := scoring.Diff(a, b)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range changes {
		if !strings.HasSuffix(c.Path, "/text") && c.Path != "/notes" {
			lines = append(lines, fmt.Sprintf("%s %s %s", c.Path, c.A, c.B))
		}
	}
	want := `/version "1" "2"
/clauses/5.1.1.1/id "5.1.1.1" null
/clauses/5.1.1.1/chapter "5.1" null
/clauses/5.1.1.1/section "5.1.1" null
/clauses/5.1.1.1/title "组织架构" null
/clauses/5.1.1.1/points "1" null
/special_deductions/limit/operator ">=" ">"
/filing_number null "RZGF-2026-01"
/clauses/5.1.1.9/id null "5.1.1.9"
/clauses/5.1.1.9/chapter null "5.1"
/clauses/5.1.1.9/section null "5.1.1"
/clauses/5.1.1.9/title null "组织架构"
/clauses/5.1.1.9/points null "1"`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if same, err := scoring.Diff(a, a); err != nil || len(same) != 0 {
		t.Errorf("a scheme differs from itself: %v, %v", same, err)
	}
}
