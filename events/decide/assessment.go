package decide

import (
	"strings"

	"starledger/events"
	"starledger/scoring"
)

// Rules of an assessment:
//
//  1. The clause is known, covered by the audit and not deleted.
//  2. Where the scheme rates clauses there is a rating of 0 to 100, elsewhere none (R4, R12).
//  3. No more of a sample fail than were looked at, and not more were looked at than there are.
//  4. The evidence is kept.
//  5. Documents are looked at from the plan on: their review is part of the evaluation. Who interviews,
//     observes or visits has opened the audit (000 6.1.1 c; 002 4).
//  6. Not after the report (TIME-03).

// RecordAssessment is POST …/audits/{audit}/assessments.
type RecordAssessment struct {
	Common
	Audit uint64 `json:"-"`
	// The clause.
	Clause events.Clause `json:"clause"`
	// Whether it conforms.
	Result events.AssessmentResult `json:"result"`
	// Rating in percent, 0 to 100, where the scheme rates clauses.
	Rating events.Decimal `json:"rating,omitzero"`
	// The sample on which it was verified.
	Sample *events.Sample `json:"sample,omitzero"`
	// How it was looked at.
	Method events.Method `json:"method,omitzero"`
	// What was seen.
	Statement events.Text `json:"statement,omitzero"`
	// What shows it.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

func (r *RecordAssessment) decide(s *sitting) (events.Payload, error) {
	a, scheme, err := s.evaluates(r.Audit, r.Clause)
	if err != nil {
		return nil, err
	}
	if err := counts(a, r.Clause); err != nil {
		return nil, err
	}
	if err := r.rated(scheme); err != nil {
		return nil, err
	}
	if a.Opening == nil && r.Method != "" && r.Method != events.Documents {
		return nil, missing(stepOpening).at("/method")
	}
	if r.Sample != nil {
		if err := possible(r.Sample); err != nil {
			return nil, err
		}
	}
	if err := s.known(r.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	return events.AssessmentRecorded{
		Audit: r.Audit, Clause: r.Clause, Result: r.Result, Rating: r.Rating, Sample: r.Sample,
		Method: r.Method, Statement: r.Statement, Evidence: r.Evidence,
	}, nil
}

// rated holds rule 2.
func (r *RecordAssessment) rated(scheme *scoring.Scheme) error {
	rates := scheme.Method == scoring.MethodRating
	switch {
	case rates && r.Rating == "":
		return refuse(Broken, RatingMissing).at("/rating")
	case !rates && r.Rating != "":
		return refuse(Broken, RatingNotAllowed).at("/rating")
	case !upToHundred(r.Rating):
		return refuse(Broken, RatingOutOfRange).at("/rating").with("rating", r.Rating)
	}
	return nil
}

// upToHundred reads the bound off the digits: a Decimal has no sign and no superfluous zeros.
func upToHundred(d events.Decimal) bool {
	whole, fraction, _ := strings.Cut(string(d), ".")
	return len(whole) < 3 || whole == "100" && strings.Trim(fraction, "0") == ""
}
