package projections

import (
	"strings"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// reviewed is the review of a case up to an event of its own and one of the registry.
type reviewed struct {
	head, registry uint64
	schemes        events.Digest    // of the book
	asked          checks.Asked     // of the registry
	results        []checks.Result  // of every check, in their order
	found          []checks.Outcome // those that name events
}

func reviewedFrom(outcomes []checks.Outcome, head uint64, ground checks.Ground) *reviewed {
	r := &reviewed{
		head: head, registry: headOf(ground.Registry), schemes: bookDigest(ground.Schemes), asked: ground.Asked,
		results: make([]checks.Result, len(outcomes)),
	}
	for i, o := range outcomes {
		if r.results[i] = o.Result; len(o.Events) > 0 {
			r.found = append(r.found, o)
		}
	}
	return r
}

func headOf(c *events.Case) uint64 {
	if c == nil {
		return 0
	}
	return c.Head.Seq
}

// bookDigest says which schemes are in a book, and in which order.
func bookDigest(book *scoring.Book) events.Digest {
	var all strings.Builder
	for _, scheme := range book.All() {
		all.WriteString(scheme.Digest() + "\n")
	}
	return events.DigestOf([]byte(all.String()))
}

// size is about how much memory it takes.
func (r *reviewed) size() int {
	size := 200 + 200*len(r.asked) + 16*len(r.results) + 100*len(r.found)
	for _, o := range r.found {
		size += 40 * len(o.Events)
		for _, detail := range o.Detail {
			size += len(detail.ZH) + len(detail.EN)
		}
	}
	return size
}

// holds tells whether the review is that on a later registry too: most events of that are about other cases.
func (r *reviewed) holds(now checks.Ground) bool {
	return r.registry >= headOf(now.Registry) || r.schemes == bookDigest(now.Schemes) && r.asked.AnsweredBy(now.Registry)
}

// outcomes are the outcomes of all checks again.
func (r *reviewed) outcomes() []checks.Outcome {
	list := make([]checks.Outcome, len(r.results))
	for i, result := range r.results {
		list[i] = checks.Outcome{Check: checks.All[i], Result: result}
	}
	for i, next := 0, 0; next < len(r.found); i++ {
		if list[i].Check == r.found[next].Check {
			list[i] = r.found[next]
			next++
		}
	}
	return list
}
