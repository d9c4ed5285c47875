package checks

import (
	"fmt"
	"slices"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

var personDays = &Check{
	Code: "TEAM-01",
	Name: Wording{
		"现场人日不少于计划，且每个走访网点不少于 0.5 人日（参数）",
		"person-days on site are not below the plan, and at least 0.5 per outlet visited (parameter)",
	},
	Source:  "practice",
	Posting: Warn,
	Guards:  reports,
	guard: func(p Posting) *Violation {
		report, _ := events.Reported(p.Payload)
		a := p.Case.Audit(report.Audit)
		if a == nil {
			return nil
		}
		spent, outlets := onSite(a)
		if planned := Decimal(a.PersonDays); spent.Cmp(planned) < 0 {
			return tooFewDays("", spent, planned)
		}
		least := ValueAt(p.Registry, OutletDays, p.Seq)
		for _, outlet := range outlets {
			if outlet.days.Cmp(least) < 0 {
				return tooFewDays(outlet.label, outlet.days, least)
			}
		}
		return nil
	},
}

// visited is the time spent at one outlet.
type visited struct {
	label events.Label
	days  scoring.Number
}

// onSite sums up the time on site, and of it the time at each outlet, in the order of the first visit.
func onSite(a *events.Audit) (sum scoring.Number, outlets []visited) {
	for i := range a.PersonDaysOnSite {
		d := &a.PersonDaysOnSite[i]
		sum = sum.Add(Decimal(d.Days))
		if d.Outlet == "" {
			continue
		}
		at := slices.IndexFunc(outlets, func(v visited) bool { return v.label == d.Outlet })
		if at < 0 {
			at, outlets = len(outlets), append(outlets, visited{label: d.Outlet})
		}
		outlets[at].days = outlets[at].days.Add(Decimal(d.Days))
	}
	return sum, outlets
}

func tooFewDays(outlet events.Label, spent, least scoring.Number) *Violation {
	where := Wording{"现场", "on site"}
	if outlet != "" {
		where = Wording{"网点 " + string(outlet), "at outlet " + string(outlet)}
	}
	return &Violation{
		Code: daysBelowPlan, Args: map[string]string{"spent": spent.Value(), "least": least.Value()},
		Detail: Wording{
			fmt.Sprintf("%s %s 人日，应不少于 %s", where.ZH, spent.Value(), least.Value()),
			fmt.Sprintf("%s person-days %s, at least %s", spent.Value(), where.EN, least.Value()),
		},
	}
}

var teamQualified = &Check{
	Code:    "TEAM-02",
	Name:    Wording{"组长和审查员在审查首日持有有效资格", "leads and auditors are qualified on the first day of the audit"},
	Source:  "000 6.1.1 a; 004 Q4; ours",
	Posting: Warn,
	Guards:  types(events.AuditPlanned{}, events.TeamChanged{}),
	guard: func(p Posting) *Violation {
		if !p.ask(question{About: anyQualification}) || p.Case.Kind == events.Internal {
			return nil // nothing is known of qualifications, or the enterprise evaluates itself
		}
		var members []events.Member
		var day events.Date
		switch d := p.Payload.(type) {
		case events.AuditPlanned:
			members, day = d.Team, d.StartsOn
		case events.TeamChanged:
			a := p.Case.Audit(d.Audit)
			if a == nil {
				return nil
			}
			members, day = d.Add, a.StartsOn
		}
		return p.unqualified(members, day)
	},
}

// unqualified names the members whose part in the team no qualification covers.
func (p Posting) unqualified(members []events.Member, day events.Date) *Violation {
	var without []string
	for _, m := range members {
		if m.Role == events.Expert || m.Role == events.Observer {
			continue
		}
		if !p.ask(question{About: qualification, Actor: m.Actor, Role: m.Role, Field: p.Case.Field, Day: day}) {
			without = append(without, string(m.Actor))
		}
	}
	if len(without) == 0 {
		return nil
	}
	list := strings.Join(without, ", ")
	return &Violation{
		Code: membersUnqualified, Pointer: "/team", Args: map[string]string{"actors": list, "day": string(day)},
		Detail: Wording{
			fmt.Sprintf("%s 在 %s 没有相应的有效资格", list, day),
			fmt.Sprintf("%s: not qualified on %s", list, day),
		},
	}
}
