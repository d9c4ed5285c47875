package main

import (
	"fmt"
	"slices"
)

// demoClauses are the 50 clauses of GB/T 27922-2011, chapter 5, as both schemes of the demo number them.
var demoClauses = []string{
	"5.1.1.1", "5.1.1.2", "5.1.2.1", "5.1.2.2", "5.1.3.1", "5.1.3.2", "5.1.3.3", "5.1.4.1", "5.1.4.2",
	"5.1.5.1", "5.1.5.2", "5.1.6.1", "5.1.6.2", "5.1.6.3", "5.1.6.4", "5.1.7.1", "5.1.7.2", "5.1.7.3",
	"5.2.1.1", "5.2.1.2", "5.2.1.3", "5.2.1.4", "5.2.1.5", "5.2.2.1", "5.2.2.2", "5.2.2.3", "5.2.2.4",
	"5.2.3.1", "5.2.3.2", "5.2.4.1", "5.2.4.2", "5.2.4.3", "5.2.4.4", "5.2.4.5", "5.2.4.6",
	"5.2.5.1", "5.2.5.2", "5.2.5.3", "5.2.5.4", "5.2.5.5", "5.2.6.1", "5.2.6.2",
	"5.3.1.1", "5.3.1.2", "5.3.1.3", "5.3.1.4", "5.3.1.5", "5.3.2.1", "5.3.2.2", "5.3.2.3",
}

// sheet assesses clauses of an audit in one batch; change adjusts the entry of a clause.
func sheet(audit int, clauses []string, change func(clause string, entry fields)) fields {
	path := fmt.Sprintf("audits/%d/assessments", audit)
	commands := []fields{}
	for _, clause := range clauses {
		entry := fields{"clause": clause, "result": "conforming", "method": "documents"}
		change(clause, entry)
		commands = append(commands, fields{"path": path, "body": entry})
	}
	return fields{"commands": commands}
}

func sample(size, nonconforming int) fields {
	return fields{"size": size, "nonconforming": nonconforming}
}

// begin tells what every story begins with, up to the opening meeting so many days ago.
func (s *story) begin(scheme, organization, uscc, scope string, daysAgo int) {
	s.post("wang", "/v1/cases", fields{
		"kind": "certification", "scheme": scheme, "scope": scope, "field": "03",
		"organization": fields{"name": organization, "uscc": uscc},
		"applied_at":   s.daysAgo(daysAgo+20, 9), "effective_at": s.daysAgo(daysAgo+20, 9),
	})
	s.on("wang", "application-review", fields{
		"outcome": "accepted", "reason": "申请材料齐全，资质有效",
		"checks": []fields{
			{"subject": "法律地位", "passed": true, "remark": "国家企业信用信息公示系统查询"},
			{"subject": "处罚记录", "passed": true, "remark": "无未结处罚"},
		},
		"effective_at": s.daysAgo(daysAgo+15, 10),
	})
	s.on("wang", "audits", fields{
		"kind": "initial", "team": []fields{{"actor": "li", "role": "lead"}, {"actor": "zhao", "role": "auditor"}},
		"starts_on": s.day(daysAgo), "ends_on": s.day(daysAgo - 1),
		"person_days": "4", "mode": "on_site", "effective_at": s.daysAgo(daysAgo+10, 11),
	})
	s.on("li", "audits/1/document-review", fields{
		"outcome": "accepted", "reason": "服务手册与流程图可供现场审查", "effective_at": s.daysAgo(daysAgo+5, 15),
	})
	s.on("li", "audits/1/opening", fields{
		"held_at": s.daysAgo(daysAgo, 9), "attendees": []string{"李组长", "赵审查", "企业代表"},
		"effective_at": s.daysAgo(daysAgo, 9),
	})
}

// demoAccess lets the accreditation assessor read everything for a year.
func demoAccess(s *story) {
	s.post("root", "/v1/grants", fields{
		"actor": "wu", "cases": "all", "from": s.day(0), "until": s.day(-365), "reason": "年度认可监督评审",
	})
}

