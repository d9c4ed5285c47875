package projections

import "starledger/events"

// slimmer makes events slim, so that the folded cases of a large ledger fit in memory: without their
// bytes and long texts, on which nothing rests that the read models derive from a folded case.
type slimmer struct {
	last events.Stored // folding keeps nothing of the event itself
}

// slim is a slim copy of an event, until the next.
func (s *slimmer) slim(e *events.Stored) *events.Stored {
	c := &s.last
	*c = *e
	c.Body, c.Reason, c.Note, c.OnBehalfOf = nil, "", "", ""
	switch d := e.Data.(type) {
	case events.ApplicationReviewed:
		d.Checks = nil
		c.Data = d
	case events.AssessmentRecorded: // half of all events, and most of them are slim
		if d.Statement != "" || d.Evidence != nil {
			d.Statement, d.Evidence = "", nil
			c.Data = d
		}
	case events.FindingRaised:
		d.Statement, d.Evidence = "", nil
		c.Data = d
	case events.CorrectionSubmitted:
		d.Statement, d.Evidence = "", nil
		c.Data = d
	case events.AuditReported:
		d.Summary = ""
		c.Data = d
	case events.SelfAssessmentReported:
		d.Strengths, d.Improvements, d.Summary = nil, nil, ""
		c.Data = d
	case events.SchemeRegistered:
		d.Document = "" // learned from the event itself
		c.Data = d
	case events.QualificationRecorded:
		d.Evidence = nil
		c.Data = d
	case events.SampleDrawn:
		d.Items = nil
		c.Data = d
	case events.AccreditationNoted:
		d.Statement = ""
		c.Data = d
	case events.CertificateImported:
		d.Source = ""
		c.Data = d
	case events.DocumentRecorded:
		d.Evidence = nil
		c.Data = d
	case events.PenaltyChecked:
		d.Statement, d.Evidence = "", nil
		c.Data = d
	case events.AppealLodged:
		d.Statement, d.Evidence = "", nil
		c.Data = d
	case events.ComplaintLodged:
		d.Statement, d.Evidence = "", nil
		c.Data = d
	}
	return c
}
