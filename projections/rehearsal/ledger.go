// Package rehearsal makes ledgers to try views and benchmarks on. It guarantees that the same plan
// gives the same bytes, and that every case is chained and told in the order of the process, with
// facts that can be scored. Whether a rule would have refused an entry, and where the bodies go, is
// left to others.
package rehearsal

import (
	"fmt"
	"math/rand/v2"

	"starledger/events"
	"starledger/scoring"
)

// Plan says what kind of ledger to make.
type Plan struct {
	Seed   uint64
	Events int // about how many; cases are not cut short unless Cut is set
	Open   int // cases in progress at the same time, whose events interleave
	// BackDated makes about one event in four effective up to three days before it was recorded.
	BackDated bool
	// Cut stops after exactly Events.
	Cut    bool
	Scheme *scoring.Scheme
}

// A Ledger is a ledger in the making.
type Ledger struct {
	plan   Plan
	random *rand.Rand
	clock  events.Instant
	opened int
	seq    uint64
	active []*story
}

// New starts a ledger at 2024-01-01 in Shanghai.
func New(plan Plan) *Ledger {
	return &Ledger{
		plan: plan, random: rand.New(rand.NewPCG(plan.Seed, 27922)),
		clock: events.Date("2024-01-01").Start(),
	}
}

// All gives every event in the order of the log, with sequences from 1. It fails only when yield does.
func (l *Ledger) All(yield func(*events.Stored) error) error {
	for l.more() {
		l.fill()
		at := l.random.IntN(len(l.active))
		if err := l.burst(l.active[at], yield); err != nil {
			return err
		}
		if l.active[at].done() {
			l.active = append(l.active[:at], l.active[at+1:]...)
		}
	}
	return nil
}

func (l *Ledger) more() bool {
	if l.seq < uint64(l.plan.Events) {
		return true
	}
	return !l.plan.Cut && len(l.active) > 0
}

// fill opens cases until as many as planned are in progress, as long as the ledger has to grow.
func (l *Ledger) fill() {
	for l.seq < uint64(l.plan.Events) && len(l.active) < max(l.plan.Open, 1) {
		l.opened++
		l.active = append(l.active, l.tell(l.opened))
	}
}

// burst posts a few events of one case, as a person at work does.
func (l *Ledger) burst(s *story, yield func(*events.Stored) error) error {
	for range 1 + l.random.IntN(8) {
		if s.done() || l.plan.Cut && l.seq >= uint64(l.plan.Events) {
			return nil
		}
		stored, err := l.post(s)
		if err != nil {
			return fmt.Errorf("make event %d: %w", l.seq+1, err)
		}
		if err := yield(stored); err != nil {
			return err
		}
	}
	return nil
}

// post makes the next event of the story.
func (l *Ledger) post(s *story) (*events.Stored, error) {
	l.clock += events.Instant(1 + l.random.IntN(20_000_000))
	attributes, data := s.next()
	attributes.Time, attributes.EffectiveTime = l.clock, l.clock
	if l.plan.BackDated && attributes.CaseSeq > 1 && l.random.IntN(4) == 0 {
		attributes.EffectiveTime = max(s.effective, l.clock-events.Instant(l.random.Int64N(3*24*3600*1_000_000)))
	}
	s.effective = attributes.EffectiveTime
	stored, err := events.Encode(events.Event{Attributes: attributes, Data: data})
	if err != nil {
		return nil, err
	}
	l.seq++
	stored.Seq, s.previous = l.seq, events.PrevDigest(stored.Digest)
	return stored, nil
}
