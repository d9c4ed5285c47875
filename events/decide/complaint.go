package decide

import "starledger/events"

// Rules of a complaint (ISO/IEC 17065 7.13; its deadline is a parameter of the body):
//
//  1. The audit it is about, where it is about one, is one of this case.
//  2. It is closed once, and not by anybody who took part in that audit: in the team, its review or its
//     decision.
//  3. The evidence is kept.

// LodgeComplaint is POST /v1/cases/{case}/complaints.
type LodgeComplaint struct {
	Common
	// Who complains, as the person wants to be named.
	Complainant events.Text `json:"complainant"`
	// The audit it is about, where it is about one.
	Audit uint64 `json:"audit,omitzero"`
	// What is complained about.
	Statement events.Text `json:"statement"`
	// What shows it.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

// CloseComplaint is POST /v1/cases/{case}/complaints/{complaint}/outcome.
type CloseComplaint struct {
	Reasoned
	Complaint events.Label `json:"-"`
	// What it came to.
	Outcome events.ComplaintOutcome `json:"outcome"`
}

func (l *LodgeComplaint) decide(s *sitting) (events.Payload, error) {
	if l.Audit != 0 {
		a := s.c.Audit(l.Audit)
		if a == nil {
			return nil, refuse(Broken, UnknownAudit).at("/audit").with("audit", l.Audit)
		}
		s.follows(a.Planned)
	}
	if err := s.known(l.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	label := nextLabel('M', s.c.Complaints, func(m *events.Complaint) events.Label { return m.ComplaintLodged.Complaint })
	return events.ComplaintLodged{
		Complaint: label, Complainant: l.Complainant, Audit: l.Audit, Statement: l.Statement, Evidence: l.Evidence,
	}, nil
}

func (c *CloseComplaint) decide(s *sitting) (events.Payload, error) {
	complaint := s.c.Complaint(c.Complaint)
	switch {
	case complaint == nil:
		return nil, refuse(NotFound, UnknownComplaint).with("complaint", c.Complaint)
	case complaint.Closed != nil:
		return nil, refuse(Standing, ComplaintClosed).with("complaint", c.Complaint).since(complaint.Closed.Entry)
	}
	if part := s.partInAudit(complaint.Audit); part != nil {
		return nil, refuse(Denied, ComplaintOfOwnAudit).with("actor", s.Actor).under(appealDuty).since(*part)
	}
	s.follows(complaint.Entry)
	return events.ComplaintClosed{Complaint: c.Complaint, Outcome: c.Outcome}, nil
}
