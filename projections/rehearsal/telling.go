package rehearsal

import (
	"fmt"

	"starledger/events"
	"starledger/scoring"
)

// tell writes the whole case in advance: an initial audit with a certificate, then two
// surveillance audits, about 300 events in all.
func (l *Ledger) tell(number int) *story {
	id := name(uint64(number), 0)
	s := &story{id: events.CaseID(id), number: number, scheme: l.plan.Scheme}
	pinned := events.SchemeName{ID: events.ID(s.scheme.ID), Version: events.ID(s.scheme.Version), Digest: events.Digest(s.scheme.Digest())}
	organization := fmt.Sprintf("%s电器服务有限公司%d", towns[number%len(towns)], number)
	s.say("chen", "case_officer", "", events.CaseOpened{
		Kind: events.Certification, Scheme: pinned, Organization: events.Organization{Name: events.Text(organization)},
		Scope: events.Text(trades[number%len(trades)] + "的售后服务"), AppliedAt: l.clock,
	})
	s.say("chen", "case_officer", "", events.ApplicationReviewed{Outcome: events.ApplicationAccepted})
	kinds := []events.AuditKind{events.InitialAudit, events.SurveillanceAudit, events.SurveillanceAudit}
	for i, kind := range kinds {
		a := &audit{story: s, ledger: l, number: uint64(i + 1)}
		a.hold(kind, pinned)
		a.finish()
	}
	return s
}

// audit is one audit of a story.
type audit struct {
	*story
	ledger   *Ledger
	number   uint64
	findings int
	losses   int
}

func (a *audit) chance(percent int) bool { return a.ledger.random.IntN(100) < percent }

func (a *audit) lead(reason events.Text, data events.Payload) {
	a.say("li", "lead_auditor", reason, data)
}

func (a *audit) hold(kind events.AuditKind, pinned events.SchemeName) {
	day := events.DateOf(a.ledger.clock)
	a.say("chen", "case_officer", "", events.AuditPlanned{
		Audit: a.number, Kind: kind, Scheme: pinned, StartsOn: day, EndsOn: day, Mode: events.OnSite,
		Team: []events.Member{{Actor: "li", Role: events.Lead}, {Actor: "wang", Role: events.Auditor}},
	})
	a.lead("", events.DocumentsReviewed{Audit: a.number, Outcome: events.DocumentsAccepted})
	a.lead("", events.AuditOpened{Audit: a.number, HeldAt: a.ledger.clock})
	for i, clause := range a.scheme.Clauses {
		switch {
		case i == 20 && a.chance(40):
			a.delete(events.Clause(clause.ID))
		case a.chance(20):
			a.fault(events.Clause(clause.ID))
		default:
			a.assess(events.Clause(clause.ID), events.Conforming)
		}
	}
	if a.chance(20) {
		a.lead("领先于行业", events.BonusGranted{Audit: a.number, Bonus: "B1"})
	}
	a.lead("", events.AuditClosed{Audit: a.number, HeldAt: a.ledger.clock})
}

func (a *audit) assess(clause events.Clause, result events.AssessmentResult) {
	recorded := events.AssessmentRecorded{Audit: a.number, Clause: clause, Result: result, Method: events.Documents}
	if a.scheme.Method == scoring.MethodRating {
		recorded.Rating = events.Decimal(fmt.Sprint(60 + a.ledger.random.IntN(41)))
	}
	if a.chance(50) {
		recorded.Statement = "查阅服务记录与回访台账，抽查三个网点，情况与文件规定一致。"
	}
	a.say("wang", "auditor", "", recorded)
}

// delete rules a clause not applicable; now and then that is taken back and the clause assessed.
func (a *audit) delete(clause events.Clause) {
	a.lead("该组织不提供此项服务", events.DeletionGranted{Audit: a.number, Deletion: "X1", Clause: clause})
	if a.chance(30) {
		a.lead("经核实仍提供此项服务", events.DeletionRevoked{Audit: a.number, Deletion: "X1"})
		a.assess(clause, events.Conforming)
	}
}

