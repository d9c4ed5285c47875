package checks

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"starledger/events"
)

// A Trace is what nobody leaves twice by chance: a statement, or a piece of evidence.
type Trace struct {
	// Digest of the evidence, or of the statement as folded writes it.
	Digest events.Digest
	// Characters of the statement, letters and digits; 0 for evidence.
	Characters int
}

// Traces are what an event leaves: its statement, and the evidence it names. Most events leave none.
func Traces(payload events.Payload) []Trace {
	statement, evidence := leaves(payload)
	var traces []Trace
	var room [512]byte
	if text, characters := folded(room[:0], statement); characters > 0 {
		traces = append(traces, Trace{events.DigestOf(text), characters})
	}
	for i := range evidence {
		traces = append(traces, Trace{Digest: evidence[i].SHA256})
	}
	return traces
}

func leaves(payload events.Payload) (events.Text, []events.Evidence) {
	switch d := payload.(type) {
	case events.AssessmentRecorded:
		return d.Statement, d.Evidence
	case events.FindingRaised:
		return d.Statement, d.Evidence
	case events.CorrectionSubmitted:
		return d.Statement, d.Evidence
	case events.AuditReported:
		return d.Summary, nil
	case events.DocumentRecorded:
		return "", d.Evidence
	case events.PenaltyChecked:
		return d.Statement, d.Evidence
	}
	return "", nil
}

// folded appends the letters and digits of a statement, upper and lower case alike, and counts them: spaces
// and punctuation do not make another statement of it.
func folded(text []byte, statement events.Text) (_ []byte, characters int) {
	for _, r := range string(statement) {
		switch {
		case 0x4e00 <= r && r <= 0x9fa5: // Han, which most statements are: letters without case, found without their tables
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			r = unicode.ToLower(r)
		default:
			continue
		}
		text = utf8.AppendRune(text, r)
		characters++
	}
	return text, characters
}

// nothingCopied names the later of two events, and never the other organization: whoever may read the
// case may not read the other. Short statements are everybody's; how long is long is a parameter.
var nothingCopied = &Check{
	Code:    "COPY-01",
	Name:    Wording{"不同组织之间没有相同的陈述或证据", "no statement and no evidence is found under two organizations"},
	Source:  "practice",
	Posting: List,
	Guards: types(events.AssessmentRecorded{}, events.FindingRaised{}, events.CorrectionSubmitted{}, events.AuditReported{},
		events.DocumentRecorded{}, events.PenaltyChecked{}),
	others: true,
	guard: func(p Posting) *Violation {
		if p.Copied == nil {
			return nil
		}
		for _, trace := range Traces(p.Payload) {
			if trace.Characters > 0 && trace.Characters < p.count(CopyCharacters) {
				continue
			}
			if first := p.Copied(trace.Digest); first != 0 {
				return leftBefore(trace, first)
			}
		}
		return nil
	},
}

func leftBefore(trace Trace, first uint64) *Violation {
	what := Wording{"证据", "the evidence"}
	if trace.Characters > 0 {
		what = Wording{"陈述", "the statement"}
	}
	return &Violation{
		Code: leftElsewhere, Args: map[string]string{"seq": fmt.Sprint(first)},
		Detail: Wording{
			fmt.Sprintf("%s与另一组织的第 %d 条记录相同", what.ZH, first),
			fmt.Sprintf("%s is that of event %d, of another organization", what.EN, first),
		},
	}
}
