package api

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
)

// problemBody is application/problem+json (RFC 9457) with the members of the contract.
type problemBody struct {
	Type    string      `json:"type"`
	Title   string      `json:"title"`
	Status  int         `json:"status"`
	Detail  string      `json:"detail"`
	Code    string      `json:"code"`
	Errors  []faultBody `json:"errors,omitzero"`
	Policy  string      `json:"policy,omitzero"`
	Entries []uint64    `json:"entries,omitempty"`
	Index   *int        `json:"index,omitzero"`
	Missed  []Item      `json:"missed,omitzero"`
	TraceID string      `json:"trace_id"`
}

type faultBody struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// writeProblem renders p in the caller's language.
func writeProblem(w http.ResponseWriter, c *call, p *Problem) error {
	body := problemBody{
		Type: "urn:starledger:problem:" + p.Code, Title: c.language.title(p.Status), Status: p.Status,
		Detail: c.language.text(p.Code, p.Args), Code: p.Code,
		Policy: p.Policy, Entries: p.Entries, Index: p.Index, Missed: p.Missed, TraceID: c.trace,
	}
	for _, f := range p.Errors {
		body.Errors = append(body.Errors, faultBody{f.Pointer, f.Code, c.language.text(f.Code, f.Args)})
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store") // whatever the handler meant to say about an answer
	h.Del("ETag")
	h.Del("Content-Disposition")
	h.Set("Content-Language", c.language.tag())
	if p.Retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.Retry))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="starledger"`)
	}
	text, err := json.Marshal(body, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("render a problem: %w", err)
	}
	return writeBytes(w, p.Status, "application/problem+json", text)
}
