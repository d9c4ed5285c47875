package jetlog

import (
	"bytes"
	"context"
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
		return first, nil
	}
	return 0, events.ErrConflict
}

// afterSilence settles a unit that was not acknowledged. The fence comes first: once the broker
// has answered it, the unit is either stored or never will be, and only then does reading say
// more than "not yet".
func (w *writer) afterSilence(a events.Append, silence error) (uint64, error) {
	fenced := w.fence()
	first, what, err := w.look(a)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%w, and the case cannot be read (%w): %w", silence, err, events.ErrUnknown)
	case what == ours:
		w.isDurable(first + uint64(len(a.Bodies)) - 1)
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
func (w *writer) fence() bool {
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
	stored, err := w.log.casePage(ctx, a.Case, a.After+1, len(a.Bodies))
	if err != nil {
		return 0, nothing, err
	}
	if len(stored) == 0 {
		return 0, nothing, nil
	}
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
