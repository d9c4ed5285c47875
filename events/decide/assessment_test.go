package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// assess is an assessment of 5.3.2.2 with a change.
func assess(change func(*decide.RecordAssessment)) *decide.RecordAssessment {
	r := &decide.RecordAssessment{Audit: 1, Clause: "5.3.2.2", Result: events.Conforming}
	change(r)
	return r
}

func rating(percent events.Decimal) *decide.RecordAssessment {
	return assess(func(r *decide.RecordAssessment) { r.Rating = percent })
}

func sampled(population, size, nonconforming uint64) *decide.RecordAssessment {
	return assess(func(r *decide.RecordAssessment) { r.Sample = sample(population, size, nonconforming) })
}

func sample(population, size, nonconforming uint64) *events.Sample {
	return &events.Sample{Population: population, Size: size, Nonconforming: &nonconforming}
}

func of(clause events.Clause) func(*decide.RecordAssessment) {
	return func(r *decide.RecordAssessment) { r.Clause = clause }
}

func looked(method events.Method) *decide.RecordAssessment {
	return assess(func(r *decide.RecordAssessment) { r.Method = method })
}

var plain = assess(func(*decide.RecordAssessment) {})

var assessments = []row{
	{"an unknown audit", planned, assess(func(r *decide.RecordAssessment) { r.Audit = 7 }), decide.NotFound, decide.UnknownAudit, "", ""},
	{"a clause nobody knows", planned, assess(of("9.9")), decide.Broken, decide.UnknownClause, "/clause", ""},
	{"a clause outside the audit", inPart, assess(func(r *decide.RecordAssessment) { r.Audit, r.Clause = 2, "5.1.1.2" }),
		decide.Broken, decide.ClauseNotCovered, "/clause", ""},
	{"a deleted clause", then(planned, deletion("5.3.2.2")), plain, decide.Broken, decide.ClauseDeleted, "/clause", ""},
	{"a rating under method deduction", planned, rating("85"), decide.Broken, decide.RatingNotAllowed, "/rating", ""},
	{"no rating under method rating", rated, plain, decide.Broken, decide.RatingMissing, "/rating", ""},
	{"a rating above 100", rated, rating("100.000001"), decide.Broken, decide.RatingOutOfRange, "/rating", ""},
	{"a rating of 101", rated, rating("101"), decide.Broken, decide.RatingOutOfRange, "/rating", ""},
	{"an interview before the opening", planned, looked(events.Interview), decide.Broken, decide.WrongState, "/method", ""},
	{"an observation before the opening", planned, looked(events.Observation), decide.Broken, decide.WrongState, "/method", ""},
	{"a visit before the opening", planned, looked(events.Visit), decide.Broken, decide.WrongState, "/method", ""},
	{"more nonconforming than sampled", planned, sampled(0, 5, 6), decide.Broken, decide.SampleImpossible, "/sample/nonconforming", ""},
	{"more sampled than there are", planned, sampled(9, 10, 0), decide.Broken, decide.SampleImpossible, "/sample/population", ""},
	{"a sample beyond counting", planned, sampled(0, 1_000_000_001, 0), decide.Broken, decide.SampleImpossible, "/sample/size", ""},
	{"a population beyond counting", planned, sampled(1_000_000_001, 1, 0), decide.Broken, decide.SampleImpossible, "/sample/population", ""},
	{"evidence that is not kept", planned, assess(func(r *decide.RecordAssessment) { r.Evidence = []events.Evidence{lost} }),
		decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"before the audit was planned", planned, assess(func(r *decide.RecordAssessment) { r.EffectiveAt = At(90 * time.Second) }),
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"after the report", reported, plain, decide.Broken, "after-report", "", "TIME-03"},
	{"after the decision", granted, plain, decide.Broken, "after-decision", "", "TIME-03"},
	{"by a service manager", by(planned, Lead, "service_manager"), plain, decide.Denied, "service-manager-evaluates", "", "SOD-03"},
}

func TestRatingsInRange(t *testing.T) {
	s := rated(t)
	for _, percent := range []events.Decimal{"0", "0.5", "85", "99.999999", "100", "100.0"} {
		s.Do(rating(percent))
		if got := s.Audit(1).Assessment("5.3.2.2").Rating; got != percent {
			t.Errorf("rated %s, want %s", got, percent)
		}
	}
}

// Documents are part of the evaluation before anybody is on site; everything else comes with the opening.
func TestMethodsFromWhenOn(t *testing.T) {
	planned(t).Do(looked(events.Documents), plain)
	opened := planned(t).Do(&decide.ReviewDocuments{Reasoned: Because, Audit: 1, Outcome: events.DocumentsAccepted}, &decide.OpenAudit{Audit: 1, HeldAt: *At(0)})
	for _, method := range new(events.Method).Values() {
		opened.Do(looked(method))
	}
}

func TestSamplesThatAre(t *testing.T) {
	planned(t).Do(sampled(0, 1, 0), sampled(10, 10, 10), sampled(1_000_000_000, 1_000_000_000, 0))
}
