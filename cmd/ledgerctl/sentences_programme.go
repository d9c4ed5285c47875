package main

import "starledger/events"

// What is said about an application's documents, what follows a certificate, what was imported, and
// accreditation reviews.
var programmeSentences = []sentence{
	tells(func(d events.DocumentRecorded, _ *events.Case) phrase {
		return saying("登记申请资料 %s：%s", "recorded the application document %s: %s", d.Document, named(documentStatuses, d.Status)).
			where(len(d.Evidence) > 0, "，文件 %d 份", ", files: %d", len(d.Evidence))
	}),
	tells(func(d events.PenaltyChecked, _ *events.Case) phrase {
		found := phrase{"没有记录", "nothing"}
		if *d.Found {
			found = phrase{"有记录", "an entry"}
		}
		return saying("查验%s：%s", "searched %s and found %s", named(penaltyRegisters, d.Register), found).where(d.Statement != "", "，%s", ": %s", d.Statement)
	}),
	tells(func(d events.PenaltyCleared, _ *events.Case) phrase {
		return saying("登记%s中的记录已消除", "recorded that the entry in %s was cleared", named(penaltyRegisters, d.Register))
	}),
	tells(func(d events.ContractSigned, _ *events.Case) phrase {
		return saying("登记合同 %s，签订于 %s", "recorded contract %s, signed on %s", d.Contract, d.SignedOn).where(d.Number != "", "，编号 %s", ", number %s", d.Number)
	}),
	tells(func(d events.ScopeChanged, _ *events.Case) phrase {
		return saying("认证决定：%s，范围：%s", "decided to %s to: %s", named(recommendations, events.Recommendation(d.Decision)), d.Scope)
	}),
	tells(func(d events.AuditAnnounced, _ *events.Case) phrase {
		return saying("于 %s 通知审查 %d", "announced on %s audit %d", events.DateOf(d.AnnouncedAt), d.Audit)
	}),
	tells(func(d events.AppealLodged, _ *events.Case) phrase {
		return saying("登记申诉 %s，针对本项目第 %d 条记录：%s", "lodged appeal %s against entry %d of the case: %s", d.Appeal, d.Against, d.Statement)
	}),
	tells(func(d events.AppealDecided, _ *events.Case) phrase {
		return saying("处理申诉 %s：%s", "decided on appeal %s: %s", d.Appeal, named(appealOutcomes, d.Outcome))
	}),
	tells(func(d events.ComplaintLodged, _ *events.Case) phrase {
		return saying("登记投诉 %s（%s）：%s", "lodged complaint %s (%s): %s", d.Complaint, d.Complainant, d.Statement).where(d.Audit != 0, "，关于审查 %d", ", about audit %d", d.Audit)
	}),
	tells(func(d events.ComplaintClosed, _ *events.Case) phrase {
		return saying("处理投诉 %s：%s", "closed complaint %s: %s", d.Complaint, named(complaintOutcomes, d.Outcome))
	}),
	tells(func(d events.CaseImported, _ *events.Case) phrase {
		return saying("导入%s的认证项目，方案 %s，范围：%s，来源：%s", "imported the case of %s under %s, scope: %s, source: %s", d.Organization.Name, d.Scheme.ID, d.Scope, d.Source)
	}),
	tells(func(d events.CertificateImported, _ *events.Case) phrase {
		return saying("导入证书 %s，签发于 %s，有效期 %s 至 %s", "imported certificate %s, issued on %s, valid from %s to %s", d.Number, d.IssuedOn, d.ValidFrom, d.ValidUntil).
			where(d.Printed != "", "，原文等级 %s", ", grade as printed %s", d.Printed)
	}),
	tells(func(d events.StatusImported, _ *events.Case) phrase {
		return saying("导入证书 %s 的状态：自 %s 起%s", "imported the status of certificate %[1]s: %[3]s from %[2]s on", d.Number, d.On, named(importedStatuses, d.Status))
	}),
	tells(func(d events.AuditImported, _ *events.Case) phrase {
		return saying("导入审查 %s（%s），%s 至 %s", "imported audit %s (%s), %s to %s", d.Import, named(auditKinds, d.Kind), d.StartsOn, d.EndsOn).
			where(d.Score != "", "，原文得分 %s", ", score as printed %s", d.Score)
	}),
	tells(func(d events.AccreditationOpened, _ *events.Case) phrase {
		return saying("开立对%s的认可评审，期间 %s 至 %s，范围：%s", "opened an accreditation review of %s for %s to %s, scope: %s", d.Organization.Name, d.From, d.Until, d.Scope)
	}),
	tells(func(d events.AccreditationNoted, _ *events.Case) phrase {
		return saying("评审记录 %s：%s", "noted %s: %s", d.Note, d.Statement).where(d.About != "", "（项目 %s）", " (case %s)", d.About)
	}),
	tells(func(d events.AccreditationViewed, _ *events.Case) phrase {
		return saying("查阅项目 %s，截至第 %d 条记录", "looked at case %s as of entry %d", d.Case, d.AsOf)
	}),
}

var documentStatuses = map[events.DocumentStatus]phrase{
	events.DocumentReceived:      {"已收到", "received"},
	events.DocumentMissing:       {"缺少", "missing"},
	events.DocumentNotApplicable: {"不适用", "not applicable"},
}

var penaltyRegisters = map[events.PenaltyRegister]phrase{
	events.GSXTPenalties:         {"国家企业信用信息公示系统行政处罚", "administrative penalties in the national enterprise register"},
	events.GSXTAbnormal:          {"经营异常名录", "the list of abnormal operations"},
	events.GSXTDishonest:         {"严重违法失信企业名单", "the list of seriously dishonest enterprises"},
	events.CreditChinaPenalties:  {"信用中国行政处罚", "administrative penalties at Credit China"},
	events.CreditChinaDishonesty: {"信用中国失信惩戒", "sanctions for dishonesty at Credit China"},
}

var appealOutcomes = map[events.AppealOutcome]phrase{
	events.AppealUpheld:       {"成立", "upheld"},
	events.AppealPartlyUpheld: {"部分成立", "partly upheld"},
	events.AppealDismissed:    {"不成立", "dismissed"},
}

var complaintOutcomes = map[events.ComplaintOutcome]phrase{
	events.ComplaintSubstantiated:   {"属实", "substantiated"},
	events.ComplaintPartly:          {"部分属实", "partly substantiated"},
	events.ComplaintUnsubstantiated: {"不属实", "unsubstantiated"},
}

var importedStatuses = map[events.ImportedStatus]phrase{
	events.WasSuspended: {"暂停", "suspended"},
	events.WasRestored:  {"有效", "active"},
	events.WasWithdrawn: {"撤销", "withdrawn"},
	events.WasCancelled: {"注销", "cancelled"},
}
