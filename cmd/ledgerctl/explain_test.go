package main

import (
	"bytes"
	"testing"

	"starledger/events"
	"starledger/scoring"
)

// TestExplanation is a calculation to read, in both languages: one clause deleted, 18 of 25 and 1 of
// 3 lost, one special deduction, a bonus, one clause still open.
func TestExplanation(t *testing.T) {
	scheme := shippedScheme(t, "gbt27922-2011")
	bad := func(n uint64) *uint64 { return &n }
	opening := wholeStory()[:3]
	lead := said{actor: "li", role: "lead_auditor"}
	deleted, third, most, special, bonus := lead, lead, lead, lead, lead
	deleted.reason, deleted.data = "不从事贸易", events.DeletionGranted{Audit: 1, Deletion: "X1", Clause: "5.2.5.5"}
	most.data = events.DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.1.4", Basis: events.Sampled, Sample: &events.Sample{Size: 25, Nonconforming: bad(18)}}
	third.data = events.DeductionApplied{Audit: 1, Deduction: "D2", Clause: "5.1.1.1", Basis: events.Sampled, Sample: &events.Sample{Size: 3, Nonconforming: bad(1)}}
	special.reason, special.data = "未明示收费", events.SpecialDeductionApplied{Audit: 1, Special: "S1", Trigger: "law", Finding: "F1"}
	bonus.reason, bonus.data = "整机包修十年", events.BonusGranted{Audit: 1, Bonus: "B1"}

	facts := scoring.Facts{
		Assessments: assessedExcept(scheme, "5.1.3.1"),
		Deletions:   []scoring.Deletion{{Clause: "5.2.5.5", Seq: 7}},
		Deductions: []scoring.Deduction{
			{Clause: "5.3.1.4", Basis: scoring.Sampled, Sample: scoring.Sample{Size: 25, Nonconforming: 18}, Seq: 9},
			{Clause: "5.1.1.1", Basis: scoring.Sampled, Sample: scoring.Sample{Size: 3, Nonconforming: 1}, Seq: 11},
		},
		Specials: []scoring.Item{{Seq: 13}},
		Bonuses:  []scoring.Item{{Seq: 15}},
	}
	s := scored(t, facts, scheme)
	sums, err := calculate(s, scheme)
	if err != nil {
		t.Fatal(err)
	}
	e := explanation{caseID: caseA, audit: 1, score: s, scheme: scheme, sums: sums, said: map[uint64]told{}}
	c := events.NewCase(caseA)
	for _, one := range story(t, append(opening, deleted, most, third, special, bonus)...) {
		if err := c.Follow(one); err != nil {
			t.Fatal(err)
		}
		e.said[one.Seq] = told{one, sentenceOf(one, c)}
	}
	for _, l := range []language{chinese, english} {
		var out bytes.Buffer
		p := program{system: system{out: &out}, settings: settings{language: l}}
		if err := p.write(&e); err != nil {
			t.Fatal(err)
		}
		golden(t, "explanation."+string(l)+".txt", out.String())
	}
}

// TestVerdict says what came of an audit, in the words of both languages.
func TestVerdict(t *testing.T) {
	scheme := shippedScheme(t, "gbt27922-2011")
	everything := assessedExcept(scheme)
	lost := make([]scoring.Deduction, 0, 50)
	for _, clause := range scheme.Clauses {
		if clause.Chapter != "5.1" {
			lost = append(lost, scoring.Deduction{Clause: clause.ID, Basis: scoring.Qualitative})
		}
	}
	for _, row := range []struct {
		name   string
		facts  scoring.Facts
		zh, en string
	}{
		{"passed", scoring.Facts{Assessments: everything}, "五星级 · 通过", "five star · passed"},
		{"nothing assessed", scoring.Facts{}, "五星级 · 暂定，尚有条款未评价", "five star · provisional, some clauses are not assessed"},
		{"partial", scoring.Facts{Clauses: []string{"5.1.1.1"}, Assessments: everything}, "部分审查，无等级", "partial audit, without a grade"},
		{"60 points and 5 special deductions", scoring.Facts{Assessments: everything, Deductions: lost, Specials: make([]scoring.Item, 5)},
			"不合格：低于最低分，特别扣分过多", "failed: below the minimum, too many special deductions"},
	} {
		s := scored(t, row.facts, scheme)
		if _, err := calculate(s, scheme); err != nil {
			t.Errorf("%s: %v", row.name, err)
		}
		for l, want := range map[language]string{chinese: row.zh, english: row.en} {
			p := program{settings: settings{language: l}}
			if got := p.verdict(s); got != want {
				t.Errorf("%s: %q, want %q", row.name, got, want)
			}
		}
	}
}
