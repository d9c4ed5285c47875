package projections

import "starledger/events"

// The steps whose duration is told, in the order of the columns of courses. The first two only exist
// for the first audit of a case.
var stepNames = []string{
	"application_review", // application → its review
	"planning",           // application review → planned
	"preparation",        // planned → opened
	"on_site",            // opened → closed
	"reporting",          // closed → reported, corrections included
	"review",             // reported → reviewed
	"decision",           // reviewed → decided
	"whole",              // application, or the planning of a later audit → decided
}

// course is how long the steps of a decided audit took, by the times they were effective.
type course struct {
	audit  uint64
	scheme string
	steps  []events.Instant // one for each of stepNames; -1 where a step is missing
}

// course is the course of the audit that an event decides; nil for any other event.
func (f *folding) course(p events.Payload) *course {
	d, ok := p.(events.DecisionMade)
	if !ok || d.Audit == 0 {
		return nil
	}
	a := f.of.Audit(d.Audit)
	decided := f.of.DecisionOn(d.Audit).Effective
	began := a.Planned.Effective
	applied, reviewed := events.Instant(0), events.Instant(0)
	if a.Number == 1 {
		applied, began = f.of.AppliedAt, f.of.AppliedAt
		if f.of.Application != nil {
			reviewed = f.of.Application.Effective
		}
	}
	planned, opened, closed := a.Planned.Effective, heldAt(a.Opening), heldAt(a.Closing)
	var report, confirmed events.Instant
	if a.Report != nil {
		report = a.Report.Effective
	}
	if a.Review != nil {
		confirmed = a.Review.Effective
	}
	return &course{a.Number, pinnedTo(a), []events.Instant{
		span(applied, reviewed), span(reviewed, planned), span(planned, opened), span(opened, closed),
		span(closed, report), span(report, confirmed), span(confirmed, decided), span(began, decided),
	}}
}

func heldAt(m *events.Meeting) events.Instant {
	if m == nil {
		return 0
	}
	return m.HeldAt
}

// span is from one step to the next; -1 when one is missing. Steps may be posted in another order than
// they happened; then it is 0.
func span(from, to events.Instant) events.Instant {
	if from == 0 || to == 0 {
		return -1
	}
	return max(0, to-from)
}
