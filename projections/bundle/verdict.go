package bundle

import (
	"fmt"
	"slices"
	"strings"

	"starledger/events"
	"starledger/events/checks"
)

// A Verdict is what came of verifying a bundle.
type Verdict struct {
	// Sound is that no check failed. Warnings say what a sound bundle does not prove.
	Sound   bool          `json:"sound"`
	Origin  string        `json:"origin,omitzero"`
	Size    uint64        `json:"size,omitzero"` // of the tree that the checkpoint signs
	Root    string        `json:"root,omitzero"`
	Case    events.CaseID `json:"case,omitzero"`
	CaseSeq uint64        `json:"case_seq,omitzero"` // of the last event in the bundle
	Profile Profile       `json:"profile,omitzero"`
	// Cases are those that the review drew, where the bundle is that of an accreditation review.
	Cases  []events.CaseID `json:"cases,omitempty"`
	Checks []Outcome       `json:"checks"`

	// Reviews are what the conformance checks came to, in the order of the cases' ids; none where they could
	// not be run. They rest on a bundle that holds only where it is Sound.
	Reviews []Review `json:"-"`
}

// A Review is what the conformance checks came to over one case.
type Review struct {
	Case     events.CaseID
	Outcomes []checks.Outcome
}

// Outcome is what one check came to.
type Outcome struct {
	*Check
	Result checks.Result `json:"outcome"`
	// Detail says what was looked at, or why nothing was.
	Detail checks.Wording `json:"detail,omitzero"`
	// Examples are the first of what was found; More is how many were left out.
	// What breaks the bundle comes before what only warns.
	Examples []Example `json:"examples,omitempty"`
	More     int       `json:"more,omitzero"`

	broken int // of the examples, the first ones
}

// Judges tells that what was found says that the body broke a rule, which is no reason to doubt the bundle:
// conformance, and a score that an event states wrongly. One that the bundle claims wrongly is.
func (o *Outcome) Judges() bool {
	claimed := func(e Example) bool { return e.Seq == 0 }
	return o.Code == "conformance" || o.Code == "score" && !slices.ContainsFunc(o.Examples, claimed)
}

// An Example is one thing that a check found.
type Example struct {
	Member string         `json:"member,omitzero"` // of the archive
	Seq    uint64         `json:"seq,omitzero"`
	Text   checks.Wording `json:"text"`
}

// maxExamples bounds what is kept of a check: a broken bundle has thousands.
const maxExamples = 10

// fail notes something that breaks the bundle.
func (o *Outcome) fail(e Example) {
	o.Result = checks.Fail
	o.note(o.broken, e)
	o.broken = min(o.broken+1, maxExamples)
}

// warn notes something that a reader has to know.
func (o *Outcome) warn(e Example) {
	if o.Result != checks.Fail {
		o.Result = checks.Warned
	}
	o.note(len(o.Examples), e)
}

func (o *Outcome) note(place int, e Example) {
	o.Examples = slices.Insert(o.Examples, place, e)
	if len(o.Examples) > maxExamples {
		o.Examples = o.Examples[:maxExamples]
		o.More++
	}
}

// skip says that there was nothing to check.
func (o *Outcome) skip(why checks.Wording) { o.Result, o.Detail = checks.NotApplicable, why }

// in is an example in a member.
func in(member string, text checks.Wording) Example { return Example{Member: member, Text: text} }

// at is an example at an event.
func at(seq uint64, text checks.Wording) Example {
	return Example{Member: eventName(seq), Seq: seq, Text: text}
}

// because is the text of an error, which is in English in both languages.
func because(err error) checks.Wording { return wordf("%v", "%v", err) }

func wordf(zh, en string, args ...any) checks.Wording {
	return checks.Wording{ZH: printable(fmt.Sprintf(zh, args...)), EN: printable(fmt.Sprintf(en, args...))}
}

// printable bounds a text, and makes it UTF-8: parts of it may come from a hostile bundle.
func printable(text string) string {
	const most = 2000
	return strings.ToValidUTF8(text[:min(len(text), most)], "\uFFFD")
}
