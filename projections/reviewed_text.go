package projections

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/events/checks"
)

// writtenReview is a review as it is kept in a file, for the same program to read: checks are told by their
// place in checks.All, results by a letter each.
type writtenReview struct {
	Head     uint64         `json:"head"`
	Registry uint64         `json:"registry"`
	Schemes  events.Digest  `json:"schemes"`
	Asked    checks.Asked   `json:"asked"`
	Results  string         `json:"results"`
	Found    []writtenFound `json:"found"`
}

type writtenFound struct {
	Check  int              `json:"check"`
	Events []uint64         `json:"events"`
	Detail []checks.Wording `json:"detail"`
}

// The letters of results, in step.
const resultLetters = "pwf-"

var letteredResults = []checks.Result{checks.Pass, checks.Warned, checks.Fail, checks.NotApplicable}

func (r *reviewed) write() ([]byte, error) {
	written := writtenReview{Head: r.head, Registry: r.registry, Schemes: r.schemes, Asked: r.asked}
	letters, next := make([]byte, len(r.results)), 0
	for i, result := range r.results {
		letters[i] = resultLetters[slices.Index(letteredResults, result)]
		if next < len(r.found) && r.found[next].Check == checks.All[i] {
			written.Found = append(written.Found, writtenFound{i, r.found[next].Events, r.found[next].Detail})
			next++
		}
	}
	written.Results = string(letters)
	return json.Marshal(written)
}

// readReview reads what write wrote.
func readReview(text []byte) (*reviewed, error) {
	var written writtenReview
	if err := json.Unmarshal(text, &written); err != nil {
		return nil, fmt.Errorf("a kept review %w: %w", errDamaged, err)
	}
	if len(written.Results) != len(checks.All) {
		return nil, fmt.Errorf("a kept review %w: it has %d results of %d checks", errDamaged, len(written.Results), len(checks.All))
	}
	r := &reviewed{head: written.Head, registry: written.Registry, schemes: written.Schemes, asked: written.Asked}
	for _, letter := range []byte(written.Results) {
		at := strings.IndexByte(resultLetters, letter)
		if at < 0 {
			return nil, fmt.Errorf("a kept review %w: %q is no result", errDamaged, letter)
		}
		r.results = append(r.results, letteredResults[at])
	}
	for _, f := range written.Found {
		if f.Check < 0 || f.Check >= len(checks.All) {
			return nil, fmt.Errorf("a kept review %w: there is no check %d", errDamaged, f.Check)
		}
		r.found = append(r.found, checks.Outcome{Check: checks.All[f.Check], Result: r.results[f.Check], Detail: f.Detail, Events: f.Events})
	}
	return r, nil
}
