package main

import "starledger/events"

// What is said about the case as a whole, and about who may read.
var caseSentences = []sentence{
	tells(func(d events.CaseOpened, _ *events.Case) phrase {
		return saying("为%s开立认证项目（%s），方案 %s@%s，范围：%s",
			"opened a case for %s (%s) under %s@%s, scope: %s",
			d.Organization.Name, named(caseKinds, d.Kind), d.Scheme.ID, d.Scheme.Version, d.Scope)
	}),
	tells(func(d events.ApplicationReviewed, _ *events.Case) phrase {
		text := saying("评审申请：%s", "reviewed the application: %s", named(applicationOutcomes, d.Outcome))
		return text.where(len(d.Checks) > 0, "，核查 %d 项", ", checks: %d", len(d.Checks))
	}),
	tells(func(events.CaseClosed, *events.Case) phrase {
		return phrase{"关闭认证项目", "closed the case"}
	}),
	tells(func(d events.GrantMade, _ *events.Case) phrase {
		readable := saying("%d 个项目", "%d cases", len(d.Cases))
		if d.All {
			readable = phrase{"全部项目", "all cases"}
		}
		return saying("授权 %s：%s 自 %s 至 %s 可查阅%s", "granted %s: %s may from %s to %s read %s",
			d.Grant, d.Actor, d.From, d.Until, readable)
	}),
	tells(func(d events.GrantRevoked, _ *events.Case) phrase {
		return saying("撤回授权 %s", "revoked grant %s", d.Grant)
	}),
}

var caseKinds = map[events.CaseKind]phrase{
	events.Certification: {"第三方认证", "certification"},
	events.SecondParty:   {"第二方评价", "second party"},
	events.Internal:      {"内部评价", "internal"},
}

var applicationOutcomes = map[events.ApplicationOutcome]phrase{
	events.ApplicationAccepted: {"受理", "accepted"},
	events.ApplicationReturned: {"退回补正", "returned to be completed"},
	events.ApplicationRefused:  {"不予受理", "refused"},
}
