package main

import (
	"time"

	"starledger/events"
)

const (
	completionPatience = 2 * time.Second
	completionOffers   = 50
)

// Headings of tables.
var (
	headCase         = phrase{"认证项目", "CASE"}
	headOrganization = phrase{"组织", "ORGANIZATION"}
	headScope        = phrase{"范围", "SCOPE"}
	headScheme       = phrase{"认证方案", "SCHEME"}
	headState        = phrase{"状态", "STATE"}
	headScore        = phrase{"得分", "SCORE"}
	headGrade        = phrase{"等级", "GRADE"}
	headChanged      = phrase{"最近变更", "LAST CHANGE"}
	headSeq          = phrase{"序号", "SEQ"}
	headTime         = phrase{"记录时间", "RECORDED"}
	headActor        = phrase{"记录人", "ACTOR"}
	headType         = phrase{"类型", "TYPE"}
	headClause       = phrase{"条款", "CLAUSE"}
	headPoints       = phrase{"分值", "POINTS"}
	headTitle        = phrase{"名称", "TITLE"}
	headVersion      = phrase{"版本", "VERSION"}
	headMethod       = phrase{"方法", "METHOD"}
	headInForce      = phrase{"施行", "IN FORCE"}
	headDigest       = phrase{"摘要", "DIGEST"}
)

// states names where a case stands.
var states = map[string]phrase{
	"applied":            {"已申请", "applied"},
	"accepted":           {"已受理", "accepted"},
	"returned":           {"退回补正", "returned"},
	"refused":            {"不予受理", "refused"},
	"planned":            {"已策划", "planned"},
	"documents_reviewed": {"文件已审", "documents reviewed"},
	"on_site":            {"现场审查", "on site"},
	"corrections":        {"整改中", "corrections"},
	"reported":           {"已报告", "reported"},
	"reviewed":           {"已复核", "reviewed"},
	"decided":            {"已决定", "decided"},
	"active":             {"有效", "active"},
	"suspended":          {"暂停", "suspended"},
	"withdrawn":          {"撤销", "withdrawn"},
	"cancelled":          {"注销", "cancelled"},
	"expired":            {"过期", "expired"},
	"closed":             {"已关闭", "closed"},
}

// grades are the names the ids of GB/T 27922 go by; a scheme may have others, which are shown as they are.
var grades = map[string]phrase{
	"qualified":  {"达标级", "qualified"},
	"three_star": {"三星级", "three star"},
	"four_star":  {"四星级", "four star"},
	"five_star":  {"五星级", "five star"},
}

var (
	noGrade     = phrase{"无等级", "no grade"}
	provisional = phrase{"暂定", "provisional"}
)

// word names a value. A value that has no name yet is shown as it is: a newer server may know more.
func (p *program) word(names map[string]phrase, value string) string {
	if name, ok := names[value]; ok {
		return p.say(name)
	}
	return value
}

func (p *program) gradeWord(id string) string { return p.word(grades, id) }

// shanghai shows an instant in the time zone of the rules, to the second.
func shanghai(i events.Instant) string {
	if i == 0 {
		return ""
	}
	return i.Time().In(events.Shanghai).Format(time.DateTime)
}
