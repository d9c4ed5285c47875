package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// onDay says when it happened: at the beginning of a day in Shanghai.
func onDay(day events.Date) decide.Common {
	at := decide.Timestamp(day.Start())
	return decide.Common{EffectiveAt: &at}
}

func imported(t T) *Story {
	return noCase(t).Do(&decide.ImportCase{Common: onDay("2023-02-17"), Organization: events.Organization{Name: "华星电器服务有限公司"},
		Scope: "家用电器安装与维修", Scheme: "gbt27922-2011", Source: "public register"})
}

func printed(number events.Text, issued, until events.Date) *decide.ImportCertificate {
	return &decide.ImportCertificate{Common: onDay(issued), CertificateImported: events.CertificateImported{
		Number: number, Printed: "五星", Grade: "five_star", Field: "16", IssuedOn: issued, ValidFrom: issued, ValidUntil: until, Source: "public register"}}
}

func became(number events.Text, status events.ImportedStatus, on events.Date) *decide.ImportStatus {
	return &decide.ImportStatus{Common: onDay(on), StatusImported: events.StatusImported{Number: number, Status: status, On: on, Source: "public register"}}
}

func heldElsewhere(kind events.AuditKind, from, until events.Date) *decide.ImportAudit {
	return &decide.ImportAudit{Common: onDay(until), AuditImported: events.AuditImported{Kind: kind, StartsOn: from, EndsOn: until, Source: "files"}}
}

// withCertificate is an imported client whose certificate stands in 2026.
func withCertificate(t T) *Story {
	return imported(t).Do(printed("71224SC0009R0M", "2024-03-05", "2027-03-04"))
}

var imports = []row{
	{"under a scheme nobody knows", noCase, &decide.ImportCase{Scheme: "gbt99999"}, decide.Broken, decide.UnknownScheme, "/scheme", ""},
	{"into a case that is there", opened, &decide.ImportCase{Scheme: "gbt27922-2011"}, decide.Standing, decide.CaseExists, "", ""},
	{"a certificate into a case that began here", opened, &decide.ImportCertificate{CertificateImported: printed("1", "2023-02-17", "2026-02-16").CertificateImported},
		decide.Broken, decide.NotImported, "", ""},
	{"an audit into a case that began here", opened, &decide.ImportAudit{}, decide.Broken, decide.NotImported, "", ""},
	{"a number twice", withCertificate, printed("71224SC0009R0M", "2024-03-05", "2027-03-04"), decide.Standing, decide.CertificateKnown, "/number", ""},
	{"issued tomorrow", imported, &decide.ImportCertificate{CertificateImported: printed("1", "2026-03-02", "2029-03-01").CertificateImported}, decide.Broken, decide.InFuture, "/issued_on", ""},
	{"valid until before from", imported, printed("1", "2024-03-05", "2024-03-04"), decide.Broken, decide.DatesOutOfOrder, "/valid_until", ""},
	{"issued before the client was one", imported, printed("1", "2020-01-01", "2022-12-31"), decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"a status of no certificate", imported, became("1", events.WasWithdrawn, "2024-06-26"), decide.Broken, decide.UnknownCertificate, "/number", ""},
	{"a status of tomorrow", withCertificate, &decide.ImportStatus{StatusImported: became("71224SC0009R0M", events.WasWithdrawn, "2026-03-02").StatusImported}, decide.Broken, decide.InFuture, "/on", ""},
	{"a status before the issue", withCertificate, became("71224SC0009R0M", events.WasWithdrawn, "2024-03-04"), decide.Broken, decide.DatesOutOfOrder, "/on", ""},
	{"an audit of tomorrow", imported, &decide.ImportAudit{AuditImported: heldElsewhere("initial", "2026-03-01", "2026-03-02").AuditImported}, decide.Broken, decide.InFuture, "/ends_on", ""},
	{"an audit that ends before it starts", imported, heldElsewhere("initial", "2024-03-02", "2024-03-01"), decide.Broken, decide.DatesOutOfOrder, "/ends_on", ""},
	{"an audit after an imported certificate ended", then(withCertificate, became("71224SC0009R0M", events.WasWithdrawn, "2025-01-01")), Plan("surveillance"),
		decide.Broken, decide.WrongState, "", ""},
}

// An imported client goes on here: its certificate is what the next audit is about.
func TestImportedClientGoesOn(t *testing.T) {
	s := withCertificate(t).Do(heldElsewhere("initial", "2024-02-20", "2024-02-21"), heldElsewhere("surveillance", "2025-02-10", "2025-02-10"),
		became("71224SC0009R0M", events.WasSuspended, "2025-06-01"), became("71224SC0009R0M", events.WasRestored, "2025-07-01"))
	if c := s.Case; c.ImportedAudits[1].Import != "I2" || c.Certificate().Decided() != events.CertificateActive || c.Certificate().Scope != c.Scope || c.Imported.Source != "public register" {
		t.Errorf("%+v", c)
	}
	s.Do(Plan("surveillance")).Decided(1, "maintain").Decide("suspend")
	if s.Case.Certificate().Decided() != events.CertificateSuspended {
		t.Errorf("%+v", s.Case.Certificate())
	}
}

// A later certificate takes the place of one that stands, and leaves one that ended as it is.
func TestImportedCertificatesFollowEachOther(t *testing.T) {
	s := imported(t).Do(printed("1", "2023-02-17", "2026-02-16"), printed("2", "2024-01-01", "2026-12-31"),
		became("2", events.WasCancelled, "2024-06-01"), printed("3", "2025-01-01", "2027-12-31"))
	for number, want := range map[events.Text]events.CertificateStatus{"1": events.CertificateReplaced, "2": events.CertificateCancelled, "3": events.CertificateActive} {
		if got := s.Case.ImportedCertificate(number).Decided(); got != want {
			t.Errorf("%s is %s, want %s", number, got, want)
		}
	}
}
