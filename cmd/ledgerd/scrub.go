package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"starledger/api"
	"starledger/events"
	"starledger/events/proof"
	"starledger/events/seal"
	"starledger/projections/bundle"
)

const (
	// scrubStep is how many events are compared in one go, and then paid for with a pause.
	scrubStep = 1024
	// scrubAttempts is how often in a row a place may be unreadable before that is an incident.
	scrubAttempts = 3
)

// scrubber compares the stored bodies with their sealed leaves: at the start those that were sealed
// since the last complete pass, and beside the service all of them, round after round, at a bounded
// rate. A round that has come to its end is a complete pass.
type scrubber struct {
	scrub  seal.Scrub
	timing seal.Timing
	sealed func() proof.Head
	guard  *guard
	logger *slog.Logger
	rate   int
	path   string
	state  scrubState
	pause  func(ctx context.Context, d time.Duration)

	misplaced uint64 // events of this round that witnesses speak against
	lowest    uint64 // the first of them
	logged    uint64 // the last of them that the log was told of
}

// scrubState is remembered in the data directory. The file may be deleted, and whoever changes it only
// delays what a round finds: it is not trusted with more than where to begin.
type scrubState struct {
	Full uint64 `json:"full"` // everything up to here was compared in the last complete pass
	Next uint64 `json:"next"` // where the round goes on
}

func scrubPath(cfg Config) string { return filepath.Join(cfg.Data, "scrub.json") }

func newScrubber(cfg Config, s *store, guard *guard, logger *slog.Logger) *scrubber {
	return &scrubber{
		scrub:  seal.Scrub{Tiles: s.sealed.tiles, Log: s.log},
		timing: seal.Timing{Checkpoints: s.sealed.files, Policy: s.sealed.trust.policy, Skew: bundle.DefaultSkew},
		sealed: func() proof.Head { return s.sealer.Status().Sealed },
		guard:  guard, logger: logger, rate: cfg.ScrubRate, path: scrubPath(cfg), state: readScrubState(scrubPath(cfg)), pause: pause,
	}
}

// readScrubState begins anew where the file is missing or says nothing that makes sense.
func readScrubState(path string) (state scrubState) {
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, &state) != nil {
		return scrubState{}
	}
	return state
}

// keep remembers where the scrub is. It is not synced: what a crash loses is compared again.
func (s scrubState) keep(path string) error {
	text, err := json.Marshal(s)
	if err == nil {
		err = os.WriteFile(path+".new", append(text, '\n'), 0o600)
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("remember where the scrub is: %w", err)
	}
	return nil
}

// sinceLastPass compares what was sealed since the last complete pass, before anything is served. On
// a ledger that never had one this is one.
func (s *scrubber) sinceLastPass(ctx context.Context) error {
	head := s.sealed()
	if s.state.Full > head.Size || s.state.Next > head.Size+1 {
		s.state = scrubState{} // of another ledger
	}
	from := s.state.Full + 1
	began, told := time.Now(), time.Now()
	err := s.at(head).Complete(ctx, from, head.Size, func(seq uint64) {
		if time.Since(told) > 5*time.Second {
			told = time.Now()
			s.logger.Info("comparing stored events with what was sealed, before serving", "done", seq-from+1, "of", head.Size-from+1)
		}
	})
	if err != nil {
		return err
	}
	s.guard.tell(func(g *api.Guarding) { g.Verified = s.state.Next - min(s.state.Next, 1) })
	if from == 1 {
		return s.passed(head.Size, head.Size, began)
	}
	return nil
}

func (s *scrubber) at(head proof.Head) seal.Scrub {
	scrub := s.scrub
	scrub.Head = head
	return scrub
}

// passed takes note of a complete pass, which compared so many events since it began in this process.
func (s *scrubber) passed(size, compared uint64, began time.Time) error {
	s.state.Full = size
	s.guard.tell(func(g *api.Guarding) {
		g.FullPassAt, g.Verified = time.Now(), size
		g.Rate = uint64(float64(compared) / max(time.Since(began), time.Microsecond).Seconds())
	})
	return s.state.keep(s.path)
}

