package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"starledger/events"
	"starledger/events/memlog"
)

// A frailLog does with an append what a test wants.
type frailLog struct {
	events.Log
	append atomic.Pointer[func(events.Append) (uint64, error)]
}

func (l *frailLog) Append(ctx context.Context, a events.Append) (uint64, error) {
	if f := l.append.Load(); f != nil {
		return (*f)(a)
	}
	return l.Log.Append(ctx, a)
}

func (l *frailLog) on(f func(events.Append) (uint64, error)) { l.append.Store(&f) }

// What became of an append decides what the caller is told, and a retry with the same key always
// comes to one event.
func TestAppendFails(t *testing.T) {
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	land := func(l *frailLog, a events.Append) {
		if _, err := l.Log.Append(context.Background(), a); err != nil {
			panic(err)
		}
	}
	for name, c := range map[string]struct {
		fault  func(l *frailLog, a events.Append) error
		status int
		code   string
	}{
		"did not land, unknown": {func(*frailLog, events.Append) error { return events.ErrUnknown }, 503, "outcome-unknown"},
		"landed, unknown":       {func(l *frailLog, a events.Append) error { land(l, a); return events.ErrUnknown }, 201, ""},
		"unavailable":           {func(*frailLog, events.Append) error { return events.ErrUnavailable }, 503, "unavailable"},
		"too large":             {func(*frailLog, events.Append) error { return events.ErrTooLarge }, 413, "event-too-large"},
		"always in conflict":    {func(*frailLog, events.Append) error { return events.ErrConflict }, 503, "case-busy"},
		"landed, in conflict":   {func(l *frailLog, a events.Append) error { land(l, a); return events.ErrConflict }, 201, ""},
		"damaged":               {func(*frailLog, events.Append) error { return &events.GapError{Want: 7} }, 500, "integrity-broken"},
		"anything else":         {func(*frailLog, events.Append) error { return errors.New("disk events.go:12") }, 500, "internal"},
	} {
		t.Run(name, func(t *testing.T) {
			log := &frailLog{Log: memlog.New()}
			w := worldOn(t, log)
			at := w.onSite()
			log.on(func(a events.Append) (uint64, error) { return 0, c.fault(log, a) })
			got := w.post("li", at+"/audits/1/findings", finding, "Idempotency-Key", "k")
			if got.status != c.status || got.get("code") != c.code {
				t.Errorf("%d %s", got.status, got.body)
			}
			if got.status == http.StatusServiceUnavailable && got.header.Get("Retry-After") == "" {
				t.Error("503 without Retry-After")
			}
			if got.status != http.StatusCreated {
				wellFormedProblem(t, got)
			}
			log.append.Store(nil)
			again := w.must("li", at+"/audits/1/findings", finding, "Idempotency-Key", "k")
			if again.get("finding") != "F1" || w.last() != 6 {
				t.Errorf("retry: %d events, %s", w.last(), again.body)
			}
		})
	}
}

// Another node writes to the case between reading and appending: without If-Match the command is
// decided anew on what is there now, with If-Match it is too late.
func TestAnotherNodeWrites(t *testing.T) {
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	for _, matched := range []bool{false, true} {
		log := &frailLog{Log: memlog.New()}
		w := worldOn(t, log)
		at := w.onSite()
		node := worldOn(t, log.Log)
		log.on(func(a events.Append) (uint64, error) {
			log.append.Store(nil)
			node.must("zhao", at+"/audits/1/findings", finding)
			return log.Log.Append(context.Background(), a)
		})
		if matched {
			got := w.post("li", at+"/audits/1/findings", finding, "If-Match", `"5"`)
			if got.status != http.StatusPreconditionFailed || got.get("missed.0.event.data.finding") != "F1" {
				t.Errorf("%d %s", got.status, got.body)
			}
			continue
		}
		if got := w.must("li", at+"/audits/1/findings", finding); got.get("finding") != "F2" {
			t.Errorf("%s", got.body)
		}
	}
}

// A panic is an answer like any other failure, and the next request is served.
func TestPanic(t *testing.T) {
	log := &frailLog{Log: memlog.New()}
	w := worldOn(t, log)
	at := w.onSite()
	log.on(func(events.Append) (uint64, error) { panic("secret of the house") })
	got := w.post("li", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s"}`)
	if got.status != http.StatusInternalServerError || strings.Contains(got.body, "house") {
		t.Errorf("%d %s", got.status, got.body)
	}
	wellFormedProblem(t, got)
	if line := w.output.with(t, got.get("trace_id")); !strings.Contains(line, "secret of the house") || !strings.Contains(line, "faults_test.go") {
		t.Errorf("the log does not say what happened: %s", line)
	}
	log.append.Store(nil)
	w.must("li", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s"}`)
}

// The log has one line a request, and no token, key or body in it.
func TestNoSecretsInTheLog(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("li", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"confidential"}`, "Idempotency-Key", "private-key")
	w.post("li", at+"/audits/1/findings", `{"confidential":1}`, "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	w.post("stranger", at+"/audits/1/findings", `{}`)
	text := w.output.with(t, "status=401")
	for _, secret := range []string{tokenOf("li"), tokenOf("stranger"), "confidential", "private-key", "Bearer"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
	for _, want := range []string{"route=raiseFinding", "status=201", "actor=li", "trace=0af7651916cd43dd8448eb211c80319c"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the log", want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	w := newWorld(t)
	s := w.server
	good := Config{Log: s.log, Views: s.views, Schemes: s.shipped, Attachments: s.attachments, Source: "x"}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Config){
		"no log":    func(c *Config) { c.Log = nil },
		"no source": func(c *Config) { c.Source = "" },
	} {
		cfg := good
		change(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Without randomness nothing is written: an event without salt or nonce would give itself away.
func TestNoRandomness(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.server.random = bytes.NewReader(nil)
	for _, path := range []string{at + "/audits/1/bonuses"} {
		if got := w.post("li", path, `{"reason":"r"}`); got.status != http.StatusInternalServerError {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if w.last() != 5 {
		t.Error("something was written")
	}
}

// A body that breaks off was not a command.
func TestBodyBreaksOff(t *testing.T) {
	w := newWorld(t)
	r, err := http.NewRequest("POST", "/v1/cases", io.MultiReader(strings.NewReader(opening[:20]), failing{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readBody(nil, r, MaxBody); problemOf(err).Code != "body-incomplete" {
		t.Errorf("%v", err)
	}
	if w.last() != 0 {
		t.Error("something was written")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// A caller that is gone is not a failure of the service.
func TestCallerIsGone(t *testing.T) {
	j := newJournal()
	s := &Server{logger: slog.New(slog.NewTextHandler(j, nil))}
	r, err := http.NewRequest("GET", "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &call{Request: r, route: &route{}}
	s.logCall(200, c, &goneError{io.ErrClosedPipe}, 0)
	if line := j.with(t, "closed pipe"); !strings.Contains(line, "level=INFO") {
		t.Errorf("%s", line)
	}
}
