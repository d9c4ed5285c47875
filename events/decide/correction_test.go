package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func correction(number events.Number) *decide.SubmitCorrection {
	return &decide.SubmitCorrection{Audit: 1, Finding: number, Statement: "visits are planned by the hour"}
}

func verification(number events.Number, outcome events.CorrectionOutcome) *decide.VerifyCorrection {
	return &decide.VerifyCorrection{Reasoned: Because, Audit: 1, Finding: number, Outcome: outcome}
}

var corrections = []row{
	{"a correction of F9", found, correction("F9"), decide.NotFound, decide.UnknownFinding, "", ""},
	{"a correction of an observation", found, correction("F3"), decide.Broken, decide.NotANonconformity, "", ""},
	{"a correction of a withdrawn finding", then(found, withdrawal("F1")), correction("F1"), decide.Broken, decide.FindingWithdrawn, "", ""},
	{"a correction while one is under way", then(found, correction("F1")), correction("F1"), decide.Standing, decide.CorrectionPending, "", ""},
	{"a correction after one was accepted", then(found, correction("F1"), verification("F1", "accepted")), correction("F1"),
		decide.Standing, decide.CorrectionAccepted, "", ""},
	{"a correction with evidence that is not kept", found, &decide.SubmitCorrection{Audit: 1, Finding: "F1", Statement: "x", Evidence: []events.Evidence{lost}},
		decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"a correction of a major finding after the decision", then(refused, correction("F1")), correction("F2"), decide.Broken, "after-decision", "", "TIME-03"},
	{"a verification of F9", found, verification("F9", "accepted"), decide.NotFound, decide.UnknownFinding, "", ""},
	{"a verification of a withdrawn finding", then(found, withdrawal("F1")), verification("F1", "accepted"), decide.Broken, decide.FindingWithdrawn, "", ""},
	{"a verification of nothing", found, verification("F1", "accepted"), decide.Broken, decide.WrongState, "", ""},
	{"a verification twice", then(found, correction("F1"), verification("F1", "rejected")), verification("F1", "accepted"),
		decide.Standing, decide.CorrectionVerified, "", ""},
	{"a reopening of nothing", found, reopening("F1"), decide.Broken, decide.CorrectionNotAccepted, "", ""},
	{"a reopening of what was rejected", then(found, correction("F1"), verification("F1", "rejected")), reopening("F1"),
		decide.Broken, decide.CorrectionNotAccepted, "", ""},
	{"a reopening twice", then(found, correction("F1"), verification("F1", "accepted"), reopening("F1")), reopening("F1"),
		decide.Broken, decide.CorrectionNotAccepted, "", ""},
}

func reopening(number events.Number) *decide.ReopenCorrection {
	return &decide.ReopenCorrection{Reasoned: Because, Audit: 1, Finding: number}
}

// refused is an audit with F1, minor, and F2, major, that was refused.
func refused(t T) *Story {
	return planned(t).Do(nonconformity(events.Minor), nonconformity(events.Major)).Decided(1, events.ToRefuse)
}

// A correction is told by the organization; after one was rejected the next gets a number of its own.
func TestCorrectionUntilAccepted(t *testing.T) {
	s := found(t).As(Officer, "case_officer").Do(correction("F1"))
	if got := s.History[len(s.History)-1].OnBehalfOf; got != s.Case.Organization.Name {
		t.Errorf("posted on behalf of %q", got)
	}
	s.Do(verification("F1", "rejected"), correction("F1"), verification("F1", "accepted"))
	if a := s.Audit(1); !a.Corrected("F1") || a.Correction("F1").CorrectionSubmitted.Correction != "C2" {
		t.Errorf("the corrections are %+v", a.Corrections)
	}
}

// An accepted correction that did not hold is reopened, and another has to follow.
func TestReopenedCorrection(t *testing.T) {
	s := found(t).Do(correction("F1"), verification("F1", "accepted"), reopening("F1"))
	if s.Audit(1).Corrected("F1") {
		t.Error("still corrected")
	}
	s.Do(correction("F1"), verification("F1", "accepted"))
	if a := s.Audit(1); !a.Corrected("F1") || a.Correction("F1").CorrectionSubmitted.Correction != "C2" {
		t.Errorf("the corrections are %+v", a.Corrections)
	}
}
