package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// The demo is a small certification body: a case of every scheme, one client over three years, an
// enterprise that evaluates itself, an imported client and an accreditation review. It is posted through
// the HTTP API like any other work, by the people whose work it is, so it shows nothing the service does
// not do. Nothing is recorded before it happened to be posted: what lies in the past says when it was
// effective, and why it is entered late.
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

// A demo is what a start with --demo has besides: when its directory was first used, and who may sign in.
type demo struct {
	began  time.Time
	people []demoPerson // none without --demo
}

// prepareDemo marks the directory as a demo's and gives cfg the tokens of this run.
func prepareDemo(cfg *Config) (d demo, err error) {
	if !cfg.Demo {
		return demo{}, nil
	}
	if d.began, err = demoStart(cfg.Data, time.Now()); err != nil {
		return demo{}, err
	}
	d.people = demoPeople()
	cfg.Tokens, err = writeDemoTokens(cfg.Data, d.people)
	return d, err
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
		{"access", demoAccess}, {"appliance", demoAppliance}, {"progress", demoProgress}, {"rated", demoRated},
		{"registry", demoRegistry}, {"completeness", demoCompleteness}, {"maturity", demoMaturity},
		{"internal", demoInternal}, {"imported", demoImported}, {"years", demoYears}, {"review", demoReview},
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
