package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"starledger/api"
	"starledger/events"
	"starledger/events/memlog"
	"starledger/projections"
	"starledger/schemas"
	"starledger/scoring"
)

// A ledger is the real HTTP API over a log in memory. Its clock moves one minute with each post,
// from 2026-11-21 09:00 in Shanghai on.
type ledger struct {
	t     testing.TB
	url   string
	now   atomic.Int64
	log   *memlog.Log
	views *projections.Views
	etag  string
	posts int
}

type fields map[string]any

// tokenOf is a person's sign-in.
func tokenOf(actor string) string { return "sign-in-of-" + actor + "-0001" }

const tokensFile = `[
	{"token": "sign-in-of-wang-0001", "actor": "wang", "roles": ["case_officer"]},
	{"token": "sign-in-of-li-0001", "actor": "li", "roles": ["lead_auditor"]},
	{"token": "sign-in-of-zhao-0001", "actor": "zhao", "roles": ["auditor"]},
	{"token": "sign-in-of-zhou-0001", "actor": "zhou", "roles": ["quality"]},
	{"token": "sign-in-of-wu-0001", "actor": "wu", "roles": ["assessor"]}
]`

func newLedger(t testing.TB) *ledger {
	t.Helper()
	l := &ledger{t: t}
	l.now.Store(time.Date(2026, 11, 21, 9, 0, 0, 0, events.Shanghai).UnixMicro())
	clock := func() time.Time { return time.UnixMicro(l.now.Load()) }
	log := memlog.New()
	schemes := bookOf(t)
	dir := t.TempDir()
	views, err := projections.Open(t.Context(), projections.Config{
		Path: filepath.Join(dir, "views.db"), Log: log, Schemes: schemes, Logger: slog.New(slog.DiscardHandler),
		Now: func() events.Instant { return events.InstantOf(clock()) },
	})
	l.must(err)
	l.log, l.views = log, views
	l.run(views)
	tokens, err := api.ParseTokens([]byte(tokensFile))
	l.must(err)
	attachments, err := api.OpenAttachments(filepath.Join(dir, "attachments"))
	l.must(err)
	stopping := make(chan struct{})
	handler, err := api.New(api.Config{
		Log: log, Views: views, Schemes: schemes, Tokens: tokens, Attachments: attachments, Stopping: stopping,
		Source: "ledger.example.org/2026", Clock: clock, Logger: slog.New(slog.DiscardHandler),
	})
	l.must(err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(stopping) })
	l.url = server.URL
	return l
}

// run lets the views follow the log until the test ends.
func (l *ledger) run(views *projections.Views) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- views.Run(ctx) }()
	l.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			l.t.Error(err)
		}
		if err := views.Close(); err != nil {
			l.t.Error(err)
		}
	})
}

func (l *ledger) must(err error) {
	if err != nil {
		l.t.Helper()
		l.t.Fatal(err)
	}
}

func bookOf(t testing.TB) *scoring.Book {
	documents, err := schemas.Schemes()
	if err != nil {
		t.Fatal(err)
	}
	var list []*scoring.Scheme
	for _, document := range documents {
		s, err := scoring.ParseScheme(document)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	book, err := scoring.NewBook(list...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// post sends one command as actor and returns the case it is about.
func (l *ledger) post(actor, path string, body any) string {
	l.t.Helper()
	l.posts++
	l.now.Add(time.Minute.Microseconds())
	text, err := json.Marshal(body, json.Deterministic(true))
	l.must(err)
	request, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, l.url+path, strings.NewReader(string(text)))
	l.must(err)
	request.Header.Set("Authorization", "Bearer "+tokenOf(actor))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", fmt.Sprintf("post-%d", l.posts))
	if path != "/v1/cases" {
		request.Header.Set("If-Match", l.etag)
	}
	response, err := http.DefaultClient.Do(request)
	l.must(err)
	defer response.Body.Close()
	answer, err := readLimited(response.Body, maxDocument)
	l.must(err)
	if response.StatusCode != http.StatusCreated {
		l.t.Fatalf("%s posts %s %s: %d %s", actor, path, text, response.StatusCode, answer)
	}
	l.etag = response.Header.Get("ETag")
	return strings.TrimPrefix(response.Header.Get("Location"), "/v1/cases/")
}

// caughtUp waits until the lists show everything posted.
func (l *ledger) caughtUp() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 10*time.Second)
	defer cancel()
	last, err := l.log.Last(ctx)
	l.must(err)
	l.must(l.views.WaitFor(ctx, last))
}

