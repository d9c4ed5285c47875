package decide_test

import (
	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func bonus() *decide.GrantBonus { return &decide.GrantBonus{Reasoned: Because, Audit: 1} }

func revokeBonus(number events.Number) *decide.RevokeBonus {
	return &decide.RevokeBonus{Reasoned: Because, Audit: 1, Bonus: number}
}

var bonuses = []row{
	{"a bonus in an unknown audit", planned, &decide.GrantBonus{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a second bonus", then(planned, bonus()), bonus(), decide.Standing, decide.BonusLimit, "", "R8"},
	{"a revocation in an unknown audit", planned, &decide.RevokeBonus{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a revocation of B9", planned, revokeBonus("B9"), decide.NotFound, decide.UnknownBonus, "", ""},
	{"a revocation twice", then(planned, bonus(), revokeBonus("B1")), revokeBonus("B1"), decide.Standing, decide.BonusRevoked, "", ""},
	{"a revocation before the bonus", by(then(planned, bonus()), Lead, "lead_auditor"), &decide.RevokeBonus{Reasoned: early, Audit: 1, Bonus: "B1"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
}
