package jetlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

const (
	directGet   = api + "DIRECT.GET." + streamName
	statusFound = ""    // a stored message
	statusEnd   = "204" // the end of a batch of messages
	statusNone  = "404"
	statusAway  = "503" // nobody is there to answer
)

// errClosed is what readers and writers of a closed log get.
var errClosed = fmt.Errorf("the log is closed: %w", events.ErrUnavailable)

func subjectOf(caseID string) string { return caseSubjects + caseID }

// checkCase keeps anything but one plain token out of subjects: a wildcard would name many cases.
func checkCase(caseID string) error {
	if caseID == "" {
		return errors.New("the case has no name")
	}
	for _, r := range caseID {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
		default:
			return fmt.Errorf("the case name %q has characters that are not allowed", caseID)
		}
	}
	return nil
}

func lastOfCase(caseID string) server.JSApiMsgGetRequest {
	return server.JSApiMsgGetRequest{LastFor: subjectOf(caseID)}
}

// get asks for one record; found is false when there is none that can be read.
func (l *Log) get(ctx context.Context, request server.JSApiMsgGetRequest) (rec events.Record, found bool, err error) {
	msg, err := l.getMsg(ctx, request)
	if err != nil {
		return events.Record{}, false, err
	}
	return readAnswer(msg)
}

// getMsg asks the store itself for one message, past all consumers.
func (l *Log) getMsg(ctx context.Context, request server.JSApiMsgGetRequest) (*nats.Msg, error) {
	return l.getFrom(ctx, directGet, request)
}

func (l *Log) getFrom(ctx context.Context, subject string, request server.JSApiMsgGetRequest) (*nats.Msg, error) {
	payload, err := encode(request)
	if err != nil {
		return nil, err
	}
	msg, err := l.conn.RequestWithContext(ctx, subject, payload)
	if err != nil {
		return nil, connectionError(err)
	}
	return msg, nil
}

func encode(request server.JSApiMsgGetRequest) ([]byte, error) {
	payload, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	return payload, nil
}

// readAnswer decodes one answer to a direct get.
func readAnswer(msg *nats.Msg) (rec events.Record, found bool, err error) {
	read, found, err := readMessage(msg)
	if err != nil || !found {
		return events.Record{}, false, err
	}
	caseID, err := caseOf(read.seq, read.subject)
	if err != nil {
		return events.Record{}, false, err
	}
	return events.Record{Seq: read.seq, Case: caseID, Body: read.data}, true, nil
}

// readMessage decodes one answer to a direct get of any stream.
func readMessage(msg *nats.Msg) (read message, found bool, err error) {
	switch status := msg.Header.Get("Status"); status {
	case statusFound:
	case statusNone:
		return message{}, false, nil
	default:
		return message{}, false, fmt.Errorf("the broker answered %s %s", status, msg.Header.Get("Description"))
	}
	seq, err := strconv.ParseUint(msg.Header.Get(server.JSSequence), 10, 64)
	if err != nil {
		return message{}, false, fmt.Errorf("the broker sent a message without its sequence: %w", err)
	}
	return message{seq, msg.Header.Get(server.JSSubject), msg.Data}, true, nil
}

// caseOf takes the case out of a stored subject.
func caseOf(seq uint64, subject string) (string, error) {
	caseID, ok := strings.CutPrefix(subject, caseSubjects)
	if !ok || checkCase(caseID) != nil {
		return "", &events.DamageError{Seq: seq, Reason: fmt.Sprintf("the subject %q is no case of this ledger", subject)}
	}
	return caseID, nil
}

func connectionError(err error) error {
	if errors.Is(err, nats.ErrConnectionClosed) || errors.Is(err, nats.ErrNoResponders) {
		return errClosed
	}
	return err
}
