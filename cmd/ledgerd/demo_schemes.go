package main

import (
	"encoding/json"
	"slices"
)

// indicators are the 88 of one of the two schemes that come without weights.
func (s *story) indicators(scheme string) []string {
	document, _ := s.scheme(scheme, "demo")
	listed, _ := document["clauses"].([]any)
	var ids []string
	for _, entry := range listed {
		if clause, ok := entry.(map[string]any); ok {
			id, _ := clause["id"].(string)
			ids = append(ids, id)
		}
	}
	return ids
}

// demoCompleteness is evaluated twice, by the standard and by the body's own weights, side by side: it is
// reviewed and waits for its decision.
func demoCompleteness(s *story) {
	s.apply("completeness", "华晟净水设备有限公司", "91440101MA5DEMA004", "净水设备的安装、滤芯更换和维修服务", 70)
	s.audit(auditTold{
		number: 1, kind: "initial", opened: 35, clauses: slices.Concat(demoClauses, s.indicators("completeness")),
		losses: []loss{
			{clause: "5.2.3.2", statement: "抽查20单配送，3单超过承诺时间", sample: sample(20, 3)},
			{clause: "6.2.3.3 b)", statement: "本年度未制定培训计划", corrected: "已制定并批准年度培训计划，附计划和首次培训效果评价"},
			{clause: "6.2.5.3 b)", statement: "抽查10份客户档案，2份无回访记录", sample: sample(10, 2)},
		},
		recommendation: "grant", grade: "five_star", summary: "评价1、评价2并列报告；按机构登记的合并规则取较低者",
	})
}

// demoMaturity is scored by the body's own weights alone; a finding is corrected and waits for its
// verification.
func demoMaturity(s *story) {
	s.apply("maturity", "恒泽智能卫浴有限公司", "91440101MA5DEMA005", "智能卫浴产品的安装和售后服务", 50)
	s.audit(auditTold{
		number: 1, kind: "initial", opened: 15, clauses: s.indicators("maturity"),
		losses: []loss{{clause: "6.2.3.1.2 d)", statement: "2个委托网点无考核评价记录"}},
	})
	s.on("wang", "audits/1/findings/F1/corrections", fields{
		"statement": "原因：委托网点未纳入考核。已修订制度并完成2个网点的考核", "effective_at": s.daysAgo(4, 10),
		"evidence": []fields{s.attach("wang", "F1-整改证据.txt", "网点考核记录（演示证据）\n")},
	})
}

// demoInternal is the company of the first case evaluating itself before it applied: the two sheets can be
// held against each other clause by clause. It ends in a self-assessment report and in no certificate.
func demoInternal(s *story) {
	s.post("wang", "/v1/cases", fields{
		"kind": "internal", "scheme": "gbt27922-2011", "scope": "家用空调、冰箱、洗衣机的安装、维修和售后服务",
		"organization": fields{"name": demoCompany, "uscc": "91440101MA5DEMA001"},
		"applied_at":   s.daysAgo(80, 9), "effective_at": s.daysAgo(80, 9),
	})
	s.on("chen", "audits", fields{
		"kind": "internal", "team": []fields{{"actor": "chen", "role": "lead"}},
		"starts_on": s.day(75), "ends_on": s.day(74), "mode": "on_site", "effective_at": s.daysAgo(78, 9),
	})
	s.on("chen", "audits/1/document-review", fields{"outcome": "accepted", "reason": "服务手册现行有效", "effective_at": s.daysAgo(76, 9)})
	s.on("chen", "audits/1/opening", fields{"held_at": s.daysAgo(75, 9), "effective_at": s.daysAgo(75, 9)})
	s.on("chen", "batch", sheet(1, demoClauses, func(clause string, entry fields) {
		entry["effective_at"] = s.daysAgo(75, 16)
		if clause == "5.3.1.4" {
			entry["result"], entry["statement"] = "nonconforming", "第二季度未开展顾客满意度调查"
		}
	}))
	s.on("chen", "audits/1/findings", fields{
		"clause": "5.3.1.4", "category": "nonconformity", "severity": "minor", "statement": "第二季度未开展顾客满意度调查", "effective_at": s.daysAgo(74, 9),
	})
	s.on("chen", "audits/1/deductions", fields{
		"clause": "5.3.1.4", "finding": "F1", "basis": "sampled", "sample": sample(3, 1), "reason": "见不符合项F1", "effective_at": s.daysAgo(74, 10),
	})
	s.on("chen", "audits/1/closing", fields{"held_at": s.daysAgo(74, 16), "effective_at": s.daysAgo(74, 16)})
	s.on("chen", "audits/1/self-assessment-report", fields{
		"purposes":     []string{"management_review", "internal"},
		"independence": []fields{{"actor": "chen", "free": true, "remark": "质量管理部，不承担售后服务职责"}},
		"conclusion":   "conforms_in_part", "grade": "five_star",
		"strengths":    []string{"服务网点覆盖全部销售地区", "投诉处理记录完整"},
		"improvements": []string{"按季度开展满意度调查，并纳入管理评审输入"},
		"summary":      "体系运行有效；满意度调查未按计划开展，列入管理评审", "effective_at": s.daysAgo(72, 15),
	})
}

// imported is the case of the only client of the import that was answered last.
func (s *story) imported() string {
	var taken struct {
		Items []struct {
			Case string `json:"case"`
		} `json:"items"`
	}
	if s.err == nil {
		s.err = json.Unmarshal(s.said, &taken)
	}
	if s.err != nil || len(taken.Items) == 0 {
		return ""
	}
	return "/v1/cases/" + taken.Items[0].Case
}

// demoImported is a client certified elsewhere long before: kept as printed, marked as imported, and what
// a rule would refuse today is listed by the checks. The next surveillance is planned here.
func demoImported(s *story) {
	s.post("wang", "/v1/imports", fields{"source": "原认证机构移交的纸质档案（演示）", "clients": []fields{{
		"organization": fields{"name": "澄川办公设备有限公司", "uscc": "91440101MA5DEMA006"},
		"scope":        "复印机和打印机的维修服务", "field": "03", "scheme": "gbt27922-2011",
		"audits": []fields{{"kind": "initial", "starts_on": s.day(320), "ends_on": s.day(318), "score": "93.5 分", "printed": "四星级"}},
		"certificates": []fields{{
			"number": "SC-2026/017", "printed": "四星级", "grade": "four_star", "field": "16", "issued_on": s.day(300),
			"valid_from": s.day(300), "valid_until": s.day(-795),
		}},
	}}})
	s.path = s.imported()
	s.on("wang", "audits", fields{
		"kind": "surveillance", "team": []fields{{"actor": "li", "role": "lead"}, {"actor": "zhao", "role": "auditor"}},
		"starts_on": s.day(-20), "ends_on": s.day(-21), "person_days": "4", "mode": "on_site",
	})
}
