package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"starledger/events"
)

// demoPoster posts one story after another, as one person after another.
type demoPoster struct {
	base   string
	start  time.Time
	tokens map[string]string // actor -> token
	posted int
}

// story is a row of requests about one case, each resting on the one before.
type story struct {
	*demoPoster
	ctx  context.Context
	name string
	path string // of the case
	note string // stands on every entry that has none; "" for none
	etag string
	said []byte // the latest answer
	step int
	err  error
}

type fields map[string]any

// daysAgo is a time of the story: hour o'clock in Shanghai, so many days before the demo's start.
func (p *demoPoster) daysAgo(days, hour int) string {
	day := p.start.In(events.Shanghai).AddDate(0, 0, -days)
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, events.Shanghai).Format(time.RFC3339)
}

// day is a date of the story.
func (p *demoPoster) day(daysAgo int) string { return p.daysAgo(daysAgo, 0)[:len(time.DateOnly)] }

// post sends one request as actor. After a failure the story stands still and err says why.
func (s *story) post(actor, path string, body any) {
	if s.err != nil {
		return
	}
	s.step++
	saysWhyLate(body)
	s.remark(body)
	if err := s.send(actor, path, body); err != nil {
		s.err = fmt.Errorf("demo %s, step %d, %s by %s: %w", s.name, s.step, path, actor, err)
	}
}

// on posts to a path inside the case.
func (s *story) on(actor, path string, body any) { s.post(actor, s.path+"/"+path, body) }

func (s *story) send(actor, path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	header := http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {fmt.Sprintf("demo-%s-%d", s.name, s.step)}}
	if s.etag != "" {
		header.Set("If-Match", s.etag)
	}
	answer, got, err := s.ask(actor, http.MethodPost, path, header, text)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s: %s", answer.Status, got)
	}
	if answer.Header.Get("Idempotency-Replayed") == "" {
		s.posted++
	}
	if location := answer.Header.Get("Location"); location != "" && s.path == "" {
		s.path = location
	}
	s.etag, s.said = answer.Header.Get("ETag"), got
	return nil
}

// ask sends any request and reads the whole answer.
func (s *story) ask(actor, method, path string, header http.Header, body []byte) (*http.Response, []byte, error) {
	request, err := http.NewRequestWithContext(s.ctx, method, s.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	request.Header = header
	request.Header.Set("Authorization", "Bearer "+s.tokens[actor])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	return answer, got, err
}

// attach stores a text and says how evidence names it. The same bytes are the same attachment, so a
// restart stores nothing new.
func (s *story) attach(actor, name, text string) fields {
	if s.err != nil {
		return nil
	}
	answer, got, err := s.ask(actor, http.MethodPost, "/v1/attachments", http.Header{"Content-Type": {"text/plain"}}, []byte(text))
	stored := struct {
		SHA256 string `json:"sha256"`
	}{}
	if err == nil && answer.StatusCode != http.StatusCreated {
		err = fmt.Errorf("%s: %s", answer.Status, got)
	}
	if err == nil {
		err = json.Unmarshal(got, &stored)
	}
	if err != nil {
		s.err = fmt.Errorf("demo %s: store %s: %w", s.name, name, err)
	}
	return fields{"sha256": stored.SHA256, "media_type": "text/plain", "name": name}
}

// scheme is a version of a scheme as the service shows it, and its digest.
func (s *story) scheme(id, version string) (document fields, digest string) {
	if s.err != nil {
		return fields{}, ""
	}
	answer, got, err := s.ask("root", http.MethodGet, "/v1/schemes/"+id+"?version="+version, http.Header{}, nil)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, got)
	}
	if err == nil {
		err = json.Unmarshal(got, &document)
	}
	if err != nil {
		s.err = fmt.Errorf("demo %s: read scheme %s: %w", s.name, id, err)
		return fields{}, ""
	}
	return document, strings.Trim(answer.Header.Get("ETag"), `"`)
}

// remark puts the story's note on every command of a body that has none.
func (s *story) remark(body any) {
	said, ok := body.(fields)
	if !ok || s.note == "" {
		return
	}
	commands, batch := said["commands"].([]fields)
	if !batch && said["note"] == nil {
		said["note"] = s.note
	}
	for _, command := range commands {
		s.remark(command["body"])
	}
}

// caseID is the case of the story.
func (s *story) caseID() string { return s.path[strings.LastIndexByte(s.path, '/')+1:] }
