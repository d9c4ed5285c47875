package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Limits on what a server may send. A server that sends more is not one of ours.
const (
	maxDocument = 32 << 20 // a page of cases or events, a scheme, a score
	maxProblem  = 1 << 20
	maxLine     = 1 << 20 // a stored event is at most 256 KiB; its envelope is small
	maxHeaders  = 64 << 10
)

// The media types that are asked for.
const (
	mediaJSON   = "application/json"
	mediaNDJSON = "application/x-ndjson"
	mediaSSE    = "text/event-stream"
)

var (
	errUnreachable = errors.New("the server cannot be reached")
	errSilent      = errors.New("the server has been silent for too long")
	errForeign     = errors.New("the answer is not one of a ledger")
)

// A client asks one server. It follows no redirect, so that the token goes nowhere else.
type client struct {
	server   *url.URL
	token    string
	language language
	patience time.Duration // the longest silence of the server
	http     *http.Client
}

func newClient(server *url.URL, token string, l language, patience time.Duration) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxResponseHeaderBytes = maxHeaders
	return &client{
		server: server, token: token, language: l, patience: patience,
		http: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// A question is one GET.
type question struct {
	path   []string // below the server's address; each part is escaped
	query  url.Values
	accept string
	after  string // Last-Event-ID
}

// document reads a JSON answer whole, as the server wrote it.
func (c *client) document(ctx context.Context, q question) ([]byte, error) {
	q.accept = mediaJSON
	answer, err := c.open(ctx, q, c.patience)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	text, err := readLimited(answer, maxDocument)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", q.name(), err)
	}
	return text, nil
}

// read decodes a JSON answer into target and returns its text.
func (c *client) read(ctx context.Context, q question, target any) ([]byte, error) {
	text, err := c.document(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, target); err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", q.name(), errForeign, err)
	}
	return text, nil
}

// open asks and returns the body of an answer of the media type asked for. A refusal is a *problem.
// The body ends with errSilent when nothing comes for as long as patience; the caller closes it.
func (c *client) open(ctx context.Context, q question, patience time.Duration) (io.ReadCloser, error) {
	ctx, quiet := watch(ctx, patience)
	response, err := c.send(ctx, q)
	if err != nil {
		err = fmt.Errorf("ask for %s: %w", q.name(), explained(ctx, err))
		quiet.stop()
		return nil, err
	}
	body := &answer{ctx: ctx, quiet: quiet, body: response.Body}
	if err := judge(response, q, body); err != nil {
		return nil, errors.Join(err, body.Close())
	}
	return body, nil
}

func (c *client) send(ctx context.Context, q question) (*http.Response, error) {
	address := c.server.JoinPath(q.path...)
	address.RawQuery = q.query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", q.accept)
	request.Header.Set("Accept-Language", string(c.language))
	request.Header.Set("User-Agent", "ledgerctl/"+version())
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	if q.after != "" {
		request.Header.Set("Last-Event-ID", q.after)
	}
	return c.http.Do(request)
}

// judge tells whether the answer is the one asked for.
func judge(response *http.Response, q question, body io.Reader) error {
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	switch {
	case response.StatusCode == http.StatusOK && kind == q.accept:
		return nil
	case response.StatusCode == http.StatusOK:
		return fmt.Errorf("%s: %w: it is %q instead of %s", q.name(), errForeign, kind, q.accept)
	case response.StatusCode < http.StatusBadRequest:
		return fmt.Errorf("%s: %w: it points elsewhere (%d); give --server the final address", q.name(), errForeign, response.StatusCode)
	}
	text, err := readLimited(body, maxProblem)
	if err != nil {
		return fmt.Errorf("read the refusal of %s (%d): %w", q.name(), response.StatusCode, err)
	}
	return problemOf(response.StatusCode, text)
}

// name is how messages call what was asked for. It has neither server nor query in it.
func (q question) name() string { return "/" + strings.Join(q.path, "/") }

func readLimited(r io.Reader, most int) ([]byte, error) {
	var text bytes.Buffer
	n, err := io.Copy(&text, io.LimitReader(r, int64(most)+1))
	if err == nil && n > int64(most) {
		err = fmt.Errorf("%w: it has more than %d bytes", errForeign, most)
	}
	return text.Bytes(), err
}
