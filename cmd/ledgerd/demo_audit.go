package main

import (
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// An auditTold is one audit of a story, from its plan to the confirmed review. Days count back from the
// start of the demo.
type auditTold struct {
	number         int
	kind           string
	opened         int      // how many days ago the opening meeting was
	clauses        []string // assessed; of a partial audit the ones covered
	partial        bool
	losses         []loss
	recommendation string // "" leaves the audit on site, closed and not reported
	grade, summary string
}

// A loss is a finding with its deduction.
type loss struct {
	clause, statement string
	sample            fields // nil: the clause does not conform as a whole
	corrected         string // how, where it was; it is verified before the report
}

// apply tells an application with its documents, the searched registers and the contract. received is
// how many days ago it came in.
func (s *story) apply(scheme, organization, uscc, scope string, received int) {
	s.post("wang", "/v1/cases", fields{
		"kind": "certification", "scheme": scheme, "scope": scope, "field": "03",
		"organization": fields{"name": organization, "uscc": uscc},
		"applied_at":   s.daysAgo(received, 9), "effective_at": s.daysAgo(received, 9),
	})
	var commands []fields
	for _, kind := range checks.Documents {
		body := fields{"document": kind.ID, "status": "received", "effective_at": s.daysAgo(received, 10)}
		if kind.ID == "permits" {
			body["status"], body["reason"] = "not_applicable", "所申报服务无需许可证"
		} else {
			body["evidence"] = []fields{s.attach("wang", kind.Name.ZH+".txt", organization+"\n"+kind.Name.ZH+"（演示文件）\n")}
		}
		commands = append(commands, fields{"path": "documents", "body": body})
	}
	for _, register := range new(events.PenaltyRegister).Values() {
		shot := s.attach("wang", string(register)+".txt", organization+"\n"+string(register)+"：无记录（演示截图）\n")
		commands = append(commands, fields{"path": "penalties", "body": fields{
			"register": register, "found": false, "evidence": []fields{shot}, "effective_at": s.daysAgo(received-2, 10),
		}})
	}
	s.on("wang", "batch", fields{"commands": commands})
	s.on("wang", "application-review", fields{
		"outcome": "accepted", "reason": "资料齐全，法律地位合法，未查到处罚或失信记录", "effective_at": s.daysAgo(received-5, 10),
	})
	s.on("wang", "contracts", fields{
		"number": "HT-" + uscc[len(uscc)-6:], "signed_on": s.day(received - 7), "effective_at": s.daysAgo(received-7, 15),
		"evidence": []fields{s.attach("wang", "认证合同.txt", organization+"\n认证合同（演示文件）\n")},
	})
}

// audit tells one audit: planned two weeks before the opening, announced, held on two days, reported
// three weeks after it, and reviewed a few days later.
func (s *story) audit(a auditTold) {
	at := fmt.Sprintf("audits/%d", a.number)
	plan := fields{
		"kind": a.kind, "team": []fields{{"actor": "li", "role": "lead"}, {"actor": "zhao", "role": "auditor"}},
		"starts_on": s.day(a.opened), "ends_on": s.day(a.opened - 1), "person_days": "4", "mode": "on_site", "effective_at": s.daysAgo(a.opened+14, 10),
	}
	if a.partial {
		plan["clauses"], plan["person_days"] = a.clauses, "1"
	}
	s.on("wang", "audits", plan)
	s.on("wang", at+"/announcement", fields{"announced_at": s.daysAgo(a.opened+12, 10), "effective_at": s.daysAgo(a.opened+12, 10)})
	s.on("li", at+"/document-review", fields{"outcome": "accepted", "reason": "体系文件现行有效，可供现场审查", "effective_at": s.daysAgo(a.opened+7, 14)})
	s.on("li", at+"/opening", fields{"held_at": s.daysAgo(a.opened, 9), "attendees": []string{"李组长", "赵审查", "企业代表"}, "effective_at": s.daysAgo(a.opened, 9)})
	s.on("zhao", "batch", sheet(a.number, a.clauses, func(clause string, entry fields) {
		entry["effective_at"] = s.daysAgo(a.opened, 16)
		if i := slices.IndexFunc(a.losses, func(l loss) bool { return l.clause == clause }); i >= 0 {
			entry["result"], entry["statement"] = "nonconforming", a.losses[i].statement
		}
	}))
	for i, l := range a.losses {
		s.lost(at, fmt.Sprintf("F%d", i+1), a.opened-1, l)
	}
	s.onSite(at, a)
	s.on("li", at+"/closing", fields{"held_at": s.daysAgo(a.opened-1, 16), "effective_at": s.daysAgo(a.opened-1, 16)})
	for i, l := range a.losses {
		if l.corrected != "" {
			s.corrected(at, fmt.Sprintf("F%d", i+1), a.opened-10, l.corrected)
		}
	}
	if a.recommendation == "" {
		return
	}
	report := fields{"recommendation": a.recommendation, "summary": a.summary, "effective_at": s.daysAgo(a.opened-20, 15)}
	if a.grade != "" {
		report["grade"] = a.grade
	}
	s.on("li", at+"/report", report)
	s.on("sun", at+"/review", fields{"outcome": "confirmed", "reason": "程序完整，证据充分，评分可复算", "effective_at": s.daysAgo(a.opened-23, 10)})
}

// onSite records who was there and when: as many person-days as were planned.
func (s *story) onSite(at string, a auditTold) {
	spend := func(actor string, day int, days string) {
		s.on("li", at+"/person-days", fields{"actor": actor, "on": s.day(day), "days": days, "effective_at": s.daysAgo(day, 18)})
	}
	if a.partial {
		spend("li", a.opened, "1")
		return
	}
	for _, actor := range []string{"li", "zhao"} {
		spend(actor, a.opened, "1")
		spend(actor, a.opened-1, "1")
	}
}

// lost raises a finding, with what shows it, and deducts for it.
func (s *story) lost(at, finding string, day int, l loss) {
	s.on("zhao", at+"/findings", fields{
		"clause": l.clause, "category": "nonconformity", "severity": "minor", "statement": l.statement, "effective_at": s.daysAgo(day, 10),
		"evidence": []fields{s.attach("zhao", l.clause+"-现场记录.txt", l.statement+"（演示记录）\n")},
	})
	deduction := fields{"clause": l.clause, "finding": finding, "basis": "qualitative", "reason": "见不符合项" + finding, "effective_at": s.daysAgo(day, 11)}
	if l.sample != nil {
		deduction["basis"], deduction["sample"] = "sampled", l.sample
	}
	s.on("zhao", at+"/deductions", deduction)
}

// corrected tells what the organization did about a finding, and that it was verified five days later.
func (s *story) corrected(at, finding string, day int, how string) {
	s.on("wang", at+"/findings/"+finding+"/corrections", fields{
		"statement": how, "effective_at": s.daysAgo(day, 10),
		"evidence": []fields{s.attach("wang", finding+"-整改证据.txt", how+"（演示证据）\n")},
	})
	s.on("li", at+"/findings/"+finding+"/verification", fields{"outcome": "accepted", "reason": "整改证据经核对有效", "effective_at": s.daysAgo(day-5, 10)})
}

// decide decides on an audit.
func (s *story) decide(decision string, audit, day int, grade, reason string) {
	body := fields{"decision": decision, "audit": audit, "reason": reason, "effective_at": s.daysAgo(day, 15)}
	if grade != "" {
		body["grade"] = grade
	}
	s.on("qian", "decisions", body)
}
