package main

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func readAll(r io.Reader) ([]message, error) {
	var list []message
	reader := readMessages(r)
	for {
		m, err := reader.next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		list = append(list, m)
	}
}

func TestMessages(t *testing.T) {
	one := message{id: 12, kind: "starledger.bonus.granted.v1", data: []byte(`{"a":1}`)}
	for _, row := range []struct {
		name, text string
		want       []message
	}{
		{"as the API writes", "id: 12\nevent: starledger.bonus.granted.v1\ndata: {\"a\":1}\n\n", []message{one}},
		{"lines end with CR LF", "id: 12\r\nevent: starledger.bonus.granted.v1\r\ndata: {\"a\":1}\r\n\r\n", []message{one}},
		{"lines end with CR", "id: 12\revent: starledger.bonus.granted.v1\rdata: {\"a\":1}\r\r", []message{one}},
		{"no space after the colon", "id:12\nevent:starledger.bonus.granted.v1\ndata:{\"a\":1}\n\n", []message{one}},
		{"heartbeats between", ": still here\n\nid: 12\n: still here\nevent: starledger.bonus.granted.v1\ndata: {\"a\":1}\n\n: x\n\n", []message{one}},
		{"unknown field", "retry: 10\nid: 12\nevent: starledger.bonus.granted.v1\ndata: {\"a\":1}\n\n", []message{one}},
		{"data of two lines", "id: 1\ndata: a\ndata: b\n\n", []message{{id: 1, data: []byte("a\nb")}}},
		{"without data", "id: 12\n\n", nil},
		{"cut off behind its data", "id: 1\ndata: a\n\nid: 12\ndata: {\"a\":1}\n", []message{{id: 1, data: []byte("a")}}},
		{"cut off inside a line", "id: 1\ndata: a\n\nid: 1", []message{{id: 1, data: []byte("a")}}},
		{"nothing", "", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(row.text), iotest.OneByteReader(strings.NewReader(row.text))} {
				got, err := readAll(r)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(row.want, got, cmp.AllowUnexported(message{})); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestMessagesRefuse(t *testing.T) {
	long := strings.Repeat("x", maxLine/2)
	for name, text := range map[string]string{
		"an id that is no sequence": "id: twelve\ndata: a\n\n",
		"an endless line":           "data: " + long + long + long,
		"endless data":              "data: " + long + "\ndata: " + long + "\ndata: " + long + "\n\n",
	} {
		if got, err := readAll(strings.NewReader(text)); err == nil {
			t.Errorf("%s: read %d messages", name, len(got))
		}
	}
}

// FuzzMessages: whatever a server sends, the reader ends, never panics, and what it read can be
// written and read again.
func FuzzMessages(f *testing.F) {
	f.Add([]byte("id: 12\nevent: starledger.bonus.granted.v1\ndata: {\"a\":1}\n\n"))
	f.Add([]byte(": still here\r\n\r\nid: 1\rdata: a\rdata: b\r\r"))
	f.Add([]byte("data\n\nid: 18446744073709551615\ndata:\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := readAll(bytes.NewReader(text))
		slow, slowErr := readAll(iotest.OneByteReader(bytes.NewReader(text)))
		if (err == nil) != (slowErr == nil) || !cmp.Equal(list, slow, cmp.AllowUnexported(message{})) {
			t.Fatalf("read at once %v, %v; byte by byte %v, %v", list, err, slow, slowErr)
		}
		var again bytes.Buffer
		for _, m := range list {
			if len(m.data) == 0 || len(m.data) > maxLine {
				t.Fatalf("a message of %d bytes", len(m.data))
			}
			writeMessage(&again, m)
		}
		reread, err := readAll(&again)
		if err != nil || !cmp.Equal(list, reread, cmp.AllowUnexported(message{})) {
			t.Fatalf("%v was read again as %v, %v", list, reread, err)
		}
	})
}

func writeMessage(w *bytes.Buffer, m message) {
	w.WriteString("id: " + strconv.FormatUint(m.id, 10) + "\n")
	if m.kind != "" {
		w.WriteString("event: " + m.kind + "\n")
	}
	for line := range strings.SplitSeq(string(m.data), "\n") {
		w.WriteString("data: " + line + "\n")
	}
	w.WriteString("\n")
}
