package projections

import "starledger/events"

// slimmer makes events slim, so that the folded cases of a large ledger fit in memory: without their
// bytes and long texts, on which nothing rests that the read models derive from a folded case, and
// with one copy of the words that come up again and again.
type slimmer struct {
	words map[string]string
	last  events.Stored // folding keeps nothing of the event itself
}

// slim is a slim copy of an event, until the next.
func (s *slimmer) slim(e *events.Stored) *events.Stored {
	c := &s.last
	*c = *e
	c.Body, c.Reason, c.Note, c.OnBehalfOf = nil, "", "", ""
	c.ActorID, c.ActorRole = events.ID(s.one(string(e.ActorID))), events.ID(s.one(string(e.ActorRole)))
	switch d := e.Data.(type) {
	case events.ApplicationReviewed:
		d.Checks = nil
		c.Data = d
	case events.AssessmentRecorded:
		d.Clause = events.Clause(s.one(string(d.Clause)))
		d.Statement, d.Evidence = "", nil
		c.Data = d
	case events.FindingRaised:
		d.Clause = events.Clause(s.one(string(d.Clause)))
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

// one is the one copy of a word. There are as many as there are actors, roles and clauses.
func (s *slimmer) one(word string) string {
	if known, ok := s.words[word]; ok {
		return known
	}
	s.words[word] = word
	return word
}
