package api

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
)

// A door is the listener of the API. What is no HTTP request, or has more headers than are read, net/http
// refuses by itself, with a line of plain text and before any handler: the connections of a door say it
// as a problem, like every other refusal. Under TLS net/http writes into the cipher, where nothing can be
// exchanged, and its own text stays.
type door struct {
	net.Listener
	server *Server
}

// Door is a listener for the http.Server that serves s.
func (s *Server) Door(listener net.Listener) net.Listener { return door{listener, s} }

// Accept waits for the next connection. One that is not TCP is left as it is.
func (d door) Accept() (net.Conn, error) {
	accepted, err := d.Listener.Accept()
	if tcp, ok := accepted.(*net.TCPConn); ok && err == nil {
		return &visitor{tcp, d.server}, nil
	}
	return accepted, err
}

// A visitor is a connection that came through a door. It is a TCP connection in all but Write.
type visitor struct {
	*net.TCPConn
	server *Server
}

// Write exchanges a refusal that net/http writes past every handler; everything else goes through.
func (v *visitor) Write(b []byte) (int, error) {
	status, own := ownRefusal(b)
	if !own {
		return v.TCPConn.Write(b)
	}
	answer, err := v.server.refusal(status, v.RemoteAddr())
	if err != nil {
		return v.TCPConn.Write(b)
	}
	if _, err := v.TCPConn.Write(answer); err != nil {
		return 0, err
	}
	return len(b), nil
}

// The headers of net/http's own refusals, which it writes in one piece. No handler's answer looks like
// that: it begins with the headers in their order, or with the date.
var ownHeaders = []byte("Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

func ownRefusal(b []byte) (status int, own bool) {
	line, rest, _ := bytes.Cut(b[:min(len(b), 512)], []byte("\r\n"))
	code, found := bytes.CutPrefix(line, []byte("HTTP/1.1 "))
	if !found || len(code) < 3 || !bytes.HasPrefix(rest, ownHeaders) {
		return 0, false
	}
	status, err := strconv.Atoi(string(code[:3]))
	return status, err == nil && status >= http.StatusBadRequest
}

// refusal is the whole answer to what was never a request. Nothing of it could be read, not even the
// language, so it is in that for programs.
func (s *Server) refusal(status int, from net.Addr) ([]byte, error) {
	trace := s.traceOf(nil)
	s.logger.Info("no request", slog.Int("status", status), slog.String("from", from.String()), slog.String("trace", trace))
	draft := &draft{header: http.Header{}}
	secure(draft.header)
	if err := writeProblem(draft, &call{language: english, trace: trace}, noRequest(status)); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	answer := http.Response{
		StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: draft.header, Close: true,
		Body: io.NopCloser(&draft.body), ContentLength: int64(draft.body.Len()),
	}
	if err := answer.Write(&text); err != nil {
		return nil, fmt.Errorf("write a refusal: %w", err)
	}
	return text.Bytes(), nil
}

func noRequest(status int) *Problem {
	switch status {
	case http.StatusRequestHeaderFieldsTooLarge:
		return refuse(status, "headers-too-large")
	case http.StatusNotImplemented:
		return refuse(status, "transfer-coding-unknown")
	}
	return refuse(status, "request-malformed")
}

// A draft is an answer that is not on its way yet.
type draft struct {
	header http.Header
	body   bytes.Buffer
}

func (d *draft) Header() http.Header         { return d.header }
func (d *draft) Write(b []byte) (int, error) { return d.body.Write(b) }
func (*draft) WriteHeader(int)               {}
