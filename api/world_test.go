package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/memlog"
	"starledger/projections"
	"starledger/schemas"
	"starledger/scoring"
)

// A world is a ledger in memory with its read models, served over HTTP, and the people of a small
// certification body. Time stands still until a test moves it.
type world struct {
	testing.TB
	log    events.Log
	views  *projections.Views
	server *Server
	http   *httptest.Server
	output *journal // of the server's logger

	micros atomic.Int64 // the clock
	keys   atomic.Int64 // fresh idempotency keys
}

// people of the world: the token of somebody is the actor's id, lengthened.
var people = []struct {
	actor, organization string
	roles               []Role
}{
	{"wang", "Body", []Role{CaseOfficer}},
	{"li", "Body", []Role{LeadAuditor}},
	{"zhao", "Body", []Role{Auditor}},
	{"sun", "Body", []Role{Reviewer}},
	{"qian", "Body", []Role{DecisionMaker}},
	{"zhou", "Body", []Role{Quality}},
	{"wu", "Accreditation", []Role{Assessor}},
	{"chen", "Morning Light", []Role{ServiceManager}},
	{"ding", "Evening Star", []Role{ServiceManager}},
	{"feng", "Morning Light", []Role{Auditor, ServiceManager}},
	{"root", "Body", []Role{Admin}},
}

func tokenOf(actor string) string { return "token-of-" + strings.Repeat(actor+"-", 4) }

func tokensText() string {
	var list []string
	for _, p := range people {
		roles, err := json.Marshal(p.roles)
		if err != nil {
			panic(err)
		}
		list = append(list, fmt.Sprintf(`{"token":%q,"actor":%q,"organization":%q,"roles":%s}`, tokenOf(p.actor), p.actor, p.organization, roles))
	}
	return "[" + strings.Join(list, ",") + "]"
}

// newWorld begins with an empty ledger.
func newWorld(t testing.TB) *world { return worldOn(t, memlog.New()) }