// appliance is an audit of an appliance service with everything assessed: a deletion, two samples,
// a deduction that was revoked, a special deduction and a bonus.
func (l *ledger) appliance() string {
	id := l.begin("gbt27922-2011", "晨光家电服务有限公司", "家用空调、冰箱、洗衣机的安装和维修")
	on := func(actor, path string, body fields) { l.post(actor, "/v1/cases/"+id+"/"+path, body) }
	on("li", "audits/1/deletions", fields{"clause": "5.2.5.5", "reason": "自营售后，不从事贸易"})
	on("zhao", "batch", sheet(l.t, "5.2.5.5", map[string]fields{
		"5.3.2.2": {"result": "nonconforming", "method": "documents", "sample": fields{"population": 412, "size": 40, "nonconforming": 6}},
		"5.3.1.4": {"result": "nonconforming", "sample": fields{"size": 3, "nonconforming": 1}},
		"5.1.2.2": {"result": "nonconforming", "statement": "未见售后服务管理师证书"},
	}))
	raise := func(clause, severity, statement string) {
		on("zhao", "audits/1/findings", fields{"clause": clause, "category": "nonconformity", "severity": severity, "statement": statement})
	}
	raise("5.3.2.2", "minor", "40件投诉中6件未在承诺的48小时内答复")
	raise("5.3.1.4", "minor", "第二季度未开展顾客满意度调查")
	raise("5.1.2.2", "minor", "未见售后服务管理师证书")
	raise("5.2.2.4", "major", "上门维修的高空作业费未事先明示")
	on("zhao", "audits/1/deductions", fields{"clause": "5.3.2.2", "basis": "sampled", "sample": fields{"size": 40, "nonconforming": 6}, "finding": "F1", "reason": "见F1"})
	on("zhao", "audits/1/deductions", fields{"clause": "5.3.1.4", "basis": "sampled", "sample": fields{"size": 3, "nonconforming": 1}, "finding": "F2", "reason": "见F2"})
	on("zhao", "audits/1/deductions", fields{"clause": "5.1.2.2", "basis": "qualitative", "finding": "F3", "reason": "见F3"})
	on("li", "audits/1/special-deductions", fields{"trigger": "law", "finding": "F4", "reason": "不符合价格法规"})
	on("li", "audits/1/deductions/D3/revocation", fields{"reason": "补充提供证书原件，扣分依据不成立"})
	on("zhao", "audits/1/assessments", fields{"clause": "5.1.2.2", "result": "conforming", "statement": "118人中12人持证，占10.2%"})
	on("li", "audits/1/bonuses", fields{"reason": "整机包修十年"})
	on("li", "audits/1/closing", fields{"held_at": "2026-11-21T09:10:00+08:00"})
	return id
}

// begin opens a case up to the opening meeting.
func (l *ledger) begin(scheme, organization, scope string) string {
	id := l.post("wang", "/v1/cases", fields{"kind": "certification", "scheme": scheme, "organization": fields{"name": organization}, "scope": scope})
	on := func(actor, path string, body fields) { l.post(actor, "/v1/cases/"+id+"/"+path, body) }
	on("wang", "application-review", fields{"outcome": "accepted", "reason": "材料齐全"})
	on("wang", "audits", fields{"kind": "initial", "starts_on": "2026-11-21", "ends_on": "2026-11-22",
		"team": []fields{{"actor": "li", "role": "lead"}, {"actor": "zhao", "role": "auditor"}}})
	on("li", "audits/1/document-review", fields{"outcome": "accepted", "reason": "手册可供现场审查"})
	on("li", "audits/1/opening", fields{"held_at": "2026-11-21T09:00:00+08:00"})
	return id
}

// sheet assesses all clauses but one: as others says, or as conforming.
func sheet(t testing.TB, but string, others map[string]fields) fields {
	commands := []fields{}
	for _, clause := range shippedScheme(t, "gbt27922-2011").Clauses {
		if clause.ID == but {
			continue
		}
		body := fields{"result": "conforming"}
		if other, given := others[clause.ID]; given {
			body = other
		}
		body["clause"] = clause.ID
		commands = append(commands, fields{"path": "audits/1/assessments", "body": body})
	}
	return fields{"commands": commands}
}
