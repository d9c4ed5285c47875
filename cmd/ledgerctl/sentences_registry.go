package main

import "starledger/events"

// What is said about the registry, and about outlets, time on site and samples.
var registrySentences = []sentence{
	tells(func(d events.CorrectionReopened, _ *events.Case) phrase {
		return saying("重开 %s 的整改 %s", "reopened for %s the correction %s", d.Finding, d.Correction)
	}),
	tells(func(d events.OutletRecorded, _ *events.Case) phrase {
		return saying("登记网点 %s：%s（%s）", "recorded outlet %s: %s (%s)", d.Outlet, d.Name, named(outletKinds, d.Kind)).
			where(d.Address != "", "，%s", ", %s", d.Address)
	}),
	tells(func(d events.PersonDaysRecorded, _ *events.Case) phrase {
		return saying("登记 %s 于 %s 的现场时间 %s 人日", "recorded of %s on %s %s person-days on site", d.Actor, d.On, d.Days).
			where(d.Outlet != "", "，网点 %s", " at outlet %s", d.Outlet)
	}),
	tells(func(d events.PopulationRecorded, _ *events.Case) phrase {
		return saying("登记抽样总体 %s：%s，共 %d 项", "recorded population %s: %s, %d items", d.Population, d.Subject, d.Size).
			where(d.Clause != "", "，条款 %s", ", clause %s", d.Clause)
	}),
	tells(func(d events.SampleDrawn, _ *events.Case) phrase {
		return saying("从总体 %s 第 %d 次抽样 %d 项，依据检查点 %d", "drew from population %s sample %d of %d items under checkpoint %d",
			d.Population, d.Draw, len(d.Items), d.Checkpoint.Size)
	}),
	tells(func(d events.SchemeRegistered, _ *events.Case) phrase {
		return saying("登记方案 %s@%s", "registered scheme %s@%s", d.Scheme.ID, d.Scheme.Version)
	}),
	tells(func(d events.ApprovalRecorded, _ *events.Case) phrase {
		return saying("登记批准 %s：领域 %s，自 %s", "recorded approval %s: fields %s, from %s", d.Approval, listed(d.Fields, same), d.From).
			where(d.Until != "", " 至 %s", " to %s", d.Until)
	}),
	tells(func(d events.ApprovalEnded, _ *events.Case) phrase {
		return saying("批准 %s 至 %s 结束", "ended approval %s on %s", d.Approval, d.Until)
	}),
	tells(func(d events.PersonRecorded, _ *events.Case) phrase {
		return saying("登记人员 %s：%s", "recorded person %s: %s", d.Actor, d.Name).where(d.Organization != "", "，%s", ", %s", d.Organization)
	}),
	tells(func(d events.QualificationRecorded, _ *events.Case) phrase {
		return saying("登记资格 %s：%s，%s，自 %s", "recorded qualification %s: %s, %s, from %s", d.Qualification, d.Actor, named(qualificationKinds, d.Kind), d.From).
			where(d.Until != "", " 至 %s", " to %s", d.Until).where(d.Number != "", "，证号 %s", ", number %s", d.Number)
	}),
	tells(func(d events.QualificationEnded, _ *events.Case) phrase {
		return saying("资格 %s 至 %s 结束", "ended qualification %s on %s", d.Qualification, d.Until)
	}),
	tells(func(d events.ParameterSet, _ *events.Case) phrase {
		return saying("设定参数 %s 为 %s", "set parameter %s to %s", d.Parameter, d.Value)
	}),
	tells(func(d events.LogContinued, _ *events.Case) phrase {
		return saying("启用新日志，承接 %s；其最后的检查点见记录", "began this log after %s, whose last checkpoint it quotes", d.Origin)
	}),
}

var outletKinds = map[events.OutletKind]phrase{
	events.OwnOutlet:       {"自营", "own"},
	events.EntrustedOutlet: {"委托", "entrusted"},
}

var qualificationKinds = map[events.QualificationKind]phrase{
	events.QualifiedAuditor:        {"审查员", "auditor"},
	events.QualifiedLead:           {"组长", "lead auditor"},
	events.QualifiedExpert:         {"技术专家", "expert"},
	events.QualifiedReviewer:       {"复核人", "reviewer"},
	events.QualifiedDecisionMaker:  {"认证决定人", "decision maker"},
	events.QualifiedServiceManager: {"售后服务管理师", "service manager"},
}