// worldOn serves a ledger that exists, as after a restart: the read models are made anew. What a test
// wants otherwise it settles last.
func worldOn(t testing.TB, log events.Log, settle ...func(*world, *Config)) *world {
	t.Helper()
	w := &world{TB: t, log: log, output: newJournal()}
	w.micros.Store(time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC).UnixMicro())
	book := schemeBook(t)
	dir := t.TempDir()
	views, err := projections.Open(t.Context(), projections.Config{
		Path: filepath.Join(dir, "views.db"), Log: log, Schemes: book,
		Now: func() events.Instant { return events.InstantOf(w.now()) }, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.views = views
	ctx, stop := context.WithCancel(context.Background())
	running := make(chan error, 1)
	go func() { running <- views.Run(ctx) }()
	attachments, err := OpenAttachments(filepath.Join(dir, "attachments"))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := ParseTokens([]byte(tokensText()))
	if err != nil {
		t.Fatal(err)
	}
	config := Config{
		Log: log, Views: views, Schemes: book, Tokens: tokens, Attachments: attachments,
		Source: "ledger.example.org/2026", Clock: w.now, Logger: slog.New(slog.NewTextHandler(w.output, nil)),
	}
	for _, settle := range settle {
		settle(w, &config)
	}
	if w.server, err = New(config); err != nil {
		t.Fatal(err)
	}
	w.http = httptest.NewServer(w.server)
	t.Cleanup(func() {
		w.http.Close()
		stop()
		<-running
		if err := views.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func schemeBook(t testing.TB) *scoring.Book {
	t.Helper()
	documents, err := schemas.Schemes()
	if err != nil {
		t.Fatal(err)
	}
	var list []*scoring.Scheme
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, scheme)
	}
	book, err := scoring.NewBook(list...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func (w *world) now() time.Time { return time.UnixMicro(w.micros.Load()).UTC() }

// later moves the clock.
func (w *world) later(d time.Duration) { w.micros.Add(d.Microseconds()) }

// last is how many events the ledger has.
func (w *world) last() uint64 {
	w.Helper()
	last, err := w.log.Last(context.Background())
	if err != nil {
		w.Fatal(err)
	}
	return last
}

// A reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

// get is a member of the body by its path, "" when it is not there: score.final, errors.0.pointer.
func (r reply) get(path string) string {
	var v any
	d := json.NewDecoder(strings.NewReader(r.body))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return ""
	}
	for name := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(in) {
				return ""
			}
			v = in[i]
		default:
			return ""
		}
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// send sends any request; headers are name, value, name, value, and "" takes a header away.
func (w *world) send(method, path, actor, body string, headers ...string) reply {
	w.Helper()
	r, err := http.NewRequest(method, w.http.URL+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	if actor != "" {
		r.Header.Set("Authorization", "Bearer "+tokenOf(actor))
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", fmt.Sprintf("fresh-%d", w.keys.Add(1)))
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	answer, err := w.http.Client().Do(r)
	if err != nil {
		w.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.Fatal(err)
	}
	came := reply{answer.StatusCode, answer.Header, string(text)}
	if came.status != http.StatusInternalServerError { // what is broken is in no contract
		w.conforms(r, body, came)
	}
	return came
}

func (w *world) post(actor, path, body string, headers ...string) reply {
	w.Helper()
	return w.send(http.MethodPost, path, actor, body, headers...)
}

// must posts what has to succeed.
func (w *world) must(actor, path, body string, headers ...string) reply {
	w.Helper()
	answer := w.post(actor, path, body, headers...)
	if answer.status != http.StatusCreated {
		w.Fatalf("%s posts %s %s: %d %s", actor, path, body, answer.status, answer.body)
	}
	return answer
}

const opening = `{"kind":"certification","scheme":"gbt27922-2011","organization":{"name":"Morning Light"},"scope":"Appliances"}`

// open opens a case and returns its path.
func (w *world) open() string {
	w.Helper()
	return w.must("wang", "/v1/cases", opening).header.Get("Location")
}

// onSite is a case whose audit 1 is open, with li as lead and zhao as auditor.
func (w *world) onSite() string {
	w.Helper()
	at := w.open()
	w.start(at)
	return at
}

// start brings a case that was opened to the opening meeting of audit 1.
func (w *world) start(at string) {
	w.Helper()
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"},{"actor":"zhao","role":"auditor"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("li", at+"/audits/1/document-review", `{"outcome":"accepted","reason":"in order"}`)
	w.must("li", at+"/audits/1/opening", `{"held_at":"2026-11-21T15:00:00+08:00"}`)
}

// seen is the If-Match for a case as it stands.
func (w *world) seen(at string) (name, tag string) {
	w.Helper()
	h, err := w.views.History(context.Background(), events.CaseID(strings.TrimPrefix(at, "/v1/cases/")))
	if err != nil {
		w.Fatal(err)
	}
	return "If-Match", fmt.Sprintf(`"%d"`, h.Case.Head.CaseSeq)
}

// journal keeps what is logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // closed and replaced with every line
}

func newJournal() *journal { return &journal{more: make(chan struct{})} }

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	close(j.more)
	j.more = make(chan struct{})
	return j.text.Write(b)
}

// with is the journal as soon as it has a text: an answer does not wait for its line.
func (j *journal) with(t testing.TB, text string) string {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		j.mu.Lock()
		all, more := j.text.String(), j.more
		j.mu.Unlock()
		if strings.Contains(all, text) {
			return all
		}
		select {
		case <-more:
		case <-late:
			t.Fatalf("the log does not say %q: %s", text, all)
		}
	}
}

// events are the events of a case, from the log.
func (w *world) events(at string) []*events.Stored {
	w.Helper()
	var list []*events.Stored
	for record, err := range w.log.ReadCase(context.Background(), strings.TrimPrefix(at, "/v1/cases/"), w.last()) {
		if err != nil {
			w.Fatal(err)
		}
		e, err := events.DecodeRecord(record)
		if err != nil {
			w.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}
