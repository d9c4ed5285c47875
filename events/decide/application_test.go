package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

var applications = []row{
	{"a scheme nobody knows", noCase, Open(events.Certification, "gbt99999"), decide.Broken, decide.UnknownScheme, "/scheme", ""},
	{"a version nobody knows", noCase, Open(events.Certification, "cts-2025@9"), decide.Broken, decide.UnknownScheme, "/scheme", ""},
	{"no name of a scheme", noCase, Open(events.Certification, "@"), decide.Malformed, decide.UnknownScheme, "/scheme", ""},
	{"a scheme of next year", noCase, Open(events.Certification, Coming), decide.Broken, decide.SchemeNotInForce, "/scheme", ""},
	{"a version of next year", noCase, Open(events.Certification, Coming+"@1"), decide.Broken, decide.SchemeNotInForce, "/scheme", ""},
	{"an application of tomorrow", noCase, &decide.OpenCase{Kind: events.Certification, Scheme: "cts-2025", AppliedAt: At(24 * time.Hour)},
		decide.Broken, decide.InFuture, "/applied_at", ""},
	{"an accepted application is settled", applied, &decide.ReviewApplication{Reasoned: Because, Outcome: "refused"},
		decide.Standing, decide.ApplicationReviewed, "", ""},
	{"a refused application is settled", then(opened, &decide.ReviewApplication{Reasoned: Because, Outcome: "refused"}),
		&decide.ReviewApplication{Reasoned: Because, Outcome: "accepted"}, decide.Standing, decide.ApplicationReviewed, "", ""},
	{"a screenshot that is not kept", opened, &decide.ReviewApplication{Reasoned: Because, Outcome: "accepted",
		Checks: []events.ApplicationCheck{{Subject: "licence"}, {Subject: "penalties", Evidence: []events.Evidence{Photo, lost}}}},
		decide.Broken, decide.UnknownAttachment, "/checks/1/evidence/1/sha256", ""},
	{"a case with a certificate stays open", certified, &decide.CloseCase{Reasoned: Because}, decide.Broken, decide.CertificateStands, "", ""},
}

// lost is evidence whose bytes are not kept.
var lost = events.Evidence{SHA256: events.DigestOf([]byte("lost")), MediaType: "image/png", Name: "lost.png"}

func TestOpenCase(t *testing.T) {
	open := Open(events.Certification, "gbt27922-2011@1")
	open.AppliedAt = At(-48 * time.Hour)
	s := noCase(t).Do(open)
	if got, want := s.Case.AppliedAt, Start-events.Instant(48*time.Hour/time.Microsecond); got != want {
		t.Errorf("applied at %s, want %s", got, want)
	}
	if s := opened(t); s.Case.AppliedAt != s.Case.Opened.Effective {
		t.Errorf("without applied_at: applied at %s, opened at %s", s.Case.AppliedAt, s.Case.Opened.Effective)
	}
}

func TestReturnedApplicationIsReviewedAgain(t *testing.T) {
	s := opened(t).Do(&decide.ReviewApplication{Reasoned: Because, Outcome: "returned"},
		&decide.ReviewApplication{Reasoned: Because, Outcome: "accepted"})
	if s.Case.Application.Outcome != events.ApplicationAccepted {
		t.Errorf("the application is %s", s.Case.Application.Outcome)
	}
}

func TestClosure(t *testing.T) {
	for name, story := range map[string]*Story{
		"withdrawn": certified(t).Decide(events.ToWithdraw),
		"cancelled": suspended(t).Decide(events.ToCancel),
		"expired":   expired(t),
		"refused":   planned(t).Decided(1, events.ToRefuse),
	} {
		if story.Do(&decide.CloseCase{Reasoned: Because}); story.Case.Closed == nil {
			t.Errorf("%s: the case is open", name)
		}
	}
}

// expired is four years after the certificate was issued.
func expired(t T) *Story {
	s := certified(t)
	s.Setting.Now += events.Instant(4 * 366 * 24 * time.Hour / time.Microsecond)
	return s
}

// A version that was chosen against the one in force is kept while it is in force; a case that took
// the version in force goes with the times.
func TestAuditIsPinnedToTheVersionInForce(t *testing.T) {
	const year = events.Instant(365 * 24 * time.Hour / time.Microsecond)
	for _, c := range []struct {
		scheme  decide.SchemeRef
		later   events.Instant
		version events.ID
	}{
		{Succeeded, 0, "2"},
		{Succeeded + "@2", 0, "2"},
		{Succeeded + "@1", 0, "1"},
		{Succeeded, year, "3"},
		{Succeeded + "@1", year, "1"},
	} {
		s := Applied(t, c.scheme)
		s.Setting.Now += c.later
		s.Do(Plan(events.InitialAudit))
		if got := s.Audit(1).Scheme.Version; got != c.version {
			t.Errorf("%s, planned %d later: version %s, want %s", c.scheme, c.later, got, c.version)
		}
	}
}
