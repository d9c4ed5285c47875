package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// The demo is a small certification body with three cases. It is posted through the HTTP API like
// any other work, by the people whose work it is, so it shows nothing the service does not do.
//
// Every request has a fixed idempotency key and depends on nothing but the instant the directory
// was first used, which is kept in it: a restart posts the same requests again and adds nothing.

// demoPerson is one sign-in of the demo. The tokens are drawn anew at each start.
type demoPerson struct {
	Token        string   `json:"token"`
	Actor        string   `json:"actor"`
	Name         string   `json:"name"`
	Organization string   `json:"organization"`
	Roles        []string `json:"roles"`
}

const (
	demoBody    = "示例认证有限公司" // the certification body
	demoCompany = "晨光家电服务有限公司"
)

func demoPeople() []demoPerson {
	people := []demoPerson{
		{Actor: "wang", Name: "王文员", Organization: demoBody, Roles: []string{"case_officer"}},
		{Actor: "li", Name: "李组长", Organization: demoBody, Roles: []string{"lead_auditor"}},
		{Actor: "zhao", Name: "赵审查", Organization: demoBody, Roles: []string{"auditor"}},
		{Actor: "sun", Name: "孙复核", Organization: demoBody, Roles: []string{"reviewer"}},
		{Actor: "qian", Name: "钱决定", Organization: demoBody, Roles: []string{"decision_maker"}},
		{Actor: "zhou", Name: "周质量", Organization: demoBody, Roles: []string{"quality"}},
		{Actor: "wu", Name: "吴认可", Organization: "示例认可委员会", Roles: []string{"assessor"}},
		{Actor: "chen", Name: "陈服务", Organization: demoCompany, Roles: []string{"service_manager"}},
		{Actor: "root", Name: "系统管理", Organization: demoBody, Roles: []string{"admin"}},
	}
	for i := range people {
		people[i].Token = rand.Text()
	}
	return people
}

// writeDemoTokens makes the tokens file of this run.
func writeDemoTokens(dir string, people []demoPerson) (path string, err error) {
	text, err := json.Marshal(people)
	if err != nil {
		return "", fmt.Errorf("write the demo's tokens: %w", err)
	}
	path = filepath.Join(dir, "tokens.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return "", fmt.Errorf("write the demo's tokens: %w", err)
	}
	return path, nil
}

// demoStart is when the demo directory was first used. A directory that holds a ledger and is not
// marked as a demo's is refused: a demo must never be posted into a real ledger.
func demoStart(dir string, now time.Time) (time.Time, error) {
	mark := filepath.Join(dir, "demo")
	text, err := os.ReadFile(mark)
	if err == nil {
		return time.Parse(time.RFC3339, strings.TrimSpace(string(text)))
	}
	if entries, readErr := os.ReadDir(dir); readErr == nil && len(entries) > 0 {
		return time.Time{}, fmt.Errorf("%s holds something that is not a demo: choose another --data", dir)
	}
	now = now.UTC().Truncate(time.Second)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return time.Time{}, fmt.Errorf("make the demo directory: %w", err)
	}
	if err := os.WriteFile(mark, []byte(now.Format(time.RFC3339)+"\n"), 0o600); err != nil {
		return time.Time{}, fmt.Errorf("mark the demo directory: %w", err)
	}
	return now, nil
}

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
	etag string
	step int
	err  error
}

type fields map[string]any

// daysAgo is a time of the story: hour o'clock in Shanghai, so many days before the demo's start.
func (p *demoPoster) daysAgo(days, hour int) string {
	shanghai := time.FixedZone("Asia/Shanghai", 8*60*60)
	day := p.start.In(shanghai).AddDate(0, 0, -days)
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, shanghai).Format(time.RFC3339)
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
	if err := s.send(actor, path, body); err != nil {
		s.err = fmt.Errorf("demo %s, step %d, %s by %s: %w", s.name, s.step, path, actor, err)
	}
}

func (s *story) send(actor, path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(s.ctx, http.MethodPost, s.base+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+s.tokens[actor])
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", fmt.Sprintf("demo-%s-%d", s.name, s.step))
	if s.etag != "" {
		request.Header.Set("If-Match", s.etag)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s: %s", response.Status, answer)
	}
	if response.Header.Get("Idempotency-Replayed") == "" {
		s.posted++
	}
	if location := response.Header.Get("Location"); location != "" && s.path == "" {
		s.path = location
	}
	s.etag = response.Header.Get("ETag")
	return nil
}

// on posts to a path inside the case.
func (s *story) on(actor, path string, body any) { s.post(actor, s.path+"/"+path, body) }

// postDemo tells all stories. It returns how many requests were new, 0 when all had been posted
// before, and the case that has a certificate.
func postDemo(ctx context.Context, base string, start time.Time, people []demoPerson) (posted int, certified string, err error) {
	poster := &demoPoster{base: base, start: start, tokens: map[string]string{}}
	for _, person := range people {
		poster.tokens[person.Actor] = person.Token
	}
	for _, tell := range []struct {
		name  string
		story func(*story)
	}{
		{"access", demoAccess}, {"appliance", demoAppliance}, {"progress", demoProgress}, {"rated", demoRated}, {"people", demoRegistry},
	} {
		s := &story{demoPoster: poster, ctx: ctx, name: tell.name}
		if tell.story(s); s.err != nil {
			return poster.posted, "", s.err
		}
		if tell.name == "appliance" {
			certified = path.Base(s.path)
		}
	}
	return poster.posted, certified, nil
}
