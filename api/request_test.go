package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/decide"
)

// The digest of a request is stored for ever, so it may never change; and no part of a request can
// pass for part of another.
func TestRequestDigest(t *testing.T) {
	digest := func(method, url, body string) events.Digest {
		r, err := http.NewRequest(method, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		return requestDigest(r, []byte(body))
	}
	first := digest("POST", "/v1/cases?dry_run=false", "{}")
	if first != "sha256:e0ad9891a3f72ead120e5fbcb8fe6b5d06f912e67ea73e7bc624545694449deb" {
		t.Errorf("the digest has changed: %s", first)
	}
	for name, other := range map[string]events.Digest{
		"method": digest("PUT", "/v1/cases?dry_run=false", "{}"),
		"path":   digest("POST", "/v1/cases/?dry_run=false", "{}"),
		"query":  digest("POST", "/v1/cases", "{}"),
		"body":   digest("POST", "/v1/cases?dry_run=false", "{} "),
		"shift":  digest("POST", "/v1/case?sdry_run=false", "{}"),
	} {
		if other == first {
			t.Errorf("%s does not count", name)
		}
	}
}

// What a member has to look like is said for every type that can stand in a command.
func TestEveryTypeHasAnExpectation(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(t *testing.T, in reflect.Type)
	visit = func(t *testing.T, in reflect.Type) {
		if seen[in] {
			return
		}
		seen[in] = true
		if key := expectation(in); key == "other" {
			t.Errorf("%s: nothing is said", in)
		} else if _, known := wordings["expected:"+key]; !known && !strings.Contains(key, ", ") {
			t.Errorf("%s: %q has no text", in, key)
		}
		switch in.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(t, in.Elem())
		case reflect.Struct:
			if in == reflect.TypeFor[decide.GrantedCases]() {
				return
			}
			for i := range in.NumField() {
				if in.Field(i).Tag.Get("json") != "-" {
					visit(t, in.Field(i).Type)
				}
			}
		}
	}
	for _, c := range append(commands, openCase, makeGrant, revokeGrant) {
		visit(t, reflect.TypeOf(c.blank(parts{})).Elem())
	}
	if expectation(nil) != "other" || expectation(reflect.TypeFor[chan int]()) != "other" {
		t.Error("of nothing something is said")
	}
}

// Who waits for a lock and gives up leaves nothing behind.
func TestLocks(t *testing.T) {
	var l locks
	release, err := l.acquire(t.Context(), "case")
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.acquire(gone, "case"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if problem := problemOf(context.Canceled); problem.Status != http.StatusServiceUnavailable {
		t.Errorf("%v", problem)
	}
	release()
	if len(l.held) != 0 {
		t.Errorf("%d locks are left", len(l.held))
	}
}

// An attachment of unknown length is stopped at the limit, and one that breaks off leaves nothing.
func TestAttachmentStreams(t *testing.T) {
	w := newWorld(t)
	send := func(body io.Reader) (int, error) {
		r, err := http.NewRequest("POST", w.http.URL+"/v1/attachments", body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Authorization": {"Bearer " + tokenOf("li")}, "Content-Type": {"image/png"}}
		answer, err := w.http.Client().Do(r)
		if err != nil {
			return 0, err
		}
		return answer.StatusCode, answer.Body.Close()
	}
	if got, err := send(io.LimitReader(endless{}, MaxAttachment)); err != nil || got != http.StatusCreated {
		t.Errorf("at the limit: %d %v", got, err)
	}
	// The server may close the line while the caller still sends: then there is no answer to read.
	if got, err := send(io.LimitReader(endless{}, MaxAttachment+1)); err == nil && got != http.StatusRequestEntityTooLarge {
		t.Errorf("over the limit: %d", got)
	}
	if p := attachmentProblem(&http.MaxBytesError{}); problemOf(p).Code != "attachment-too-large" {
		t.Errorf("%v", p)
	}
	if p := attachmentProblem(io.ErrUnexpectedEOF); problemOf(p).Code != "body-incomplete" {
		t.Errorf("%v", p)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }
