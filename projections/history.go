package projections

import (
	"context"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"

	"starledger/events"
)

// History is a case as it stands, shared and read only: clone Case before folding further.
type History struct {
	Case *events.Case
	Seqs []uint64 // of its events in the log; Seqs[i] is case_seq i+1

	keys []keyed
	size int // of the bodies

	// end counts the events in the arrays behind Seqs and keys, which the histories of a case share:
	// whoever is the first to continue a history writes behind it, anybody else copies.
	end *atomic.Int64
}

func newHistory(id events.CaseID) *History {
	return &History{Case: events.NewCase(id), end: new(atomic.Int64)}
}

// keyed is an event that was posted under an idempotency key. The hash of both names is compared first:
// every command looks for its key in a case of hundreds, and to follow their strings would take longer
// than to decide it.
type keyed struct {
	posted
	hash uint64
	seq  uint64
}

// posted is who posted, and under which key.
type posted struct {
	actor events.ID
	key   events.Key
}

var keySeed = maphash.MakeSeed()

// Keyed are the sequences of the events that the actor posted to the case under the key, in order:
// several when it was a batch.
func (h *History) Keyed(actor events.ID, key events.Key) []uint64 {
	var seqs []uint64
	wanted := posted{actor, key}
	hash := maphash.Comparable(keySeed, wanted)
	for i := range h.keys {
		if k := &h.keys[i]; k.hash == hash && k.posted == wanted {
			seqs = append(seqs, k.seq)
		}
	}
	return seqs
}

// with is the history with more events; h stays as it is. What does not continue it is a DamageError.
func (h *History) with(stored []*events.Stored) (*History, error) {
	next := &History{Case: h.Case.Clone(), Seqs: h.Seqs, keys: h.keys, size: h.size, end: h.end}
	have := int64(len(h.Seqs))
	if longer := have + int64(len(stored)); !h.end.CompareAndSwap(have, longer) {
		next.Seqs, next.keys, next.end = slices.Clip(h.Seqs), slices.Clip(h.keys), new(atomic.Int64)
		next.end.Store(longer)
	}
	for _, e := range stored {
		if err := next.Case.Follow(e); err != nil {
			return nil, err
		}
		next.Seqs, next.size = append(next.Seqs, e.Seq), next.size+len(e.Body)
		if e.IdempotencyKey != "" {
			by := posted{e.ActorID, events.Key(strings.Clone(string(e.IdempotencyKey)))} // not all that was read with it
			next.keys = append(next.keys, keyed{by, maphash.Comparable(keySeed, by), e.Seq})
		}
	}
	return next, nil
}

// History is the case with everything that is in the log at the time of the call, from memory where
// that is as far as the log. The chain of the case is checked. ErrNoCase when it has no event.
func (v *Views) History(ctx context.Context, id events.CaseID) (*History, error) {
	last, err := v.cfg.Log.LastOf(ctx, string(id))
	if err != nil {
		return nil, fmt.Errorf("find the end of case %s: %w", id, err)
	}
	if last == 0 {
		return nil, fmt.Errorf("case %s: %w", id, ErrNoCase)
	}
	h := v.hot.history(id)
	if h != nil && h.Case.Head.Seq >= last {
		return h, nil
	}
	if h == nil {
		h = newHistory(id)
	}
	if h, err = v.extend(ctx, h, last); err != nil {
		return nil, fmt.Errorf("read case %s: %w", id, err)
	}
	v.hot.keep(h)
	return h, nil
}

// Recent is the case as this process knows it, without asking the log: everything written here, and
// of what other nodes write, what was read last. It is for posting, which the log refuses when the
// case has moved. What is not in memory is read as by History.
func (v *Views) Recent(ctx context.Context, id events.CaseID) (*History, error) {
	if h := v.hot.history(id); h != nil {
		return h, nil
	}
	return v.History(ctx, id)
}

// extend reads what is missing from a history up to the last sequence of the case.
func (v *Views) extend(ctx context.Context, h *History, last uint64) (*History, error) {
	if err := v.WaitFor(ctx, last); err != nil {
		return nil, err
	}
	seqs, err := v.seqs(ctx, h.Case.ID, h.Case.Head.Seq, last)
	if err != nil {
		return nil, err
	}
	stored, err := v.load(ctx, seqs, nil)
	if err != nil {
		return nil, err
	}
	return h.with(stored)
}

// Posted hands over what this process has just appended to a case, with sequences set, so that its
// history need not wait for the log to come round, and returns the case as it stands after it, shared and
// read only. Handed over out of order, it is forgotten and read from the log when it is needed: then nil.
func (v *Views) Posted(id events.CaseID, stored []*events.Stored) *events.Case {
	if h := v.hot.posted(id, stored); h != nil {
		return h.Case
	}
	return nil
}
