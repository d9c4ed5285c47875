package api

import "starledger/events"

// selfAssessmentBody shows the standing self-assessment report of an internal audit. Its criteria are the
// scheme of the audit, what it rests on is the sheet.
type selfAssessmentBody struct {
	Purposes     []events.SelfAssessmentPurpose  `json:"purposes"`
	Independence []events.Independence           `json:"independence"`
	Conclusion   events.SelfAssessmentConclusion `json:"conclusion"`
	Standing     *standingBody                   `json:"standing"`
	Strengths    []events.Text                   `json:"strengths"`
	Improvements []events.Text                   `json:"improvements"`
	Summary      events.Text                     `json:"summary"`
	Entry        entryBody                       `json:"entry"`
}

func selfAssessmentOf(r *events.SelfAssessment) (*selfAssessmentBody, error) {
	if r == nil {
		return nil, nil
	}
	standing, err := standingOf(r.Standing)
	if err != nil {
		return nil, err
	}
	return &selfAssessmentBody{
		r.Purposes, r.Independence, r.Conclusion, standing,
		append([]events.Text{}, r.Strengths...), append([]events.Text{}, r.Improvements...), r.Summary, sourceOf(r.Entry),
	}, nil
}
