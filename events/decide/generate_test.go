package decide_test

import (
	"time"

	"pgregory.net/rapid"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// A draw is what the parts of one random command have in common.
type draw struct {
	*rapid.T
	audit  uint64
	why    decide.Reasoned
	common decide.Common
}

// commands draws any command, mostly about things that are there.
func commands(s *Story) *rapid.Generator[decide.Command] {
	return rapid.Custom(func(rt *rapid.T) decide.Command {
		last := uint64(max(len(s.Case.Audits), 1))
		d := draw{T: rt, audit: pick(rt, "audit", last, last, last, last, 1, 2), why: Because}
		if back := pick(rt, "back", 0, 0, 0, time.Minute, 20*time.Minute); back > 0 {
			at := decide.Timestamp(s.Setting.Now - events.Instant(back/time.Microsecond))
			d.why.EffectiveAt = &at
		}
		d.common = decide.Common(d.why)
		if pick(rt, "ending", false, false, false, true) {
			return d.ending()
		}
		return d.evaluation()
	})
}

func pick[V any](rt *rapid.T, label string, values ...V) V {
	return rapid.SampledFrom(values).Draw(rt, label)
}

func (d draw) number(kind string) events.Number {
	return events.Number(kind + pick(d.T, "number", "1", "2", "3"))
}

func (d draw) evaluation() decide.Command {
	clause := anyClause(d.T)
	basis, part := events.Qualitative, (*events.Sample)(nil)
	if pick(d.T, "sampled", false, true) {
		basis = events.Sampled
		part = sample(0, rapid.Uint64Range(1, 9).Draw(d.T, "size"), rapid.Uint64Range(0, 9).Draw(d.T, "nonconforming"))
	}
	return pick[decide.Command](d.T, "evaluation",
		&decide.RecordAssessment{Common: d.common, Audit: d.audit, Clause: clause, Result: pick(d.T, "result", events.Conforming, events.Nonconforming),
			Rating: pick[events.Decimal](d.T, "rating", "", "0", "85", "101"), Sample: part, Evidence: []events.Evidence{Photo}},
		&decide.RaiseFinding{Common: d.common, Audit: d.audit, Clause: clause, Statement: "seen",
			Severity: pick(d.T, "severity", "", events.Minor, events.Major), Category: pick(d.T, "category", events.Nonconformity, events.Remark)},
		&decide.WithdrawFinding{Reasoned: d.why, Audit: d.audit, Finding: d.number("F")},
		&decide.SubmitCorrection{Common: d.common, Audit: d.audit, Finding: d.number("F"), Statement: "done"},
		&decide.VerifyCorrection{Reasoned: d.why, Audit: d.audit, Finding: d.number("F"), Outcome: pick(d.T, "outcome", events.CorrectionAccepted, events.CorrectionRejected)},
		&decide.ApplyDeduction{Reasoned: d.why, Audit: d.audit, Clause: clause, Basis: basis, Sample: part, Finding: pick[events.Number](d.T, "finding", "", "F1", "F2")},
		&decide.RevokeDeduction{Reasoned: d.why, Audit: d.audit, Deduction: d.number("D")},
		&decide.GrantDeletion{Reasoned: d.why, Audit: d.audit, Clause: clause},
		&decide.RevokeDeletion{Reasoned: d.why, Audit: d.audit, Deletion: pick(d.T, "deletion", "X1", "X2", string(clause))},
		&decide.ApplySpecialDeduction{Reasoned: d.why, Audit: d.audit, Trigger: "law", Finding: d.number("F")},
		&decide.RevokeSpecialDeduction{Reasoned: d.why, Audit: d.audit, Special: d.number("S")},
		&decide.GrantBonus{Reasoned: d.why, Audit: d.audit},
		&decide.RevokeBonus{Reasoned: d.why, Audit: d.audit, Bonus: d.number("B")},
	)
}

func (d draw) ending() decide.Command {
	to := pick(d.T, "to", new(events.Recommendation).Values()...)
	decided := &decide.MakeDecision{Reasoned: d.why, Decision: to}
	if to.NeedsAudit() {
		decided.Audit = d.audit
	}
	member := events.Member{Actor: pick(d.T, "member", people...), Role: pick(d.T, "role", events.Lead, events.Expert)}
	meeting := decide.Timestamp(Start)
	return pick[decide.Command](d.T, "ending",
		d.plan(), decided, decided,
		&decide.ReviewApplication{Reasoned: d.why, Outcome: "accepted"},
		&decide.ChangeTeam{Reasoned: d.why, Audit: d.audit, Add: []events.Member{member}},
		&decide.ChangeTeam{Reasoned: d.why, Audit: d.audit, Remove: []events.ID{member.Actor}},
		&decide.ReviewDocuments{Reasoned: d.why, Audit: d.audit, Outcome: "accepted"},
		&decide.OpenAudit{Common: d.common, Audit: d.audit, HeldAt: meeting},
		&decide.CloseAudit{Common: d.common, Audit: d.audit, HeldAt: meeting},
		&decide.ReportAudit{Common: d.common, Audit: d.audit, Recommendation: to, Summary: "seen"},
		&decide.ReviewAudit{Reasoned: d.why, Audit: d.audit, Outcome: pick(d.T, "review", events.ReviewConfirmed, events.ReviewReturned)},
		&decide.IssueCertificate{Common: d.common, Number: "N1", ValidFrom: "2026-03-01", ValidUntil: "2026-03-02"},
		d.closure(),
		&decide.MakeGrant{Common: d.common, Actor: "guo", Cases: decide.GrantedCases{All: true}, Until: "2026-03-31"},
		&decide.RevokeGrant{Reasoned: d.why, Grant: d.number("G")},
	)
}

func (d draw) plan() decide.Command {
	plan := Plan(pick(d.T, "kind", new(events.AuditKind).Values()...))
	plan.Common = d.common
	if pick(d.T, "in part", false, true) {
		plan.Clauses = []events.Clause{anyClause(d.T)}
	}
	return plan
}

// closure closes the case, seldom, since nothing comes after it.
func (d draw) closure() decide.Command {
	if pick(d.T, "closed", false, false, false, true) {
		return &decide.CloseCase{Reasoned: d.why}
	}
	return Open("internal", "cts-2025")
}
