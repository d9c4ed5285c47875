package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"starledger/events"
)

// maxHistory is the most events a case is read with. A long certification has a few hundred.
const maxHistory = 100_000

var errUnknownType = errors.New("this ledgerctl does not know it")

// An eventItem is one line of a feed. Event is the stored bytes, untouched.
type eventItem struct {
	Seq    uint64         `json:"seq"`
	Digest events.Digest  `json:"digest"`
	Event  jsontext.Value `json:"event"`
}

// itemOf reads a line of a feed and hashes its event again.
func itemOf(line []byte) (*eventItem, error) {
	var item eventItem
	if err := json.Unmarshal(line, &item); err != nil {
		return nil, fmt.Errorf("read a line of events: %w: %w", errForeign, err)
	}
	if got := events.DigestOf(item.Event); got != item.Digest {
		return nil, broken("sequence %d: its bytes have digest %s, the server says %s", item.Seq, got, item.Digest)
	}
	return &item, nil
}

// stored decodes the event as strictly as the ledger does.
func (i *eventItem) stored(id string) (*events.Stored, error) {
	e, err := events.DecodeRecord(events.Record{Seq: i.Seq, Case: id, Body: i.Event})
	if err == nil {
		return e, nil
	}
	var head struct {
		Type string `json:"type"`
	}
	unread := json.Unmarshal(i.Event, &head)
	unknown := unread == nil && new(events.Type).UnmarshalText([]byte(head.Type)) != nil
	if unknown || errors.Is(err, json.ErrUnknownName) {
		// A newer server may have more types and more members; that is no damage.
		return nil, fmt.Errorf("sequence %d, %.64q: %w", i.Seq, head.Type, errUnknownType)
	}
	return nil, err
}

// lines yields the lines of a feed until it ends.
func lines(r io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		scanner := bufio.NewScanner(r)
		scanner.Buffer(nil, maxLine)
		for scanner.Scan() {
			if len(scanner.Bytes()) > 0 && !yield(scanner.Bytes(), nil) {
				return
			}
		}
		if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
			yield(nil, fmt.Errorf("%w: a line has more than %d bytes", errForeign, maxLine))
		} else if err != nil {
			yield(nil, err)
		}
	}
}

// A told event is an event with the sentence it had when it happened.
type told struct {
	*events.Stored
	sentence phrase
}

// history reads a case from its first event and follows its chain: an event that is missing,
// changed or out of place is an events.ErrIntegrity. Events that were left out at the end cannot be
// noticed here.
func (c *client) history(ctx context.Context, id string) (list []told, folded *events.Case, err error) {
	q := question{path: []string{"v1", "cases", id, "events"}, accept: mediaNDJSON}
	feed, err := c.open(ctx, q, c.patience)
	if err != nil {
		return nil, nil, err
	}
	defer feed.Close()
	folded = events.NewCase(events.CaseID(id))
	for line, err := range lines(feed) {
		if err != nil {
			return nil, nil, fmt.Errorf("read the events of case %s: %w", id, err)
		}
		e, err := next(folded, line, id)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, told{e, sentenceOf(e, folded)})
		if len(list) > maxHistory {
			return nil, nil, fmt.Errorf("case %s: %w: it has more than %d events", id, errForeign, maxHistory)
		}
	}
	return list, folded, nil
}

// next folds one line of a case's feed. The line is only lent, so the item gets bytes of its own.
func next(c *events.Case, line []byte, id string) (*events.Stored, error) {
	item, err := itemOf(line)
	if err != nil {
		return nil, err
	}
	e, err := item.stored(id)
	if err != nil {
		return nil, err
	}
	if e.Seq <= c.Head.Seq {
		return nil, broken("sequence %d comes after %d in the history of case %s", e.Seq, c.Head.Seq, id)
	}
	return e, c.Follow(e)
}
