package checks

import (
	"slices"
	"strings"

	"starledger/events"
)

// A DocumentKind is one kind of application document that the sources ask for (P1; 002 5.1, 004).
type DocumentKind struct {
	// ID names it for ever.
	ID events.ID
	// Name says what it is.
	Name Wording
	// Source is where it is asked for.
	Source string
	// Conditional tells that not every organization has to have it: then it may be not applicable.
	Conditional bool
}

// Documents are the kinds of application documents: those of 002 5.1 and the eleven of 004, each once. It
// must not be changed.
var Documents = []DocumentKind{
	{"licence", Wording{"营业执照", "business licence"}, "002 5.1 a; 004 (1)", false},
	{"audit_report", Wording{"年度审计报告", "annual audit report"}, "004 (1)", false},
	{"permits", Wording{"生产、服务许可证或资质证书", "permits and qualification certificates"}, "002 5.1 a; 004 (2)", true},
	{"products", Wording{"申报产品或服务的详细说明", "description of the products or services applied for"}, "004 (3)", false},
	{"laws", Wording{"适用的法律、法规及标准清单", "list of the laws, regulations and standards that apply"}, "004 (4)", false},
	{"introduction", Wording{"组织情况介绍", "introduction of the organization"}, "002 5.1 d; 004 (5)", false},
	{"organization_chart", Wording{"组织结构图（含售后服务组织结构图）", "organization chart, after-sales service included"}, "004 (6)", false},
	{"outlets", Wording{"产品销售网点和售后服务网络一览表", "list of sales outlets and of the service network"}, "004 (7)", false},
	{"sales_methods", Wording{"商品销售方法介绍", "how goods are sold"}, "004 (8)", false},
	{"service_methods", Wording{"售后服务体系建设和服务方式说明（含设施投资和资金保障）", "how the service system was built and service is given, with facilities and funds"}, "004 (9)", false},
	{"certificates_held", Wording{"已获得的体系、产品、服务认证证书及荣誉证书", "certificates and honours held"}, "002 5.1 b; 004 (10)", true},
	{"system_documents", Wording{"服务体系文件（售后服务手册等）及资料清单", "service system documents, such as the manual, and their list"}, "002 5.1 d; 004 (11)", false},
	{"service_blueprint", Wording{"服务蓝图或服务流程图", "service blueprint or flow chart"}, "002 5.1 d", false},
	{"people", Wording{"认证范围覆盖的人数", "number of people in scope"}, "002 5.1 c", false},
}

// DocumentNamed finds a kind of document; nil when there is none of that id.
func DocumentNamed(id events.ID) *DocumentKind {
	at := slices.IndexFunc(Documents, func(k DocumentKind) bool { return k.ID == id })
	if at < 0 {
		return nil
	}
	return &Documents[at]
}

// Outstanding are the documents that were neither received nor ruled not applicable, in the order of
// Documents; what was declared missing is outstanding.
func Outstanding(c *events.Case) []string {
	var list []string
	for _, kind := range Documents {
		if d := c.Document(kind.ID); d == nil || d.Status == events.DocumentMissing {
			list = append(list, string(kind.ID))
		}
	}
	return list
}

// unsearched are the penalty registers that were not searched, in the order of 002 5.2.1 a.
func unsearched(c *events.Case) []string {
	var list []string
	for _, register := range new(events.PenaltyRegister).Values() {
		if c.Penalty(register) == nil {
			list = append(list, string(register))
		}
	}
	return list
}

// The documents are handed in with the application (002 5.1: 并按其附件要求提供), and the screenshots of the
// registers are kept (002 5.2.1 a). So an application that was accepted with no list at all lacks all of
// it. Of a case that was imported the application lies elsewhere, and only a certification has these lists.

var documentsComplete = &Check{
	Code:    "DOC-01",
	Name:    Wording{"受理时申请资料齐全", "the application documents are complete when it is accepted"},
	Source:  "P1; 002 5.1; 004",
	Posting: Warn,
	Guards:  types(events.ApplicationReviewed{}),
	guard: func(p Posting) *Violation {
		return lacking(p, documentsOutstanding, Outstanding(p.Case), Wording{"受理时未收到：", "not received when it was accepted: "})
	},
}

var registersSearched = &Check{
	Code:    "DOC-02",
	Name:    Wording{"受理前查验了全部处罚和失信信息", "every register of penalties was searched before the application was accepted"},
	Source:  "P2; 002 5.2.1 a",
	Posting: Warn,
	Guards:  types(events.ApplicationReviewed{}),
	guard: func(p Posting) *Violation {
		return lacking(p, registersUnsearched, unsearched(p.Case), Wording{"受理时未查验：", "not searched when it was accepted: "})
	},
}

func lacking(p Posting, code string, list []string, detail Wording) *Violation {
	accepted := p.Payload.(events.ApplicationReviewed).Outcome == events.ApplicationAccepted
	if !accepted || len(list) == 0 || p.Case.Kind != events.Certification || p.Case.Imported != nil {
		return nil
	}
	all := strings.Join(list, ", ")
	return &Violation{Code: code, Args: map[string]string{"list": all}, Detail: Wording{detail.ZH + all, detail.EN + all}}
}
