package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// A message is one event of a text/event-stream.
type message struct {
	id   uint64
	kind string
	data []byte
}

// A messageReader reads a text/event-stream (HTML living standard, 9.2) as strictly as this feed
// allows: UTF-8 lines, ids that are sequences. Comments and fields it does not know are skipped. A
// message that the connection cut in two is dropped, since its id was not acted upon.
type messageReader struct {
	lines *bufio.Scanner
}

func readMessages(r io.Reader) *messageReader {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, maxLine)
	scanner.Split(splitLine)
	return &messageReader{scanner}
}

// next is the next message that has data. io.EOF means that the connection ended in order.
func (r *messageReader) next() (message, error) {
	var m message
	for r.lines.Scan() {
		line := r.lines.Bytes()
		if len(line) == 0 {
			if len(m.data) > 0 {
				return m, nil
			}
			m = message{}
			continue
		}
		if err := m.add(line); err != nil {
			return message{}, err
		}
	}
	if err := r.lines.Err(); err != nil {
		return message{}, err
	}
	return message{}, io.EOF
}

// add takes in one line: a field and its value, or a comment.
func (m *message) add(line []byte) error {
	field, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch string(field) {
	case "id":
		id, err := strconv.ParseUint(string(value), 10, 64)
		if err != nil {
			return fmt.Errorf("%w: a message has the id %.40q", errForeign, value)
		}
		m.id = id
	case "event":
		m.kind = string(value)
	case "data":
		if len(m.data)+len(value) > maxLine {
			return fmt.Errorf("%w: a message has more than %d bytes", errForeign, maxLine)
		}
		if m.data != nil {
			m.data = append(m.data, '\n')
		}
		m.data = append(m.data, value...)
	}
	return nil
}

// splitLine ends a line at LF, CR LF or CR. A CR at the end of what has come so far may be half of
// a CR LF, so it waits for one more byte.
func splitLine(text []byte, atEnd bool) (advance int, line []byte, err error) {
	i := bytes.IndexAny(text, "\r\n")
	switch {
	case i < 0 && atEnd:
		return len(text), nil, nil // a line without its end was cut off
	case i < 0:
		return 0, nil, nil
	case text[i] == '\n':
		return i + 1, text[:i], nil
	case i+1 < len(text) && text[i+1] == '\n':
		return i + 2, text[:i], nil
	case i+1 < len(text) || atEnd:
		return i + 1, text[:i], nil
	}
	return 0, nil, nil
}
