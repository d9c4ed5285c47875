package main

import (
	"starledger/events"
	"starledger/scoring"
)

// What is said about what an audit comes to.
var outcomeSentences = []sentence{
	tells(func(d events.AuditReported, _ *events.Case) phrase {
		return saying("提交审查报告，推荐：%s", "reported, recommending to %s", named(recommendations, d.Recommendation)).
			plus(resting(d.Standing)).where(d.Summary != "", "。%s", ". %s", d.Summary)
	}),
	tells(func(d events.SelfAssessmentReported, _ *events.Case) phrase {
		return saying("提交自评报告（%s），结论：%s", "reported the self-assessment (%s): %s", listed(d.Purposes, purpose), named(selfConclusions, d.Conclusion)).
			plus(resting(d.Standing)).plus(saying("。%s", ". %s", d.Summary))
	}),
	tells(func(d events.AuditReviewed, _ *events.Case) phrase {
		return saying("复核报告：%s", "reviewed the report: %s", named(reviewOutcomes, d.Outcome)).plus(resting(d.Standing))
	}),
	tells(func(d events.DecisionMade, _ *events.Case) phrase {
		return saying("认证决定：%s", "decided to %s", named(recommendations, d.Decision)).
			where(d.Audit != 0, "，依据审查 %d", " on audit %d", d.Audit).plus(resting(d.Standing))
	}),
	tells(func(d events.CertificateIssued, _ *events.Case) phrase {
		return saying("颁发证书 %s，%s，有效期 %s 至 %s", "issued certificate %s, %s, valid from %s to %s",
			d.Number, named(gradeNames, d.Grade), d.ValidFrom, d.ValidUntil)
	}),
}

// resting says the result an entry rests on.
func resting(s *events.Standing) phrase {
	if s == nil {
		return phrase{}
	}
	grade := phrase{"不合格", "failed"}
	if s.Grade != "" {
		grade = named(gradeNames, s.Grade)
	}
	return saying("（%s，%s）", " (%s, %s)", valueOf(s.Final), grade)
}

// valueOf shows a stored fraction as a decimal.
func valueOf(f events.Fraction) string {
	n, err := scoring.ParseNumber(string(f))
	if err != nil {
		return string(f)
	}
	return n.Value()
}

var recommendations = map[events.Recommendation]phrase{
	events.ToGrant:       {"授予认证", "grant"},
	events.ToRefuse:      {"不予认证", "refuse"},
	events.ToMaintain:    {"保持认证", "maintain"},
	events.ToRenew:       {"再认证", "renew"},
	events.ToChangeGrade: {"变更等级", "change the grade"},
	events.ToSuspend:     {"暂停认证", "suspend"},
	events.ToRestore:     {"恢复认证", "restore"},
	events.ToWithdraw:    {"撤销认证", "withdraw"},
	events.ToCancel:      {"注销认证", "cancel"},
	events.ToExtendScope: {"扩大范围", "extend the scope"},
	events.ToReduceScope: {"缩小范围", "reduce the scope"},
}

var reviewOutcomes = map[events.ReviewOutcome]phrase{
	events.ReviewConfirmed: {"通过", "confirmed"},
	events.ReviewReturned:  {"退回", "returned"},
}

var selfPurposes = map[events.SelfAssessmentPurpose]phrase{
	events.ForManagementReview: {"管理评审", "for the management review"},
	events.ForInternalUse:      {"其他内部目的", "for internal use"},
	events.ForSelfDeclaration:  {"自我合格声明", "for a declaration of conformity"},
}

var selfConclusions = map[events.SelfAssessmentConclusion]phrase{
	events.SelfConforms:       {"符合", "conforms"},
	events.SelfConformsInPart: {"部分符合", "conforms in part"},
	events.SelfDoesNotConform: {"不符合", "does not conform"},
}

func purpose(p events.SelfAssessmentPurpose) phrase { return named(selfPurposes, p) }
