package main

import "starledger/events"

// What is said about what was seen: assessments, findings and their corrections.
var findingSentences = []sentence{
	tells(func(d events.AssessmentRecorded, _ *events.Case) phrase {
		text := saying("评价条款 %s：%s", "assessed clause %s: %s", d.Clause, named(results, d.Result))
		return text.where(d.Rating != "", "，评定 %s%%", ", rated %s%%", d.Rating).
			plus(onSample(d.Sample)).
			where(d.Method != "", "，方法：%s", ", by %s", named(assessmentMethods, d.Method)).
			where(d.Statement != "", "。%s", ". %s", d.Statement)
	}),
	tells(func(d events.FindingRaised, _ *events.Case) phrase {
		kind := named(categories, d.Category)
		if d.Severity != "" {
			kind = named(severities, d.Severity).plus(kind)
		}
		return saying("提出%s %s，条款 %s：%s", "raised %[1]s %[2]s on clause %[3]s: %[4]s", kind, d.Finding, d.Clause, d.Statement)
	}),
	tells(func(d events.FindingWithdrawn, c *events.Case) phrase {
		return saying("撤回审核发现 %s", "withdrew finding %s", d.Finding).plus(clauseOf(c, d.Audit, func(a *events.Audit) events.Clause {
			if f := a.Find(d.Finding); f != nil {
				return f.Clause
			}
			return ""
		}))
	}),
	tells(func(d events.CorrectionSubmitted, _ *events.Case) phrase {
		return saying("就 %s 提交整改 %s：%s", "submitted for %s the correction %s: %s", d.Finding, d.Correction, d.Statement)
	}),
	tells(func(d events.CorrectionVerified, _ *events.Case) phrase {
		return saying("验证 %s 的整改 %s：%s", "verified for %s the correction %s: %s", d.Finding, d.Correction, named(correctionOutcomes, d.Outcome))
	}),
}

// onSample says on how many it was seen.
func onSample(s *events.Sample) phrase {
	if s == nil || s.Nonconforming == nil {
		return phrase{}
	}
	return saying("，抽样 %d，不符合 %d", ", %[2]d of %[1]d sampled do not conform", s.Size, *s.Nonconforming)
}

// clauseOf names the clause behind a number.
func clauseOf(c *events.Case, audit uint64, find func(*events.Audit) events.Clause) phrase {
	a := c.Audit(audit)
	if a == nil {
		return phrase{}
	}
	clause := find(a)
	return phrase{}.where(clause != "", "（条款 %s）", " (clause %s)", clause)
}

var results = map[events.AssessmentResult]phrase{
	events.Conforming:    {"符合", "conforming"},
	events.Nonconforming: {"不符合", "not conforming"},
}

var assessmentMethods = map[events.Method]phrase{
	events.Documents:   {"查阅文件和记录", "documents and records"},
	events.Interview:   {"访谈", "interview"},
	events.Observation: {"观察", "observation"},
	events.Visit:       {"走访顾客", "visit to a customer"},
}

var categories = map[events.FindingCategory]phrase{
	events.Nonconformity: {"不符合项", "nonconformity"},
	events.Remark:        {"观察项", "observation"},
	events.Opportunity:   {"改进机会", "opportunity for improvement"},
	events.Strength:      {"亮点", "strength"},
}

var severities = map[events.Severity]phrase{
	events.Minor: {"轻微", "minor "},
	events.Major: {"严重", "major "},
}

var correctionOutcomes = map[events.CorrectionOutcome]phrase{
	events.CorrectionAccepted: {"有效", "accepted"},
	events.CorrectionRejected: {"不予认可", "rejected"},
}
