package main

import "encoding/json"

// demoYears is one client over a whole cycle: initial certification, surveillance 1 with a finding that is
// corrected, a complaint, surveillance 2, a suspension with an appeal against it, a special audit and the
// restoration, and recertification before the certificate expires.
//
// It happened before the body had a ledger. So every entry was recorded today, is effective when it
// happened, and says that it was entered from the paper file: on the recorded axis the case is a day old,
// on the effective axis three years.
func demoYears(s *story) {
	s.note = "由纸质档案补录：记录时间为补录时刻，发生时间见 effective_at"
	s.apply("gbt27922-2011", "瑞安暖通工程有限公司", "91440101MA5DEMA007", "中央空调和地暖系统的安装、维修和保养服务", 1200)
	s.on("wang", "outlets", fields{"name": "城东服务网点", "kind": "own", "effective_at": s.daysAgo(1195, 9)})
	s.on("wang", "outlets", fields{"name": "城西服务网点", "kind": "entrusted", "effective_at": s.daysAgo(1195, 9)})
	s.yearsInitial()
	s.yearsSurveillance()
	s.yearsSuspension()
	s.yearsRecertification()
}

func (s *story) yearsInitial() {
	s.audit(auditTold{
		number: 1, kind: "initial", opened: 1165, clauses: demoClauses,
		losses: []loss{
			{clause: "5.1.6.2", statement: "未设立服务研究部门，也未委托专业机构", corrected: "已与专业机构签订委托研究协议"},
			{clause: "5.3.2.2", statement: "抽查25件投诉，4件未在承诺时限内处理", sample: sample(25, 4), corrected: "已增设投诉专员并按日跟踪"},
		},
		recommendation: "grant", grade: "five_star", summary: "初次审查：体系完整，运行有效",
	})
	s.decide("grant", 1, 1138, "five_star", "同意授予五星级认证")
	s.on("wang", "certificates", fields{"number": "DEMO-23SC0007R0M", "valid_from": s.day(1136), "valid_until": s.day(42), "effective_at": s.daysAgo(1136, 9)})
}

func (s *story) yearsSurveillance() {
	s.audit(auditTold{
		number: 2, kind: "surveillance", opened: 820, clauses: demoClauses,
		losses: []loss{{
			clause: "5.2.4.4", statement: "3台压力表超过检定有效期", corrected: "原因：检定台账未更新。3台压力表已重新检定，台账改由系统到期提醒",
		}},
		recommendation: "maintain", grade: "five_star", summary: "第一次监督审查：1项不符合已整改并验证",
	})
	s.decide("maintain", 2, 790, "five_star", "同意保持认证")
	s.on("zhou", "complaints", fields{
		"complainant": "某住宅小区业主", "audit": 2, "statement": "投诉审查未走访本小区项目", "effective_at": s.daysAgo(760, 10),
	})
	s.on("zhou", "complaints/M1/outcome", fields{
		"outcome": "unsubstantiated", "reason": "抽样计划和走访记录显示样本按网点选取，未走访该小区不构成程序缺陷", "effective_at": s.daysAgo(750, 10),
	})
	s.audit(auditTold{
		number: 3, kind: "surveillance", opened: 470, clauses: demoClauses,
		recommendation: "maintain", grade: "five_star", summary: "第二次监督审查：未发现不符合",
	})
	s.decide("maintain", 3, 440, "five_star", "同意保持认证")
}

// yearsSuspension: a suspension is a decision, and so it has a number in the case that an appeal can name.
func (s *story) yearsSuspension() {
	s.on("qian", "decisions", fields{
		"decision": "suspend", "reason": "客户未按要求报告服务热线停用，经核实影响服务能力", "effective_at": s.daysAgo(330, 10),
	})
	suspended := s.numberOfEntry()
	s.on("wang", "appeals", fields{
		"against": suspended, "statement": "热线因机房搬迁停用三日，已以短信告知顾客，请复议", "effective_at": s.daysAgo(325, 10),
	})
	s.on("zhou", "appeals/A1/outcome", fields{
		"outcome": "dismissed", "reason": "停用未事先告知认证机构，维持暂停；恢复以专项审查为准", "effective_at": s.daysAgo(315, 10),
	})
	s.audit(auditTold{
		number: 4, kind: "special", opened: 295, clauses: []string{"5.3.1.1", "5.3.2.2"}, partial: true,
		recommendation: "restore", summary: "专项审查：服务热线已恢复，受理时间明示",
	})
	s.on("qian", "decisions", fields{"decision": "restore", "reason": "专项审查证实服务热线恢复运行", "effective_at": s.daysAgo(265, 10)})
}

func (s *story) yearsRecertification() {
	s.audit(auditTold{
		number: 5, kind: "recertification", opened: 115, clauses: demoClauses,
		losses:         []loss{{clause: "5.3.1.2", statement: "网站在线报修功能停用", corrected: "在线报修已恢复并纳入日常监测"}},
		recommendation: "renew", grade: "five_star", summary: "再认证审查：三年周期内体系持续有效",
	})
	s.decide("renew", 5, 85, "five_star", "同意再认证")
	s.on("wang", "certificates", fields{"number": "DEMO-26SC0007R1M", "valid_from": s.day(41), "valid_until": s.day(-1054), "effective_at": s.daysAgo(42, 9)})
}

// numberOfEntry is the number in the case of the entry posted last.
func (s *story) numberOfEntry() uint64 {
	var entry struct {
		CaseSeq uint64 `json:"case_seq"`
	}
	if s.err == nil {
		s.err = json.Unmarshal(s.said, &entry)
	}
	return entry.CaseSeq
}