// run goes round after round until ctx ends. After an incident, whoever found it, it looks once
// through everything at full speed, so that the lowest bad sequence is known.
func (s *scrubber) run(ctx context.Context) error {
	untilIncident, cancel := s.guard.until(ctx)
	defer cancel()
	err := s.rounds(untilIncident)
	if err != nil {
		s.guard.raise("the scrub", err)
	}
	if s.guard.incident() != nil && ctx.Err() == nil {
		head := s.sealed()
		if err := s.at(head).Complete(ctx, 1, head.Size, func(uint64) {}); err != nil && ctx.Err() == nil {
			s.guard.raise("the scrub", err)
		}
	}
	return s.state.keep(s.path)
}

func (s *scrubber) rounds(ctx context.Context) error {
	if s.rate == 0 {
		<-ctx.Done()
		return nil
	}
	step := time.Duration(float64(scrubStep) / float64(s.rate) * float64(time.Second))
	began, compared, failed := time.Now(), uint64(0), 0
	for ctx.Err() == nil {
		head := s.sealed()
		from := max(s.state.Next, 1)
		to := min(from+scrubStep-1, head.Size)
		err := s.compare(ctx, head, from, to)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, events.ErrIntegrity):
			return err
		case errors.Is(err, events.ErrUnavailable): // a cluster that chooses a leader; what it holds stays
			s.logger.Warn("the scrub could not read the log", "from", from, "error", err)
		case err != nil:
			if failed++; failed == scrubAttempts {
				return &events.DamageError{Seq: from, Reason: "cannot be read", Err: err}
			}
			s.logger.Warn("the scrub could not read the log", "from", from, "error", err)
		case to < head.Size:
			failed, s.state.Next, compared = 0, to+1, compared+to+1-from
			if err := s.state.keep(s.path); err != nil {
				return err
			}
			s.guard.tell(func(g *api.Guarding) { g.Verified = to })
		default:
			failed, s.state.Next = 0, 1
			if err := s.passed(head.Size, compared+to+1-from, began); err != nil {
				return err
			}
			s.placed()
			began, compared = time.Now(), 0
		}
		s.pause(ctx, step)
	}
	return nil
}

func (s *scrubber) compare(ctx context.Context, head proof.Head, from, to uint64) error {
	if from > to {
		return nil
	}
	scrub := s.at(head)
	if err := scrub.Range(ctx, from, to); err != nil {
		return err
	}
	misplaced, err := s.timing.Misplaced(scrub, from, to)
	if err != nil {
		return err
	}
	s.place(misplaced)
	return nil
}

// place takes note of events whose recorded time the witnesses speak against. A clock that was set
// wrong does that, too, so the ledger is not stopped: /v1/integrity shows it for as long as it stands,
// and the log has each of them once.
func (s *scrubber) place(misplaced []seal.Misplaced) {
	for _, m := range misplaced {
		if s.misplaced++; s.misplaced == 1 {
			s.lowest = m.Seq
		}
		if m.Seq > s.logged {
			s.logged = m.Seq
			s.logger.Warn("witnesses speak against the recorded time of an event", "seq", m.Seq, "outcome", m.Outcome,
				"recorded", m.Recorded, "not_before", m.NotBefore, "not_after", m.NotAfter)
		}
	}
	s.guard.tell(func(g *api.Guarding) {
		if s.misplaced > g.Misplaced {
			g.Misplaced, g.LowestMisplaced = s.misplaced, s.lowest
		}
	})
}

// placed ends the counting of a round.
func (s *scrubber) placed() {
	s.guard.tell(func(g *api.Guarding) { g.Misplaced, g.LowestMisplaced = s.misplaced, s.lowest })
	s.misplaced, s.lowest = 0, 0
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
