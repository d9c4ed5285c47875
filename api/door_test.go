package api

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// What net/http refuses before any handler is a problem like every other refusal. If a release of Go
// words its refusals otherwise, this test says so.
func TestWhatIsNoRequest(t *testing.T) {
	w := newWorld(t)
	address := w.door()
	for _, c := range []struct {
		name, sent string
		status     int
		code       string
	}{
		{"no HTTP", "hello\r\n\r\n", 400, "request-malformed"},
		{"no host", "GET /v1/cases HTTP/1.1\r\n\r\n", 400, "request-malformed"},
		{"a bad header", "GET / HTTP/1.1\r\nHost: x\r\nbad header: 1\r\n\r\n", 400, "request-malformed"},
		{"a bad length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400, "request-malformed"},
		{"too many headers", "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 200<<10) + "\r\n\r\n", 431, "headers-too-large"},
		{"an unknown coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: dance\r\n\r\n", 501, "transfer-coding-unknown"},
		{"another version", "GET / HTTP/3.7\r\nHost: x\r\n\r\n", 505, "request-malformed"},
		{"a request", "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404, "route-unknown"},
	} {
		answer, body := w.say(address, c.sent)
		var problem struct {
			Status  int    `json:"status"`
			Code    string `json:"code"`
			Title   string `json:"title"`
			Detail  string `json:"detail"`
			TraceID string `json:"trace_id"`
		}
		if err := json.Unmarshal(body, &problem); err != nil {
			t.Fatalf("%s: %d %q: %v", c.name, answer.StatusCode, body, err)
		}
		if answer.StatusCode != c.status || problem.Status != c.status || problem.Code != c.code || answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %v %s", c.name, answer.StatusCode, answer.Header, body)
		}
		if problem.Title == "" || problem.Detail == problem.Code || len(problem.TraceID) != 32 || !answer.Close || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v %s", c.name, answer.Header, body)
		}
	}
	w.output.with(t, "no request")
}

// door serves the world through a door of its own.
func (w *world) door() string {
	w.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.Fatal(err)
	}
	server := &http.Server{Handler: w.server, MaxHeaderBytes: MaxHeaderBytes}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(w.server.Door(listener)) }()
	w.TB.Cleanup(func() {
		if err := server.Close(); err != nil {
			w.Error(err)
		}
		<-ended
	})
	return listener.Addr().String()
}

// say sends bytes and reads the answer.
func (w *world) say(address, text string) (*http.Response, []byte) {
	w.Helper()
	line, err := net.Dial("tcp", address)
	if err != nil {
		w.Fatal(err)
	}
	defer line.Close()
	go fmt.Fprint(line, text) // the server may hang up before it has read all
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	if err != nil {
		w.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		w.Fatal(err)
	}
	return answer, body
}

func FuzzOwnRefusal(f *testing.F) {
	f.Add([]byte("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nDate: x\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 4"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if status, own := ownRefusal(b); own && (status < 400 || status > 999) {
			t.Errorf("%d", status)
		}
	})
}
