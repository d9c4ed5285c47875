package decide

import (
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// A sitting is one judgement: the case, the setting, and what the command was found to rest on.
type sitting struct {
	Setting
	c         *events.Case
	effective events.Instant
	cause     events.Entry // of what the command refers to, the entry that was effective last
}

// follows notes that the command refers to an entry, which therefore must not be effective after it.
func (s *sitting) follows(cause events.Entry) {
	if cause.Effective > s.cause.Effective {
		s.cause = cause
	}
}

// audit is the audit the path names.
func (s *sitting) audit(number uint64) (*events.Audit, error) {
	a := s.c.Audit(number)
	if a == nil {
		return nil, refuse(NotFound, UnknownAudit).with("audit", number)
	}
	s.follows(a.Planned)
	return a, nil
}

// scheme is the one the audit is pinned to. That it is missing is no refusal: the ledger names a scheme
// that the server does not have.
func (s *sitting) scheme(a *events.Audit) (*scoring.Scheme, error) {
	schemes, err := s.schemes(a)
	if err != nil {
		return nil, err
	}
	return schemes[len(schemes)-1], nil
}

// schemes are those of the audit's evaluations, the one it is pinned to last.
func (s *sitting) schemes(a *events.Audit) ([]*scoring.Scheme, error) {
	schemes, err := checks.Schemes(a, s.Schemes)
	if err != nil {
		return nil, fmt.Errorf("decide on audit %d of case %s: %w", a.Number, s.c.ID, err)
	}
	return schemes, nil
}

// evaluates is what the commands about a clause start with: the audit, the scheme that has the clause,
// and that the clause is one the audit covers.
func (s *sitting) evaluates(audit uint64, clause events.Clause) (*events.Audit, *scoring.Scheme, error) {
	a, err := s.audit(audit)
	if err != nil {
		return nil, nil, err
	}
	schemes, err := s.schemes(a)
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(schemes, func(x *scoring.Scheme) bool { _, known := x.Clause(string(clause)); return known })
	if at < 0 {
		return nil, nil, refuse(Broken, UnknownClause).at("/clause").with("clause", clause)
	}
	if a.Partial() && !slices.Contains(a.Clauses, clause) {
		return nil, nil, refuse(Broken, ClauseNotCovered).at("/clause").with("clause", clause)
	}
	return a, schemes[at], nil
}

// known tells whether all evidence is kept; pointer is the member that lists it.
func (s *sitting) known(evidence []events.Evidence, pointer string) error {
	for i, e := range evidence {
		if !s.Attachment(e.SHA256) {
			return refuse(Broken, UnknownAttachment).at("%s/%d/sha256", pointer, i).with("sha256", e.SHA256)
		}
	}
	return nil
}

// happened tells whether a time given in the body is not in the future.
func (s *sitting) happened(at Timestamp, pointer string) error {
	if events.Instant(at) > s.Now {
		return refuse(Broken, InFuture).at("%s", pointer)
	}
	return nil
}

// imagine is the case as it would be with the payload.
func (s *sitting) imagine(payload events.Payload) (*events.Case, error) {
	c := s.c.Clone()
	e := &events.Stored{Event: events.Event{Data: payload}}
	e.EffectiveTime = s.effective
	if err := c.Apply(e); err != nil {
		return nil, fmt.Errorf("imagine %s: %w", payload.EventType(), err)
	}
	return c, nil
}

// possible holds a sample against itself. Counts end at a thousand million, so that they stay whole
// numbers everywhere.
func possible(sample *events.Sample) error {
	const most = 1_000_000_000
	refusal := refuse(Broken, SampleImpossible)
	switch nonconforming := *sample.Nonconforming; {
	case sample.Size > most:
		return refusal.at("/sample/size").with("most", most)
	case sample.Population > most:
		return refusal.at("/sample/population").with("most", most)
	case nonconforming > sample.Size:
		return refusal.at("/sample/nonconforming").with("most", sample.Size)
	case sample.Population != 0 && sample.Population < sample.Size:
		return refusal.at("/sample/population").with("least", sample.Size)
	}
	return nil
}

// next is the number after the highest of its kind: numbers are never used again.
func next[T any](kind byte, list []T, number func(*T) events.Number) events.Number {
	highest := 0
	for i := range list {
		highest = max(highest, count(number(&list[i])))
	}
	return events.Numbered(kind, highest+1)
}

// count is the count in a Number, whose grammar is a letter and up to seven digits.
func count(number events.Number) int {
	n := 0
	for _, digit := range number[1:] {
		n = 10*n + int(digit-'0')
	}
	return n
}
