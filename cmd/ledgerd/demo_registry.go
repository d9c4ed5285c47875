package main

import "fmt"

// demoRegistry is what the certification body has settled for all cases: the fields it is approved for,
// who people are and what they are qualified for, and its own versions of the two schemes that come without weights.
func demoRegistry(s *story) {
	s.post("root", "/v1/approvals", fields{"fields": []string{"01", "03"}, "from": s.day(1500), "effective_at": s.daysAgo(1500, 9)})
	for _, p := range demoPeople() {
		person := fields{"actor": p.Actor, "name": p.Name}
		if p.Organization != demoBody {
			person["organization"] = p.Organization
		}
		s.post("root", "/v1/persons", person)
	}
	for i, q := range []struct{ actor, kind string }{{"li", "lead_auditor"}, {"zhao", "auditor"}, {"sun", "reviewer"}, {"qian", "decision_maker"}} {
		s.post("root", "/v1/qualifications", fields{
			"actor": q.actor, "kind": q.kind, "number": fmt.Sprintf("DEMO-Q%02d", i+1), "from": s.day(1500), "effective_at": s.daysAgo(1500, 9),
		})
	}
	completeness := s.weighted("completeness")
	_, digest := s.scheme("gbt27922-2011", "1")
	completeness["combination"] = fields{"rule": "lower", "with": fields{"id": "gbt27922-2011", "version": "1", "digest": digest}}
	s.post("root", "/v1/schemes", completeness)
	s.post("root", "/v1/schemes", s.weighted("maturity"))
}

// demoNote stands in both versions: the sources print no weights, and nobody may take these for some.
var demoNote = fields{
	"zh": "演示权重：本版本的分值、等级、限值和合并规则均为示例机构为演示而虚构，不出自任何来源，不得用于认证。",
	"en": "Demo weights: points, grades, limits and the rule of combination of this version were made up by the fictitious body of the demo. No source has them; certify nothing by them.",
}

// weighted is the body's own version of a scheme that comes without weights: the first twelve indicators
// count 2 points, the other seventy-six 1, which makes 100. What the standard says of special items and
// grades is taken over.
func (s *story) weighted(id string) fields {
	document, _ := s.scheme(id, "0")
	standard, _ := s.scheme("gbt27922-2011", "1")
	if s.err != nil {
		return fields{}
	}
	clauses, _ := document["clauses"].([]any)
	for i, entry := range clauses {
		points := "1"
		if i < 12 {
			points = "2"
		}
		if clause, ok := entry.(map[string]any); ok {
			clause["points"] = points
		}
	}
	for _, name := range []string{"special_deductions", "bonus", "minimum", "grades"} {
		document[name] = standard[name]
	}
	document["version"], document["in_force_from"], document["notes"] = "demo", s.day(400), []fields{demoNote}
	document["source"] = "示例机构的演示版本（演示权重，虚构）"
	document["reason"] = "演示：登记机构自己的版本，权重为虚构的演示权重"
	return document
}
