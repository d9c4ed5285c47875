package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/events/decide"
)

// A Problem is a refusal as the caller gets it (RFC 9457). Codes are stable; the texts to a code
// stand in texts.go and are chosen when the problem is written.
type Problem struct {
	Status  int
	Code    string
	Args    map[string]string // fill the text of Code
	Errors  []Fault           // which members, where that is known
	Policy  string            // the rule or check that refused
	Entries []uint64          // log sequences of the events it rests on
	Index   *int              // which command of a batch
	Missed  []Item            // events the caller had not seen (412)
	Retry   int               // Retry-After in seconds, 0 for none
}

// A Fault is what is wrong with one member of the request.
type Fault struct {
	Pointer string // RFC 6901, into the body; of a parameter or header, its name
	Code    string
	Args    map[string]string
}

func (p *Problem) Error() string { return fmt.Sprintf("%d %s %v", p.Status, p.Code, p.Args) }

// refuse makes a problem; args are name, value, name, value for the text.
func refuse(status int, code string, args ...string) *Problem {
	return &Problem{Status: status, Code: code, Args: named(args)}
}

// notFound is what an unknown thing answers.
func notFound(code string, args ...string) *Problem {
	return refuse(http.StatusNotFound, code, args...)
}

// noCase is what an unknown case answers, and one the caller may not read.
func noCase() *Problem { return notFound(decide.UnknownCase) }

func noAudit() *Problem { return notFound(decide.UnknownAudit) }

// malformed is a request that is not well-formed.
func malformed(code string, args ...string) *Problem {
	return refuse(http.StatusBadRequest, code, args...)
}

// at names the member that is wrong, with the code of the problem itself.
func (p *Problem) at(pointer string) *Problem {
	p.Errors = append(p.Errors, Fault{pointer, p.Code, p.Args})
	return p
}

func (p *Problem) retryAfter(seconds int) *Problem {
	p.Retry = seconds
	return p
}

func named(pairs []string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	args := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return args
}

// statusOf is how the kinds of refusal that decide knows are answered.
var statusOf = map[decide.Kind]int{
	decide.Malformed: http.StatusBadRequest,
	decide.Denied:    http.StatusForbidden,
	decide.NotFound:  http.StatusNotFound,
	decide.Standing:  http.StatusConflict,
	decide.Broken:    http.StatusUnprocessableEntity,
}

// problemOf is the one table from errors to answers. What is not in it is internal: it is logged,
// and the caller learns nothing but the trace id.
func problemOf(err error) *Problem {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem
	}
	var refusal *decide.Refusal
	if errors.As(err, &refusal) {
		return ofRefusal(refusal)
	}
	switch {
	case errors.Is(err, events.ErrIntegrity):
		return refuse(http.StatusInternalServerError, "integrity-broken")
	case errors.Is(err, events.ErrTooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "event-too-large")
	case errors.Is(err, events.ErrUnknown):
		return refuse(http.StatusServiceUnavailable, "outcome-unknown").retryAfter(2)
	case errors.Is(err, events.ErrUnavailable), errors.Is(err, events.ErrConflict),
		errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return refuse(http.StatusServiceUnavailable, "unavailable").retryAfter(2)
	}
	return refuse(http.StatusInternalServerError, codeInternal)
}

// codeInternal stands for every failure that is ours.
const codeInternal = "internal"

func ofRefusal(r *decide.Refusal) *Problem {
	p := &Problem{Status: statusOf[r.Kind], Code: r.Code, Args: r.Args, Policy: r.Policy, Entries: r.Entries}
	if r.Pointer != "" {
		p.at(r.Pointer)
	}
	return p
}
