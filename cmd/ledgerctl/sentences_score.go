package main

import "starledger/events"

// What is said about what moves the score.
var scoreSentences = []sentence{
	tells(func(d events.DeductionApplied, _ *events.Case) phrase {
		text := saying("扣分 %s：条款 %s，%s", "applied deduction %s: clause %s, %s", d.Deduction, d.Clause, named(bases, d.Basis))
		return text.plus(onSample(d.Sample)).where(d.Finding != "", "（依据 %s）", " (finding %s)", d.Finding)
	}),
	tells(func(d events.DeductionRevoked, c *events.Case) phrase {
		return saying("撤销扣分 %s", "revoked deduction %s", d.Deduction).plus(clauseOf(c, d.Audit, func(a *events.Audit) events.Clause {
			if x := a.Deduct(d.Deduction); x != nil {
				return x.Clause
			}
			return ""
		}))
	}),
	tells(func(d events.DeletionGranted, _ *events.Case) phrase {
		return saying("准予删减 %s：条款 %s 不适用", "granted deletion %s: clause %s does not apply", d.Deletion, d.Clause)
	}),
	tells(func(d events.DeletionRevoked, c *events.Case) phrase {
		return saying("撤销删减 %s", "revoked deletion %s", d.Deletion).plus(clauseOf(c, d.Audit, func(a *events.Audit) events.Clause {
			if x := a.Delete(d.Deletion); x != nil {
				return x.Clause
			}
			return ""
		}))
	}),
	tells(func(d events.SpecialDeductionApplied, _ *events.Case) phrase {
		return saying("给予特别扣分 %s：%s（依据 %s）", "applied special deduction %s: %s (finding %s)", d.Special, named(triggers, d.Trigger), d.Finding)
	}),
	tells(func(d events.SpecialDeductionRevoked, _ *events.Case) phrase {
		return saying("撤销特别扣分 %s", "revoked special deduction %s", d.Special)
	}),
	tells(func(d events.BonusGranted, _ *events.Case) phrase {
		return saying("给予特别加分 %s", "granted bonus %s", d.Bonus)
	}),
	tells(func(d events.BonusRevoked, _ *events.Case) phrase {
		return saying("撤销特别加分 %s", "revoked bonus %s", d.Bonus)
	}),
}

var bases = map[events.DeductionBasis]phrase{
	events.Qualitative: {"扣除全部分值", "all its points"},
	events.Sampled:     {"按比例扣分", "in proportion"},
}

// triggers are those of the schemes that come with the ledger; a scheme may have others.
var triggers = map[events.ID]phrase{
	"law":               {"不符合法律法规", "law"},
	"enterprise_rule":   {"不符合企业自身规定", "the enterprise's own rule"},
	"trade_requirement": {"不符合行业要求", "requirement of the trade"},
	"service_system":    {"影响服务体系", "effect on the service system"},
}