// demoAppliance is a whole initial certification: 50 clauses, samples, a deletion, a special
// deduction with its correction, a bonus, a revoked deduction, and all steps to the certificate.
func demoAppliance(s *story) {
	s.begin("gbt27922-2011", demoCompany, "91440101MA5DEMA001", "家用空调、冰箱、洗衣机的安装、维修和售后服务", 12)
	s.on("li", "audits/1/deletions", fields{
		"clause": "5.2.5.5", "reason": "企业为生产型企业自营售后，不从事贸易，该条款不适用", "effective_at": s.daysAgo(12, 10),
	})
	clauses := slices.DeleteFunc(slices.Clone(demoClauses), func(clause string) bool { return clause == "5.2.5.5" })
	s.on("zhao", "batch", sheet(1, clauses, func(clause string, entry fields) {
		entry["effective_at"] = s.daysAgo(12, 17)
		switch clause {
		case "5.3.2.2":
			entry["result"], entry["sample"] = "nonconforming", fields{"population": 412, "size": 40, "nonconforming": 6}
			entry["statement"] = "抽查40件投诉记录，6件超过承诺的48小时答复时限"
		case "5.2.4.4":
			entry["result"], entry["method"] = "nonconforming", "observation"
			entry["statement"] = "现场2台检漏仪超过校准有效期，无检查记录"
		case "5.1.5.2":
			entry["result"], entry["sample"] = "nonconforming", sample(10, 3)
			entry["statement"] = "抽查10个网点，3个网点无奖惩执行记录"
		case "5.3.1.4":
			entry["result"], entry["sample"] = "nonconforming", sample(3, 1)
			entry["statement"] = "近三个季度中一个季度未开展售后服务满意度调查"
		case "5.1.2.2":
			entry["result"], entry["statement"] = "nonconforming", "未见售后服务管理师证书"
		}
	}))
	finding := func(actor, clause, severity, statement string) {
		s.on(actor, "audits/1/findings", fields{
			"clause": clause, "category": "nonconformity", "severity": severity, "statement": statement,
			"effective_at": s.daysAgo(11, 10),
		})
	}
	finding("zhao", "5.3.2.2", "minor", "40件投诉中6件未在承诺的48小时内答复顾客")
	finding("zhao", "5.2.4.4", "minor", "检漏仪JL-07、JL-11超过校准有效期，未按规定定期检查")
	finding("zhao", "5.1.5.2", "minor", "3个网点未按监督奖惩制度执行并记录")
	finding("zhao", "5.3.1.4", "minor", "第二季度未开展顾客满意度调查")
	finding("zhao", "5.1.2.2", "minor", "未见售后服务管理师资格证书")
	finding("li", "5.2.2.4", "major", "上门维修收取的高空作业费未事先明示，不符合国家价格管理规定")

	deduction := func(clause, finding string, basis fields) {
		body := fields{"clause": clause, "finding": finding, "reason": "见不符合项" + finding, "effective_at": s.daysAgo(11, 14)}
		for name, value := range basis {
			body[name] = value
		}
		s.on("zhao", "audits/1/deductions", body)
	}
	deduction("5.3.2.2", "F1", fields{"basis": "sampled", "sample": sample(40, 6)})
	deduction("5.2.4.4", "F2", fields{"basis": "qualitative"})
	deduction("5.1.5.2", "F3", fields{"basis": "sampled", "sample": sample(10, 3)})
	deduction("5.3.1.4", "F4", fields{"basis": "sampled", "sample": sample(3, 1)})
	deduction("5.1.2.2", "F5", fields{"basis": "qualitative"})
	s.on("li", "audits/1/special-deductions", fields{
		"trigger": "law", "finding": "F6", "reason": "收费项目未事先明示，不符合法律法规要求", "effective_at": s.daysAgo(11, 15),
	})
	s.on("li", "audits/1/deductions/D5/revocation", fields{
		"reason": "企业补充提供12名售后服务管理师证书原件，经核对有效，扣分依据不成立", "effective_at": s.daysAgo(10, 9),
	})
	s.on("li", "audits/1/findings/F5/withdrawal", fields{"reason": "证书已核对，发现不成立", "effective_at": s.daysAgo(10, 9)})
	s.on("zhao", "audits/1/assessments", fields{
		"clause": "5.1.2.2", "result": "conforming", "method": "documents",
		"statement": "服务管理人员118名，持证售后服务管理师12名，占比10.2%", "effective_at": s.daysAgo(10, 10),
	})
	s.on("li", "audits/1/bonuses", fields{"reason": "承诺整机包修十年，高于国家三包规定，行业领先", "effective_at": s.daysAgo(10, 11)})
	s.on("li", "audits/1/closing", fields{"held_at": s.daysAgo(10, 16), "effective_at": s.daysAgo(10, 16)})

	s.on("wang", "audits/1/findings/F6/corrections", fields{
		"statement":    "原因：工单系统未列高空作业收费项。已更新价目表并在上门前由系统推送顾客确认，附30份确认记录",
		"effective_at": s.daysAgo(6, 10),
	})
	s.on("li", "audits/1/findings/F6/verification", fields{
		"outcome": "accepted", "reason": "抽查30份工单，均有顾客事先确认", "effective_at": s.daysAgo(5, 10),
	})
	s.on("li", "audits/1/report", fields{
		"recommendation": "grant", "grade": "four_star", "summary": "售后服务体系完整、运行有效，推荐四星级认证",
		"effective_at": s.daysAgo(4, 17),
	})
	s.on("sun", "audits/1/review", fields{
		"outcome": "confirmed", "reason": "程序完整，证据充分，评分可复算", "effective_at": s.daysAgo(3, 11),
	})
	s.on("qian", "decisions", fields{
		"decision": "grant", "audit": 1, "grade": "four_star", "reason": "同意授予四星级售后服务认证", "effective_at": s.daysAgo(2, 15),
	})
	s.on("wang", "certificates", fields{
		"number": "DEMO-26SC0001R0M", "valid_from": s.day(1), "valid_until": s.day(-1094), "effective_at": s.daysAgo(1, 9),
	})
}

