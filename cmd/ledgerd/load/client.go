package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// client sends requests and keeps count of what they came to.
type client struct {
	base string
	http *http.Client
	told *tally
}

func newClient(base string, atOnce int, told *tally) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 0, atOnce
	return &client{strings.TrimSuffix(base, "/"), &http.Client{Transport: transport}, told}
}

// acknowledged is what a command is answered with.
type acknowledged struct {
	Seq     uint64 `json:"seq"`
	ID      string `json:"id"`
	Case    string `json:"case"`
	CaseSeq uint64 `json:"case_seq"`
}

const (
	answerWithin = time.Minute
	mostAnswer   = 4 << 20
	tries        = 20 // of a request that is turned away
)

// post sends a command until it is answered otherwise than with "not now". The key stays the same, so
// it is carried out once, however often it is sent.
func (c *client) post(ctx context.Context, who Person, path, key string, body any) (acknowledged, error) {
	var done acknowledged
	text, err := json.Marshal(body)
	if err != nil {
		return done, err
	}
	answer, err := c.insist(ctx, "command", who, http.MethodPost, path, key, text)
	if err != nil {
		return done, err
	}
	if err := json.Unmarshal(answer, &done); err != nil || done.Seq == 0 {
		return done, c.failed(fmt.Errorf("POST %s answers %.200s: %w", path, answer, errors.Join(err, errForeign)))
	}
	return done, nil
}

var errForeign = errors.New("it is not the answer of a ledger")

func (c *client) get(ctx context.Context, kind string, who Person, path string) ([]byte, error) {
	return c.insist(ctx, kind, who, http.MethodGet, path, "", nil)
}

// insist sends again after Retry-After what was turned away.
func (c *client) insist(ctx context.Context, kind string, who Person, method, path, key string, body []byte) ([]byte, error) {
	for range tries {
		began := time.Now()
		status, retry, answer, err := c.once(ctx, who, method, path, key, body)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err() // the run is over
		case err != nil:
			return nil, c.failed(fmt.Errorf("%s %s: %w", method, path, err))
		case status == http.StatusServiceUnavailable && retry > 0:
			c.told.turnedAway.Add(1)
			if err := pause(ctx, retry); err != nil {
				return nil, err
			}
			continue
		case status != http.StatusOK && status != http.StatusCreated:
			return nil, c.failed(fmt.Errorf("%s %s: %d %.300s", method, path, status, answer))
		}
		c.told.took(kind, time.Since(began))
		return answer, nil
	}
	return nil, c.failed(fmt.Errorf("%s %s was turned away %d times", method, path, tries))
}

func (c *client) once(ctx context.Context, who Person, method, path, key string, body []byte) (status int, retry time.Duration, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	response, err := c.send(ctx, who, method, path, key, "", body)
	if err != nil {
		return 0, 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After")) // 0 where there is none
	return response.StatusCode, time.Duration(seconds) * time.Second, answer, err
}

func (c *client) send(ctx context.Context, who Person, method, path, key, accept string, body []byte) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+who.Token)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	return c.http.Do(request)
}

// failed counts an error and keeps the first few.
func (c *client) failed(err error) error {
	c.told.failed(err)
	return err
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
