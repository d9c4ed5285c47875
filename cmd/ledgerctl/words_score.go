package main

import "starledger/scoring"

// Words of scores and calculations.
var (
	scoreHead = phrase{"认证项目 %s · 审查 %d · %s", "Case %s · audit %d · %s"}

	recordedPoint  = phrase{"截至记录 #%d（%s，北京时间）", "as recorded up to #%d (%s, Asia/Shanghai)"}
	effectivePoint = phrase{"按发生时间截至 %s（北京时间，已记录至 #%d）", "as it had happened by %s (Asia/Shanghai, recorded up to #%d)"}

	headChapter  = phrase{"章", "CHAPTER"}
	headInvolved = phrase{"涉及分", "INVOLVED"}
	headEarned   = phrase{"实得分", "EARNED"}
	headLost     = phrase{"失分", "LOST"}
	headFormula  = phrase{"算式", "FORMULA"}
	headEvents   = phrase{"记录", "EVENTS"}

	partChapters  = phrase{"各章", "Chapters"}
	partLosses    = phrase{"失分条款", "Clauses that lost points"}
	partKept      = phrase{"得满分的条款（%d 个）共 %s 分", "Clauses that keep all their points (%d): %s"}
	partDeletions = phrase{"删减（分值不计入涉及分和实得分）", "Deletions (their points leave both sides)"}
	partOpen      = phrase{"尚未评价的条款（%d 个，暂不失分）：%s", "Clauses not yet assessed, which lose nothing for now (%d): %s"}
	partSteps     = phrase{"计算", "Calculation"}
	partEvents    = phrase{"所据记录", "The events behind it"}

	stepScheme     = phrase{"认证方案", "scheme"}
	stepGrade      = phrase{"等级", "grade"}
	stepInvolved   = phrase{"涉及分", "involved"}
	stepEarned     = phrase{"实得分", "earned"}
	stepNormalised = phrase{"得分", "score"}
	stepSpecials   = phrase{"特别扣分", "special deductions"}
	stepLimit      = phrase{"特别扣分限度", "their limit"}
	stepBonus      = phrase{"特别加分", "bonus"}
	stepUncapped   = phrase{"封顶前", "before the cap"}
	stepFinal      = phrase{"最终得分", "final value"}
	stepResult     = phrase{"结果", "result"}

	specialsLine  = phrase{"%d 项，%s 分（%s 即不合格）", "%d, %s points (failed at %s)"}
	bonusLine     = phrase{"%d 项，%s 分", "%d, %s points"}
	labelProgress = phrase{"已评价条款", "assessed"}

	isPartial     = phrase{"部分审查，无等级", "partial audit, without a grade"}
	isProvisional = phrase{"暂定，尚有条款未评价", "provisional, some clauses are not assessed"}
	hasPassed     = phrase{"通过", "passed"}
	hasFailed     = phrase{"不合格", "failed"}
	colon         = phrase{"：", ": "}
	comma         = phrase{"，", ", "}
)

// failures say why an audit failed.
var failures = map[string]phrase{
	scoring.ReasonBelowMinimum: {"低于最低分", "below the minimum"},
	scoring.ReasonSpecialLimit: {"特别扣分过多", "too many special deductions"},
}
