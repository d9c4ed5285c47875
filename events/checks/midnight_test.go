package checks_test

import (
	"slices"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// A turn is a day on which something began, and the last day in time, worked by hand.
type turn struct{ began, last events.Date }

// late tells whether a check warns of the posting.
func late(p checks.Posting, code string) bool {
	return slices.ContainsFunc(checks.Guard(p), func(v checks.Violation) bool { return v.Check.Code == code })
}

// evening leaves a story, which takes a minute for each step, enough of the day.
const evening = events.Instant(20 * time.Hour / time.Microsecond)

// inTime holds a check around both midnights in Shanghai: whatever the hour on which something began, the
// whole last day is in time, and the first microsecond of the next is not.
func inTime(t *testing.T, code string, turns []turn, posting func(began, done events.Instant) checks.Posting) {
	t.Helper()
	for _, x := range turns {
		for _, began := range []events.Instant{x.began.Start(), x.began.Start() + evening} {
			if late(posting(began, x.last.End()), code) {
				t.Errorf("%s: began %s, done at the end of %s, and late", code, began, x.last)
			}
			if !late(posting(began, x.last.End()+1), code) {
				t.Errorf("%s: began %s, done a moment after %s, and in time", code, began, x.last)
			}
		}
	}
}

// An application is reviewed within ten days (P2), over the end of a year and over a leap day.
func TestReviewOfAnApplicationAtMidnight(t *testing.T) {
	turns := []turn{
		{"2026-12-21", "2026-12-31"}, {"2026-12-22", "2027-01-01"}, {"2026-12-31", "2027-01-10"}, {"2027-01-01", "2027-01-11"},
		{"2028-02-19", "2028-02-29"}, {"2028-02-20", "2028-03-01"}, {"2028-02-29", "2028-03-10"}, {"2027-02-19", "2027-03-01"},
	}
	inTime(t, "PROC-02", turns, func(began, done events.Instant) checks.Posting {
		open, at := Open(events.Certification, "gbt27922-2011"), decide.Timestamp(began)
		open.AppliedAt = &at
		s := Empty(t, CaseID)
		s.Setting.Now = began
		return checks.Posting{Case: s.Do(open).Case, Payload: events.ApplicationReviewed{Outcome: events.ApplicationAccepted}, Recorded: done, Effective: done}
	})
}

// A surveillance comes within twelve months (P9): a year after a leap day ends on 28 February.
func TestSurveillanceAtMidnight(t *testing.T) {
	turns := []turn{
		{"2026-12-31", "2027-12-31"}, {"2027-01-01", "2028-01-01"}, {"2027-02-28", "2028-02-28"},
		{"2028-02-29", "2029-02-28"}, {"2028-02-28", "2029-02-28"}, {"2028-03-01", "2029-03-01"},
	}
	inTime(t, "PROC-03", turns, func(began, done events.Instant) checks.Posting {
		s := certifiedAt(t, began).Do(Plan(events.SurveillanceAudit))
		return checks.Posting{Case: s.Case, Payload: events.AuditOpened{Audit: 2, HeldAt: done}, Recorded: done, Effective: done}
	})
}

// certifiedAt is a case whose first audit was held, decided and certified at one instant.
func certifiedAt(t *testing.T, at events.Instant) *Story {
	t.Helper()
	s := planned(t)
	s.Setting.Now = at
	s.Decided(1, events.ToGrant).As(Officer, "case_officer")
	day := events.DateOf(at)
	return s.Do(&decide.IssueCertificate{Number: "71226SC0001R0M", ValidFrom: day, ValidUntil: day.AddMonths(36)})
}

// A nonconformity that the review of a report has confirmed suspends within five days (P10).
func TestSuspensionAtMidnight(t *testing.T) {
	turns := []turn{{"2026-12-26", "2026-12-31"}, {"2026-12-29", "2027-01-03"}, {"2028-02-24", "2028-02-29"}, {"2028-02-25", "2028-03-01"}, {"2027-02-24", "2027-03-01"}}
	inTime(t, "PROC-04", turns, func(began, done events.Instant) checks.Posting {
		s := certifiedAt(t, began).Do(Plan(events.SpecialAudit)).Reviewed(2, events.ToSuspend)
		return checks.Posting{Case: s.Case, Payload: events.DecisionMade{Decision: events.ToSuspend}, Recorded: done, Effective: done}
	})
}

// Appeals and complaints wait sixty days (parameters of the body) from the day they were received in
// Shanghai, whatever the hour and the server's zone.
func TestObjectionsAtMidnight(t *testing.T) {
	for _, x := range []turn{
		{"2026-11-01", "2026-12-31"}, {"2026-11-02", "2027-01-01"}, {"2026-12-31", "2027-03-01"}, {"2027-12-31", "2028-02-29"}, {"2028-01-01", "2028-03-01"},
	} {
		for _, received := range []events.Instant{x.began.Start(), x.began.End()} {
			s := Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011"))
			s.Do(&decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationRefused})
			at := decide.Timestamp(received)
			s.Setting.Now = x.last.End()
			s.Do(&decide.LodgeAppeal{Common: decide.Common{EffectiveAt: &at}, Against: s.Case.Head.CaseSeq, Statement: "x"},
				&decide.LodgeComplaint{Common: decide.Common{EffectiveAt: &at}, Complainant: "x", Statement: "x"})
			if got, want := due(s.Case, nil), "appeal A1 "+string(x.last)+", complaint M1 "+string(x.last); got != want {
				t.Errorf("received at %s: %s, want %s", received, got, want)
			}
		}
	}
}

// A certificate counts through its last day in Shanghai, and is expired from the midnight after it on.
func TestExpiryAtMidnight(t *testing.T) {
	for _, last := range []events.Date{"2026-12-31", "2027-01-01", "2027-02-28", "2028-02-28", "2028-02-29", "2029-02-28"} {
		c := Planned(t, "gbt27922-2011").Decided(1, events.ToGrant).As(Officer, "case_officer").
			Do(&decide.IssueCertificate{Number: "71226SC0001R0M", ValidFrom: "2026-03-01", ValidUntil: last}).Case.Certificate()
		for at, want := range map[events.Instant]events.CertificateStatus{
			last.Start(): events.CertificateActive, last.End(): events.CertificateActive, last.End() + 1: events.CertificateExpired,
		} {
			if got := c.StatusOn(at); got != want {
				t.Errorf("valid until %s, at %s: %s, want %s", last, at, got, want)
			}
		}
	}
}
