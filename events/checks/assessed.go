package checks

import (
	"fmt"
	"slices"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

var everyClauseAssessed = &Check{
	Code: "SCORE-02",
	Name: Wording{
		"报告前所有适用指标（含 5.3.1.4 满意度）均已评价",
		"every involved clause is assessed before the report (5.3.1.4, satisfaction, included)",
	},
	Source:  "R12; 000 6.1",
	Posting: Refuse,
	Guards:  reports,
	guard: func(p Posting) *Violation {
		report, _ := events.Reported(p.Payload)
		a := p.Case.Audit(report.Audit)
		if a == nil {
			return nil
		}
		schemes, err := Schemes(a, p.Schemes)
		if err != nil {
			return notAssessed(err.Error(), 0)
		}
		var open []string
		for _, scheme := range schemes {
			open = append(open, unassessed(a, scheme)...)
		}
		if len(open) > 0 {
			return notAssessed(shortened(open), len(open))
		}
		return nil
	},
}

// shortened lists the first few, and says when there are more.
func shortened(open []string) string {
	const most = 10
	if len(open) <= most {
		return strings.Join(open, ", ")
	}
	return strings.Join(open[:most], ", ") + ", …"
}

func notAssessed(which string, count int) *Violation {
	return &Violation{
		Code: clausesNotAssessed,
		Args: map[string]string{"count": fmt.Sprint(count), "clauses": which},
		Detail: Wording{
			fmt.Sprintf("报告时有 %d 项指标尚未评价：%s", count, which),
			fmt.Sprintf("%d clauses were not assessed when the audit was reported: %s", count, which),
		},
	}
}

// Involved are the clauses that count: covered by the audit and not deleted, in the scheme's order.
func Involved(a *events.Audit, scheme *scoring.Scheme) []events.Clause {
	var involved []events.Clause
	for _, clause := range scheme.Clauses {
		id := events.Clause(clause.ID)
		if (!a.Partial() || slices.Contains(a.Clauses, id)) && a.Deleted(id) == nil {
			involved = append(involved, id)
		}
	}
	return involved
}

// unassessed are the involved clauses without assessment, or without rating where the scheme rates.
func unassessed(a *events.Audit, scheme *scoring.Scheme) []string {
	var open []string
	for _, clause := range Involved(a, scheme) {
		assessment := a.Assessment(clause)
		if assessment == nil || scheme.Method == scoring.MethodRating && assessment.Rating == "" {
			open = append(open, string(clause))
		}
	}
	return open
}
