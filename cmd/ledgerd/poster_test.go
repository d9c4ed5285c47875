package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
)

// A poster sends one request again and again, over a connection that it keeps. The load runs on the
// same processors as the server whose speed is asked, and Go's own client would take half as much of
// them as the server does. So a poster does no more than a caller has to: its request is made
// beforehand but for the idempotency key, and of an answer it reads the status and where it ends.
type poster struct {
	b       *testing.B
	address string
	conn    net.Conn
	answers *bufio.Reader
	request []byte
	key     []byte // the digits of the key, within request
}

const posterKey = "Idempotency-Key: "

// newPoster makes the request of a poster, which connects when it sends for the first time: a server
// does not wait long for the first request of a connection.
func newPoster(b *testing.B, url, method, path, body string) *poster {
	p := &poster{b: b, address: strings.TrimPrefix(url, "http://")}
	p.request = fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s%020d\r\n\r\n%s",
		method, path, p.address, officerToken, len(body), posterKey, 0, body)
	at := bytes.Index(p.request, []byte(posterKey)) + len(posterKey)
	p.key = p.request[at : at+20]
	return p
}

// must sends the request with a key made of n, and fails the benchmark unless it is answered with the
// status.
func (p *poster) must(n, status int) {
	if p.b.Failed() {
		return
	}
	copy(p.key, fmt.Sprintf("%020d", n))
	got, body, err := p.exchange()
	if err != nil || got != status {
		p.b.Errorf("answered %d %s %v", got, body, err)
	}
}

func (p *poster) exchange() (status int, body []byte, err error) {
	if p.conn == nil {
		if p.conn, err = net.Dial("tcp", p.address); err != nil {
			return 0, nil, err
		}
		p.b.Cleanup(func() { p.conn.Close() })
		p.answers = bufio.NewReader(p.conn)
	}
	if _, err := p.conn.Write(p.request); err != nil {
		return 0, nil, err
	}
	status, length, err := p.head()
	if err != nil {
		return 0, nil, err
	}
	if body, err = p.answers.Peek(length); err == nil {
		_, err = p.answers.Discard(length)
	}
	return status, body, err
}

// head reads an answer up to its body.
func (p *poster) head() (status, length int, err error) {
	for first := true; ; first = false {
		line, err := p.answers.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if first {
			status, err = strconv.Atoi(string(line[len("HTTP/1.1 "):][:3]))
		} else if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, err = strconv.Atoi(string(value))
		} else if len(line) == 0 {
			return status, length, nil
		}
		if err != nil {
			return 0, 0, err
		}
	}
}
