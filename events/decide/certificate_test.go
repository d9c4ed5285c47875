package decide_test

import (
	"time"

	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

var certificates = []row{
	{"before the decision", by(reviewed, Officer, "case_officer"), certificate(), decide.Broken, decide.WrongState, "", ""},
	{"after a refusal", refused, certificate(), decide.Broken, decide.WrongState, "", ""},
	{"twice", certified, certificate(), decide.Standing, decide.CertificateIssued, "", ""},
	{"after a withdrawal", then(suspended, onCertificate("withdraw")), certificate(), decide.Broken, decide.WrongState, "", ""},
	{"renewed, but withdrawn before it was issued", func(t T) *Story {
		return concluded(followed("recertification"), "renew")(t).Do(onSecond("renew"), onCertificate("withdraw"))
	}, certificate(), decide.Broken, decide.WrongState, "", ""},
	{"ends before it begins", granted, &decide.IssueCertificate{Number: "1", ValidFrom: "2026-03-02", ValidUntil: "2026-03-01"},
		decide.Broken, decide.DatesOutOfOrder, "/valid_until", ""},
	{"issued before it was decided", granted, &decide.IssueCertificate{Common: decide.Common{EffectiveAt: At(10 * time.Minute)}, Number: "1",
		ValidFrom: "2026-03-01", ValidUntil: "2026-03-01"}, decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
}

func certificate() *decide.IssueCertificate {
	return &decide.IssueCertificate{Number: "71226SC0002R0M", ValidFrom: "2026-03-01", ValidUntil: "2029-02-28"}
}
