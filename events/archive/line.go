package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"starledger/events"
)

var (
	errCutOff   = errors.New("the line is cut off")
	errTooLong  = errors.New("the line is longer than an event can be")
	errNoObject = errors.New("the line is not a JSON object")
)

// lineReader reads one line after another, none longer than an event can be.
type lineReader struct{ r *bufio.Reader }

func newLineReader(r io.Reader) lineReader {
	return lineReader{bufio.NewReaderSize(r, events.MaxBody+1)}
}

// next returns the next line without its newline, valid until the following call. After the last
// line it is io.EOF, or errCutOff when the last line has no newline.
func (l lineReader) next() ([]byte, error) {
	line, err := l.r.ReadSlice('\n')
	switch {
	case err == nil:
		return line[:len(line)-1], looksLikeObject(line[:len(line)-1])
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, errTooLong
	case errors.Is(err, io.EOF) && len(line) > 0:
		return nil, errCutOff
	}
	return nil, err
}

// looksLikeObject is the check that is cheap enough for every line at every start.
func looksLikeObject(line []byte) error {
	if len(line) < 2 || line[0] != '{' || line[len(line)-1] != '}' || bytes.IndexByte(line, 0) >= 0 {
		return errNoObject
	}
	return nil
}

// subjectOf reads the case an event belongs to out of its body: the one member "subject" of the
// one JSON object that the body is.
func subjectOf(body []byte) (string, error) {
	if subject, plain := plainSubjectOf(body); plain {
		return subject, nil
	}
	return anySubjectOf(body)
}

// plainSubjectOf is subjectOf for a body in which the case is easy to see, as it is in all that the
// ledger writes: "subject" stands there once, before anything is nested or escaped. It takes a fifth
// of the time, and every event is asked when it is archived.
func plainSubjectOf(body []byte) (subject string, plain bool) {
	before, after, found := bytes.Cut(body, []byte(`,"subject":"`))
	if !found || len(before) == 0 || bytes.ContainsAny(before[1:], `{[\\`) {
		return "", false
	}
	if bytes.Count(body, []byte(`subject"`)) != 1 || bytes.Contains(body, []byte(`\u`)) {
		return "", false // a second one, or one in disguise
	}
	text, _, closed := bytes.Cut(after, []byte(`"`))
	if !closed || len(text) == 0 || !isPlain(text) || !json.Valid(body) {
		return "", false
	}
	return string(text), true
}

func isPlain(text []byte) bool {
	for _, b := range text {
		if b == '\\' || b < ' ' || b >= 0x7f {
			return false
		}
	}
	return true
}

func anySubjectOf(body []byte) (string, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return "", errNoObject
	}
	var subjects []string
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return "", fmt.Errorf("read the members: %w", err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return "", fmt.Errorf("read member %v: %w", name, err)
		}
		if name != "subject" {
			continue
		}
		var subject string
		if err := json.Unmarshal(value, &subject); err != nil {
			return "", fmt.Errorf("read the subject: %w", err)
		}
		subjects = append(subjects, subject)
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return "", errNoObject
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return "", errNoObject
	}
	if len(subjects) != 1 || subjects[0] == "" {
		return "", fmt.Errorf("it has %d subjects, must have one", len(subjects))
	}
	return subjects[0], nil
}