// fault is a clause that does not conform: assessment, finding, deduction.
func (a *audit) fault(clause events.Clause) {
	a.findings++
	finding := events.Numbered('F', a.findings)
	a.assess(clause, events.Nonconforming)
	a.say("wang", "auditor", "", events.FindingRaised{
		Audit: a.number, Finding: finding, Clause: clause, Category: events.Nonconformity, Severity: events.Minor,
		Statement: events.Text(faults[a.ledger.random.IntN(len(faults))]),
	})
	if a.scheme.Method == scoring.MethodDeduction {
		a.deduct(clause, finding)
	}
	if a.chance(4) {
		a.say("wang", "auditor", "违反国家规定", events.SpecialDeductionApplied{
			Audit: a.number, Special: events.Numbered('S', a.findings), Trigger: "law", Finding: finding,
		})
	}
}

// deduct takes points, by sample or whole; one in ten is revoked and applied anew.
func (a *audit) deduct(clause events.Clause, finding events.Number) {
	for {
		a.losses++
		number, failed := events.Numbered('D', a.losses), uint64(1+a.ledger.random.IntN(3))
		lost := events.DeductionApplied{Audit: a.number, Deduction: number, Clause: clause, Basis: events.Qualitative, Finding: finding}
		if a.chance(70) {
			lost.Basis = events.Sampled
			lost.Sample = &events.Sample{Size: uint64(10 + a.ledger.random.IntN(40)), Nonconforming: &failed}
		}
		a.say("wang", "auditor", "抽样结果不符合要求", lost)
		if !a.chance(10) {
			return
		}
		a.lead("抽样数有误", events.DeductionRevoked{Audit: a.number, Deduction: number})
	}
}

// finish corrects every finding, reports, reviews, decides and, the first time, issues the certificate.
func (a *audit) finish() {
	for i := range a.findings {
		finding, correction := events.Numbered('F', i+1), events.Numbered('C', i+1)
		a.say("chen", "case_officer", "", events.CorrectionSubmitted{
			Audit: a.number, Finding: finding, Correction: correction, Statement: "已修订制度并完成全员培训，附培训记录。",
		})
		a.lead("整改有效", events.CorrectionVerified{
			Audit: a.number, Finding: finding, Correction: correction, Outcome: events.CorrectionAccepted,
		})
	}
	decision := events.ToMaintain
	if a.number == 1 {
		decision = events.ToGrant
	}
	a.lead("", events.AuditReported{Audit: a.number, Recommendation: decision, Summary: "审查完成，体系运行有效。"})
	a.say("zhao", "reviewer", "程序与证据齐全", events.AuditReviewed{Audit: a.number, Outcome: events.ReviewConfirmed})
	a.say("qian", "decision_maker", "符合认证要求", events.DecisionMade{Decision: decision, Audit: a.number})
	if a.number == 1 {
		a.certify()
	}
}

func (a *audit) certify() {
	from := events.DateOf(a.ledger.clock)
	until := events.DateOf(from.Start() + 3*365*24*3600*1_000_000)
	a.say("chen", "case_officer", "", events.CertificateIssued{
		Number: events.CertificateNumber(fmt.Sprintf("7122%dSC%04dR0S", 3+a.story.number%3, a.story.number)), Audit: 1, Grade: "five_star", ValidFrom: from, ValidUntil: until,
	})
	if a.chance(10) {
		a.say("qian", "decision_maker", "监督未按期进行", events.DecisionMade{Decision: events.ToSuspend})
		a.say("qian", "decision_maker", "已补充监督审查", events.DecisionMade{Decision: events.ToRestore})
	}
}

var (
	towns  = []string{"青岛", "佛山", "宁波", "合肥", "苏州", "杭州", "无锡", "绵阳"}
	trades = []string{"家用空调", "洗衣机", "热水器", "电梯", "汽车配件", "办公家具"}
	faults = []string{
		"未能提供服务网点的备件库存记录。", "抽查的维修单缺少用户签字确认。", "投诉处理超过承诺的时限，且未告知用户。",
		"安装人员未经培训即上岗。", "保修期限的公示与说明书不一致。",
	}
)
