package jetlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

// What stands after the expected sequence of a case, compared with what was to be written there.
type standing int

const (
	nothing standing = iota // the case ends where the caller saw it end
	ours                    // exactly the bodies of this unit
	another                 // something else
)

// afterRefusal settles a unit the broker refused because the case has moved or because it knows
// the id already. What moved the case may be this very unit: the earlier answer was lost and the
// caller has come again. Bodies hold a nonce, so equal bytes are the same events.
func (w *writer) afterRefusal(a events.Append) (uint64, error) {
	first, what, err := w.look(a)
	switch {
	case err != nil:
		return 0, fmt.Errorf("refused as stale, and the case cannot be read (%w): %w", err, events.ErrUnknown)
	case what == ours:
		w.isStored(a, first) // whoever was to be told of it before may not have been
		return first, nil
	}
	return 0, events.ErrConflict
}

// afterSilence answers the units that were not acknowledged; those that were are nil. The fence comes
// first: once the broker has answered it, a unit is either stored or never will be, and only then
// does reading say more than "not yet". Of a batch either all units are found or none; each is looked
// for all the same, since what is stored decides; but where a case cannot be read the others are not
// tried: whoever waits has waited long enough.
func (w *writer) afterSilence(open []*unit, silence error) {
	fenced := w.fence()
	var blind error
	for _, u := range open {
		if u == nil {
			continue
		}
		if blind != nil {
			u.told(0, blind)
			continue
		}
		first, err := w.afterFence(u.Append, silence, fenced)
		if errors.Is(err, errUnread) {
			blind = err
		}
		u.told(first, err)
	}
}

// errUnread: what stands in a case could not be looked at.
var errUnread = fmt.Errorf("the case cannot be read: %w", events.ErrUnknown)

func (w *writer) afterFence(a events.Append, silence error, fenced bool) (uint64, error) {
	first, what, err := w.look(a)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%w, and %w (%w)", silence, errUnread, err)
	case what == ours:
		w.isStored(a, first)
		return first, nil
	case what == another:
		return 0, events.ErrConflict
	case fenced:
		return 0, fmt.Errorf("%w, and nothing was stored: %w", silence, events.ErrUnavailable)
	}
	return 0, fmt.Errorf("%w: %w", silence, events.ErrUnknown)
}

// fence sends the broker a message that it has to refuse, since it is meant for another stream.
// The stream takes messages one after another, so the refusal comes when all earlier ones are
// done with. It says whether the refusal came.
//
// The servers of a cluster refuse it while an earlier message is still on its way to the others, so
// there it says nothing.
func (w *writer) fence() bool {
	if w.log.remote != nil {
		return false
	}
	msg := nats.NewMsg(subjectOf("fence"))
	msg.Header.Set(server.JSExpectedStream, "none")
	answer, err := w.ask(msg, 0)
	return err == nil && answer.Error != nil
}

// look reads what stands in the case after the expected sequence.
func (w *writer) look(a events.Append) (first uint64, _ standing, err error) {
	size := 0
	for _, body := range a.Bodies {
		size += len(body)
	}
	ctx, cancel := context.WithTimeout(context.Background(), w.patience(size))
	defer cancel()
	stored, err := w.log.source.casePage(ctx, a.Case, a.After+1, len(a.Bodies))
	if err != nil {
		return 0, nothing, err
	}
	if len(stored) == 0 {
		return 0, nothing, nil
	}
	w.ends.reach(a.Case, stored[len(stored)-1].Seq)
	if len(stored) < len(a.Bodies) {
		return 0, another, nil
	}
	first = stored[0].Seq
	for i, rec := range stored {
		if rec.Seq != first+uint64(i) || !bytes.Equal(rec.Body, a.Bodies[i]) {
			return 0, another, nil
		}
	}
	return first, ours, nil
}
