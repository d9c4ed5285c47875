package events

import "fmt"

// AppealLodged records an appeal (申诉): the organization asks to consider a decision again. It was
// received when the event was effective; its deadline counts from that day.
type AppealLodged struct {
	// Label of the appeal in the case, A1, A2, …
	Appeal Label `json:"appeal"`
	// caseseq of the decision, or of the application review, appealed against.
	Against uint64 `json:"against"`
	// What is asked for, and why.
	Statement Text `json:"statement"`
	// What shows it.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.appeal.lodged.v1.
func (AppealLodged) EventType() Type { return "starledger.appeal.lodged.v1" }

// Appeal is an appeal as it stands.
type Appeal struct {
	Entry
	AppealLodged
	Decided *AppealDecision // nil while it is open
}

// AppealDecision is what an appeal came to and where that stands.
type AppealDecision struct {
	Entry
	Outcome AppealOutcome
}

// Appeal is the appeal with this label; nil when there is none.
func (c *Case) Appeal(label Label) *Appeal {
	return find(c.Appeals, func(a *Appeal) bool { return a.AppealLodged.Appeal == label })
}

func (d AppealLodged) apply(c *Case, e *Stored) error {
	c.Appeals = append(c.Appeals, Appeal{Entry: entryOf(e), AppealLodged: d})
	return nil
}

// AppealOutcome is what an appeal came to.
type AppealOutcome string

// The outcomes of an appeal.
const (
	AppealUpheld       AppealOutcome = "upheld"
	AppealPartlyUpheld AppealOutcome = "partly_upheld"
	AppealDismissed    AppealOutcome = "dismissed"
)

// Values lists what is accepted.
func (*AppealOutcome) Values() []AppealOutcome {
	return []AppealOutcome{AppealUpheld, AppealPartlyUpheld, AppealDismissed}
}

// UnmarshalText accepts one of Values.
func (o *AppealOutcome) UnmarshalText(b []byte) error { return enum(o, b, o.Values()) }

// AppealDecided is the decision on an appeal, by somebody who took no part in what is appealed
// against. What follows from it, such as another decision on certification, is an event of its own.
type AppealDecided struct {
	// Label of the appeal.
	Appeal Label `json:"appeal"`
	// What it came to.
	Outcome AppealOutcome `json:"outcome"`
}

// EventType is starledger.appeal.decided.v1.
func (AppealDecided) EventType() Type { return "starledger.appeal.decided.v1" }

func (d AppealDecided) apply(c *Case, e *Stored) error {
	appeal := c.Appeal(d.Appeal)
	if appeal == nil {
		return fmt.Errorf("there is no appeal %s", d.Appeal)
	}
	appeal.Decided = &AppealDecision{entryOf(e), d.Outcome}
	return nil
}
