package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// A problem is a refusal of the server (RFC 9457).
type problem struct {
	Title   string         `json:"title"`
	Status  int            `json:"status"`
	Detail  string         `json:"detail"`
	Code    string         `json:"code"`
	Errors  []problemError `json:"errors"`
	Policy  string         `json:"policy"`
	TraceID string         `json:"trace_id"`
}

// A problemError names the member or parameter that was refused.
type problemError struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p *problem) Error() string {
	return fmt.Sprintf("the server refused with %d %s", p.Status, p.Code)
}

// problemOf reads a refusal. What is not a problem document, such as the page of a proxy, is not
// shown: it may be anything.
func problemOf(status int, body []byte) *problem {
	var p problem
	if err := json.Unmarshal(body, &p); err != nil || p.Title == "" {
		p = problem{Title: http.StatusText(status)}
	}
	p.Status = status
	return &p
}

// Labels of what a refusal says.
var (
	toDo         = phrase{"处理：", "to do:"}
	labelDetail  = phrase{"说明：", "detail:"}
	labelCode    = phrase{"代码：", "code:"}
	labelPolicy  = phrase{"依据：", "policy:"}
	labelPointer = phrase{"位置：", "at:"}
	labelTrace   = phrase{"追踪：", "trace:"}
)

func (p *problem) tell(w io.Writer, l language) error {
	lines := table{indent: "  "}
	add := func(label phrase, text string) {
		if text != "" {
			lines.add(label.in(l), text)
		}
	}
	add(labelDetail, p.Detail)
	add(labelCode, p.Code)
	for _, e := range p.Errors {
		add(labelPointer, strings.TrimSpace(e.Pointer+"  "+e.Code+"  "+e.Message))
	}
	add(labelPolicy, p.Policy)
	add(labelTrace, p.TraceID)
	add(toDo, p.advice().in(l))
	if _, err := fmt.Fprintf(w, "ledgerctl: %s (%d)\n", plain(p.Title), p.Status); err != nil {
		return err
	}
	return lines.write(w)
}

// passing tells whether the same question may be answered a little later.
func (p *problem) passing() bool {
	switch p.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// advice is what the user can do about a refusal, by its status: codes are many and say themselves
// what was wrong, while the way out is the same for each status.
func (p *problem) advice() phrase {
	if slices.Contains(damaged, p.Code) {
		return phrase{"保留此输出并告知运行方：账本已损坏；用 ledgerctl verify 核验手中的审计包", "keep this output and tell the operator that the ledger is damaged; verify the bundles you hold with ledgerctl verify"}
	}
	switch p.Status {
	case http.StatusBadRequest:
		return phrase{"检查所给的参数", "check the values given"}
	case http.StatusUnauthorized:
		return phrase{"用 --token-file 或 LEDGERCTL_TOKEN 登录", "sign in with --token-file or LEDGERCTL_TOKEN"}
	case http.StatusForbidden:
		return phrase{"换用有此权限的身份登录，或申请授权", "sign in as somebody who may, or ask for a grant"}
	case http.StatusNotFound:
		return phrase{"检查编号；ledgerctl cases 列出您可读的项目", "check the number; ledgerctl cases lists what you may read"}
	case http.StatusConflict, http.StatusPreconditionFailed:
		return phrase{"历史已变动：重新读取后再试", "the history has moved: read it again, then try again"}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusTooEarly:
		return phrase{"稍后重试", "wait a little and try again"}
	}
	if p.Status >= http.StatusInternalServerError {
		return phrase{"把追踪号告知运行方", "give the trace to the operator"}
	}
	return phrase{}
}
