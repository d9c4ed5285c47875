package api

import (
	"net/http"
	"net/url"

	"github.com/gorilla/mux"

	"starledger/events"
	"starledger/projections"
)

// A call is one request together with what the conventions have found out about it before its
// handler runs. It lives as long as the request and is used by one goroutine.
type call struct {
	*http.Request
	route    *route
	actor    *Actor     // who is signed in; nil on public routes alone
	language language   // of the texts in the answer
	trace    string     // 32 hex digits, in the log and in every problem
	query    url.Values // only parameters the route names, each at most once

	// history is the case of the path, folded now, and the caller may read it. Set on every route
	// with {case} whose action is readCase; handlers need not ask again.
	history *projections.History
}

// part is a variable of the path template.
func (c *call) part(name string) string { return mux.Vars(c.Request)[name] }

// parts are all variables of the path template.
func (c *call) parts() map[string]string { return mux.Vars(c.Request) }

// caseID is the case of the path. Only ULIDs name cases there: registry and access are the
// ledger's own and have routes of their own.
func (c *call) caseID() (events.CaseID, error) {
	var id events.CaseID
	err := id.UnmarshalText([]byte(c.part("case")))
	if err != nil || id == events.Registry || id == events.Access {
		return "", noCase()
	}
	return id, nil
}

// audit is the audit of the path within the case that was read.
func (c *call) audit(of *events.Case) (*events.Audit, error) {
	number, err := auditNumber(c.part("audit"))
	if err != nil {
		return nil, err
	}
	if a := of.Audit(number); a != nil {
		return a, nil
	}
	return nil, noAudit()
}
