package main

import "starledger/events"

// What is said about an audit and how it is held.
var auditSentences = []sentence{
	tells(func(d events.AuditPlanned, _ *events.Case) phrase {
		text := saying("策划审查 %d（%s），%s 至 %s，方案 %s@%s，成员：%s",
			"planned audit %d (%s) from %s to %s under %s@%s with %s",
			d.Audit, named(auditKinds, d.Kind), d.StartsOn, d.EndsOn, d.Scheme.ID, d.Scheme.Version, listed(d.Team, member))
		return text.where(len(d.Clauses) > 0, "，涉及 %d 个条款", ", covering %d clauses", len(d.Clauses)).
			where(d.Mode != "", "，%s", ", %s", named(auditModes, d.Mode))
	}),
	tells(func(d events.TeamChanged, _ *events.Case) phrase {
		text := saying("变更审查 %d 的审查组", "changed the team of audit %d", d.Audit)
		return text.where(len(d.Add) > 0, "，加入：%s", ", joined: %s", listed(d.Add, member)).
			where(len(d.Remove) > 0, "，退出：%s", ", left: %s", listed(d.Remove, same[events.ID]))
	}),
	tells(func(d events.DocumentsReviewed, _ *events.Case) phrase {
		return saying("文件审查：%s", "reviewed the documents: %s", named(documentsOutcomes, d.Outcome))
	}),
	tells(func(d events.AuditOpened, _ *events.Case) phrase {
		return saying("召开首次会议（%s）", "held the opening meeting (%s)", shanghai(d.HeldAt)).plus(attended(d.Attendees))
	}),
	tells(func(d events.AuditClosed, _ *events.Case) phrase {
		return saying("召开末次会议（%s）", "held the closing meeting (%s)", shanghai(d.HeldAt)).plus(attended(d.Attendees))
	}),
}

func member(m events.Member) phrase {
	return saying("%s（%s）", "%s (%s)", m.Actor, named(teamRoles, m.Role))
}

func attended(people []events.Text) phrase {
	return phrase{}.where(len(people) > 0, "，参加：%s", ", attended by %s", listed(people, same[events.Text]))
}

var auditKinds = map[events.AuditKind]phrase{
	events.InitialAudit:         {"初次", "initial"},
	events.SurveillanceAudit:    {"监督", "surveillance"},
	events.RecertificationAudit: {"再认证", "recertification"},
	events.SpecialAudit:         {"专项", "special"},
	events.InternalAudit:        {"内部", "internal"},
}

var teamRoles = map[events.TeamRole]phrase{
	events.Lead:     {"组长", "lead"},
	events.Auditor:  {"审查员", "auditor"},
	events.Expert:   {"技术专家", "expert"},
	events.Observer: {"观察员", "observer"},
}

var auditModes = map[events.AuditMode]phrase{
	events.OnSite: {"现场", "on site"},
	events.Remote: {"远程", "remote"},
	events.Mixed:  {"现场与远程结合", "on site and remote"},
}

var documentsOutcomes = map[events.DocumentsOutcome]phrase{
	events.DocumentsAccepted: {"通过", "accepted"},
	events.DocumentsReturned: {"退回补正", "returned to be completed"},
}