// demoProgress is an audit in the middle: half of the clauses assessed, the score provisional.
func demoProgress(s *story) {
	s.begin("gbt27922-2011", "远航电梯维保有限公司", "91440101MA5DEMA002", "电梯安装、维修保养服务", 2)
	s.on("zhao", "batch", sheet(1, demoClauses[:23], func(clause string, entry fields) {
		entry["effective_at"] = s.daysAgo(2, 16)
		if clause == "5.2.1.4" {
			entry["result"], entry["statement"] = "nonconforming", "3台自动扶梯出入口缺少安全使用提示"
		}
	}))
	s.on("zhao", "audits/1/findings", fields{
		"clause": "5.2.1.4", "category": "nonconformity", "severity": "minor",
		"statement": "3台自动扶梯出入口未张贴安全使用提示", "effective_at": s.daysAgo(2, 17),
	})
	s.on("zhao", "audits/1/deductions", fields{
		"clause": "5.2.1.4", "basis": "qualitative", "finding": "F1", "reason": "见不符合项F1", "effective_at": s.daysAgo(2, 17),
	})
}

// demoRated is an audit under a scheme that rates clauses: all assessed, waiting for the report.
func demoRated(s *story) {
	s.begin("cts-2025", "锦程厨具商贸有限公司", "91440101MA5DEMA003", "厨房电器的销售和售后服务", 6)
	ratings := map[string]string{
		"5.3.2.2": "85", "5.1.5.2": "90", "5.3.1.4": "80", "5.1.2.2": "75", "5.2.4.3": "92.5", "5.2.4.5": "88",
	}
	s.on("zhao", "batch", sheet(1, demoClauses, func(clause string, entry fields) {
		entry["effective_at"], entry["rating"] = s.daysAgo(6, 17), "95"
		if rating, ok := ratings[clause]; ok {
			entry["rating"] = rating
		}
	}))
	s.on("li", "audits/1/closing", fields{"held_at": s.daysAgo(5, 16), "effective_at": s.daysAgo(5, 16)})
}
