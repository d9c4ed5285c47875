package decide

import (
	"fmt"

	"starledger/events"
)

// Kind of a refusal; the API answers each with one status.
type Kind string

// The kinds of a refusal.
const (
	Malformed Kind = "malformed" // 400: no state of the case could allow it as it is written
	Denied    Kind = "denied"    // 403: this person must not
	NotFound  Kind = "not-found" // 404: what the path names is not there
	Standing  Kind = "standing"  // 409: it repeats what stands already
	Broken    Kind = "broken"    // 422: a rule or a check is broken
)

// Refusal says why nothing is to be written.
type Refusal struct {
	Kind    Kind
	Code    string            // one of Codes
	Pointer string            // RFC 6901, the member of the body it is about; empty for the whole
	Policy  string            // the check or rule that refused, such as SOD-01, where it has a number
	Args    map[string]string // what the text of the code needs: names, numbers, limits
	Entries []uint64          // log sequences of the events it rests on, where it rests on any
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%s: %s %s %s %v", r.Kind, r.Code, r.Pointer, r.Policy, r.Args)
}

func refuse(kind Kind, code string) *Refusal { return &Refusal{Kind: kind, Code: code} }

// missing refuses a command that came before its turn; step is what has to happen first.
func missing(step string) *Refusal { return refuse(Broken, WrongState).with("missing", step) }

func (r *Refusal) at(pointer string, args ...any) *Refusal {
	r.Pointer = fmt.Sprintf(pointer, args...)
	return r
}

// since names the event that the refusal rests on. One that is only imagined has no sequence to name.
func (r *Refusal) since(entries ...events.Entry) *Refusal {
	for _, e := range entries {
		if e.Seq > 0 {
			r.Entries = append(r.Entries, e.Seq)
		}
	}
	return r
}

func (r *Refusal) under(policy string) *Refusal {
	r.Policy = policy
	return r
}

func (r *Refusal) with(name string, value any) *Refusal {
	if r.Args == nil {
		r.Args = map[string]string{}
	}
	r.Args[name] = fmt.Sprint(value)
	return r
}
