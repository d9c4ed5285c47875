package jetlog

import (
	"fmt"

	"starledger/events"
)

// batchFrom is from how many bodies on a group goes as one atomic batch. The broker syncs the stream once
// for it, but first makes a store of its own for the batch, which in memory takes 0.5 to 1 ms and on a disk three times
// that: about the time of so many plain messages, each with its sync. A crowd of 64 callers goes in groups of
// about 32; as plain messages alone they take twice as long.
const batchFrom = 16

// group takes out of what waits the units that go together. Of a case that is only the first: an
// event quotes the digest of the one before it, so the next can only be right when the outcome of
// this one is known. All of them fit into one batch, and into the broker's inbound queue.
func (w *writer) group() []unit {
	w.mu.Lock()
	defer w.mu.Unlock()
	var group, left []unit
	bodies, size, taken := 0, 0, make(map[string]bool, len(w.waiting))
	for _, u := range w.waiting {
		bytes := u.size()
		fits := bodies+len(u.Bodies) <= events.MaxBatch && size+bytes <= batchPace
		if taken[u.Case] || len(group) > 0 && !fits {
			left = append(left, u)
		} else {
			group, bodies, size = append(group, u), bodies+len(u.Bodies), size+bytes
		}
		taken[u.Case] = true // what was left must not be overtaken either
	}
	w.waiting = left
	return group
}

// commit makes the units of a group durable and answers each.
func (w *writer) commit(group []unit) {
	group, bodies := w.current(group)
	switch {
	case len(group) == 0:
	case len(group) == bodies && bodies < batchFrom:
		w.commitEach(group)
	default:
		w.commitTogether(group)
	}
	w.log.durable.tell()
}

// current answers the units that nobody waits for any more or that are stale beyond doubt, and
// returns the others and how many bodies they have.
func (w *writer) current(group []unit) (kept []unit, bodies int) {
	for _, u := range group {
		switch err := u.ctx.Err(); {
		case err != nil:
			u.told(0, err) // nothing was published
		case w.log.away():
			u.told(0, errAway) // nothing was published
		case w.ends.passed(u.Case, u.After):
			u.told(w.afterRefusal(u.Append))
		default:
			kept, bodies = append(kept, u), bodies+len(u.Bodies)
		}
	}
	return kept, bodies
}

// commitEach publishes units of one body one after another without waiting in between, so that the
// broker goes from one sync to the next, and answers each as soon as it is acknowledged.
func (w *writer) commitEach(group []unit) {
	var failed error
	first, size := w.asked+1, 0
	for i := range group {
		size += len(group[i].Bodies[0])
		if failed = w.send(single(&group[i], w.newest+uint64(i))); failed != nil {
			break // what was sent before is on its way all the same
		}
	}
	open := make([]*unit, len(group)) // nil once it is answered
	for i := range group {
		open[i] = &group[i]
	}
	deadline := w.deadline(size)
	defer deadline.Stop()
	for left := len(group); left > 0 && failed == nil; left-- {
		var ack ack
		if ack, failed = w.next(first, deadline.C); failed == nil {
			i := ack.question - first
			if !ack.refusedAsStale() || !group[i].follows {
				open[i].told(w.settle(group[i].Append, ack))
				open[i] = nil
			}
		}
	}
	if failed != nil {
		w.afterSilence(open, failed)
		return
	}
	for i := range open {
		if open[i] != nil { // the log has moved
			w.commitTogether(asked(group[i : i+1]))
		}
	}
}

// commitTogether publishes a group as one message or one atomic batch. A batch is stored whole or not
// at all, so when one unit is refused, they go again one by one: only another node, or a retry that
// comes within the duplicate window, can be the reason, and only one unit need suffer from it.
func (w *writer) commitTogether(group []unit) {
	ack, err := w.publish(group, w.newest)
	switch {
	case err != nil: // no answer: the write may have landed, or be still on its way
		open := make([]*unit, len(group))
		for i := range group {
			open[i] = &group[i]
		}
		w.afterSilence(open, err)
	case ack.isUnstaged() && w.log.stage.leave():
		w.commitTogether(group)
	case ack.refusedAsStale() && anyFollows(group):
		w.commitTogether(asked(group))
	case len(group) == 1:
		group[0].told(w.settle(group[0].Append, ack))
	case ack.refusedAsStale() || ack.isDuplicate() || ack.mayBeStored() && w.log.remote != nil:
		for i := range group {
			w.commitTogether(group[i : i+1])
		}
	default:
		w.settleAll(group, ack)
	}
}

// settle says where one unit stands that the broker has answered. The answer counts only when it is
// a plain acknowledgement of a new sequence; in every other case what is stored decides.
func (w *writer) settle(a events.Append, ack ack) (first uint64, err error) {
	if ack.refusedAsStale() || ack.isDuplicate() { // duplicate: says nothing of the body, the broker knows only the id
		return w.afterRefusal(a)
	}
	if ack.mayBeStored() && w.log.remote != nil {
		return w.afterFence(a, ack.Error, false) // the others may have stored what the leader could not
	}
	if first, err = w.accept(ack, len(a.Bodies), a.After); err == nil {
		w.isAcknowledged(a, first)
	}
	return first, err
}

// settleAll is settle for the units of one batch, none of which was refused.
func (w *writer) settleAll(group []unit, ack ack) {
	bodies, after := 0, uint64(0)
	for i := range group {
		bodies, after = bodies+len(group[i].Bodies), max(after, group[i].After)
	}
	next, err := w.accept(ack, bodies, after)
	for i := range group {
		if err != nil {
			group[i].told(0, err)
			continue
		}
		w.isAcknowledged(group[i].Append, next)
		group[i].told(next, nil)
		next += uint64(len(group[i].Bodies))
	}
}

// accept verifies an acknowledgement of n bodies that stand after a sequence, and returns the first
// of theirs. A sequence that was given out before means that the store has forgotten acknowledged
// records and is writing over them.
func (w *writer) accept(ack ack, n int, after uint64) (first uint64, err error) {
	count := uint64(n)
	switch {
	case ack.Error != nil:
		return 0, fmt.Errorf("the broker refused: %w: %w", ack.Error, events.ErrUnavailable)
	case ack.PubAck == nil || ack.Stream != streamName || ack.Sequence < count || count > 1 && ack.BatchSize != count:
		return 0, fmt.Errorf("the broker's acknowledgement makes no sense (%s): %w", ack.raw, events.ErrUnknown)
	}
	first = ack.Sequence - count + 1
	if known := max(w.newest, after); first <= known {
		return 0, fmt.Errorf("the broker gave out sequence %d, but %d was acknowledged before: %w", first, known, events.ErrIntegrity)
	}
	w.newest = ack.Sequence
	return first, nil
}

// isAcknowledged is isStored for a unit that the broker has just stored, so that its case ends with it.
func (w *writer) isAcknowledged(a events.Append, first uint64) {
	w.ends.acknowledged(a.Case, first+uint64(len(a.Bodies))-1)
	w.isStored(a, first)
}

// isStored lets readers see a unit that is durable. In a batch its neighbours are durable as well.
func (w *writer) isStored(a events.Append, first uint64) {
	last := first + uint64(len(a.Bodies)) - 1
	w.newest = max(w.newest, last)
	w.log.recent.keep(a, first)
	w.log.durable.reach(last)
}
