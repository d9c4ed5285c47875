package decide

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// Rules of outlets and person-days:
//
//  1. An outlet of a name and address is recorded once.
//  2. Time on site is of somebody who was in the team, on a day that is not in the future, and not
//     before the audit's first planned day; it is more than nothing and at most one day.
//  3. The outlet it was spent at is recorded.

// RecordOutlet is POST /v1/cases/{case}/outlets.
type RecordOutlet struct {
	Common
	// Name.
	Name events.Text `json:"name"`
	// Address.
	Address events.Text `json:"address,omitzero"`
	// Who runs it.
	Kind events.OutletKind `json:"kind"`
}

// RecordPersonDays is POST …/audits/{audit}/person-days.
type RecordPersonDays struct {
	Common
	Audit uint64 `json:"-"`
	// Who was there.
	Actor events.ID `json:"actor"`
	// The day, Asia/Shanghai.
	On events.Date `json:"on"`
	// Part of the day in person-days, such as 0.5; at most 1.
	Days events.Decimal `json:"days"`
	// The outlet visited; absent at the main site.
	Outlet events.Label `json:"outlet,omitzero"`
}

func (r *RecordOutlet) decide(s *sitting) (events.Payload, error) {
	at := slices.IndexFunc(s.c.Outlets, func(o events.Outlet) bool { return o.Name == r.Name && o.Address == r.Address })
	if at >= 0 {
		return nil, refuse(Standing, OutletExists).with("outlet", s.c.Outlets[at].OutletRecorded.Outlet).since(s.c.Outlets[at].Entry)
	}
	label := nextLabel('O', s.c.Outlets, func(o *events.Outlet) events.Label { return o.OutletRecorded.Outlet })
	return events.OutletRecorded{Outlet: label, Name: r.Name, Address: r.Address, Kind: r.Kind}, nil
}

func (r *RecordPersonDays) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Membership(r.Actor) == nil:
		return nil, refuse(Broken, NotAMember).at("/actor").with("actor", r.Actor)
	case r.On > events.DateOf(s.Now):
		return nil, refuse(Broken, InFuture).at("/on")
	case r.On < a.StartsOn:
		return nil, refuse(Broken, DayOutsideAudit).at("/on").with("day", a.StartsOn)
	case !partOfADay(r.Days):
		return nil, refuse(Broken, DaysOutOfRange).at("/days")
	case r.Outlet != "" && s.c.Outlet(r.Outlet) == nil:
		return nil, refuse(Broken, UnknownOutlet).at("/outlet").with("outlet", r.Outlet)
	}
	return events.PersonDaysRecorded{Audit: r.Audit, Actor: r.Actor, On: r.On, Days: r.Days, Outlet: r.Outlet}, nil
}

// partOfADay tells more than 0 and at most 1.
func partOfADay(days events.Decimal) bool {
	n := checks.Decimal(days)
	return n.Cmp(checks.Decimal("0")) > 0 && n.Cmp(checks.Decimal("1")) <= 0
}
