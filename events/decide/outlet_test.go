package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

var pudong = &decide.RecordOutlet{Name: "浦东网点", Kind: events.OwnOutlet}

func spent(actor events.ID, on events.Date, days events.Decimal, outlet events.Label) *decide.RecordPersonDays {
	return &decide.RecordPersonDays{Audit: 1, Actor: actor, On: on, Days: days, Outlet: outlet}
}

// today is an audit whose first day is the day of the story.
func today(t T) *Story {
	plan := Plan(events.InitialAudit)
	plan.StartsOn, plan.EndsOn = "2026-03-01", "2026-03-03"
	return applied(t).Do(plan).As(Lead, "lead_auditor")
}

var outlets = []row{
	{"an outlet twice", then(applied, pudong), pudong, decide.Standing, decide.OutletExists, "", ""},
	{"time in audit 2", today, &decide.RecordPersonDays{Audit: 2, Actor: Lead, On: "2026-03-01", Days: "1"}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"time of a stranger", today, spent("guo", "2026-03-01", "1", ""), decide.Broken, decide.NotAMember, "/actor", ""},
	{"time tomorrow", today, spent(Lead, "2026-03-02", "1", ""), decide.Broken, decide.InFuture, "/on", ""},
	{"time before the audit", today, spent(Lead, "2026-02-28", "1", ""), decide.Broken, decide.DayOutsideAudit, "/on", ""},
	{"more than a day in a day", today, spent(Lead, "2026-03-01", "1.000001", ""), decide.Broken, decide.DaysOutOfRange, "/days", ""},
	{"no time", today, spent(Lead, "2026-03-01", "0.00", ""), decide.Broken, decide.DaysOutOfRange, "/days", ""},
	{"time at no outlet", today, spent(Lead, "2026-03-01", "1", "O1"), decide.Broken, decide.UnknownOutlet, "/outlet", ""},
}

func TestOutletsAndPersonDays(t *testing.T) {
	s := today(t).Do(pudong, &decide.RecordOutlet{Name: "浦西网点", Kind: events.EntrustedOutlet},
		spent(Lead, "2026-03-01", "0.5", "O2"), spent(Auditor, "2026-03-01", "1.0", ""))
	if s.Case.Outlet("O2").Kind != events.EntrustedOutlet || len(s.Audit(1).PersonDaysOnSite) != 2 {
		t.Errorf("%+v %+v", s.Case.Outlets, s.Audit(1).PersonDaysOnSite)
	}
}
