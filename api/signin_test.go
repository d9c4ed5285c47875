package api

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTokensFileRefused(t *testing.T) {
	good := `"token":"0123456789abcdef","actor":"li","roles":["auditor"]`
	for name, text := range map[string]string{
		"not JSON":          `token`,
		"not a list":        `{` + good + `}`,
		"trailing data":     `[{` + good + `}] []`,
		"closing too early": `[{` + good + `}]}, {"entries":[`,
		"empty":             `[]`,
		"unknown member":    `[{` + good + `,"admin":true}]`,
		"no roles":          `[{"token":"0123456789abcdef","actor":"li"}]`,
		"unknown role":      `[{"token":"0123456789abcdef","actor":"li","roles":["root"]}]`,
		"short token":       `[{"token":"0123456789abcde","actor":"li","roles":["auditor"]}]`,
		"token with space":  `[{"token":"0123456789 abcdef","actor":"li","roles":["auditor"]}]`,
		"token twice":       `[{` + good + `},{"token":"0123456789abcdef","actor":"wu","roles":["auditor"]}]`,
		"actor twice":       `[{` + good + `},{"token":"0123456789abcdeg","actor":"li","roles":["auditor"]}]`,
		"manager of nobody": `[{"token":"0123456789abcdef","actor":"li","roles":["service_manager"]}]`,
	} {
		_, err := ParseTokens([]byte(text))
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "0123456789") {
			t.Errorf("%s: quotes a token: %v", name, err)
		}
	}
	if _, err := ParseTokens([]byte(`[{` + good + `}]`)); err != nil {
		t.Error(err)
	}
}

func TestTokensFileIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens.json")
	if _, err := LoadTokens(path); err == nil {
		t.Error("loaded a file that is not there")
	}
	if err := os.WriteFile(path, []byte(tokensText()), 0o600); err != nil {
		t.Fatal(err)
	}
	tokens, err := LoadTokens(path)
	if err != nil || tokens.find(tokenOf("li")).ID != "li" || tokens.find("li") != nil {
		t.Errorf("%v", err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadTokens(path); err == nil {
			t.Errorf("mode %o: loaded", mode)
		}
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadTokens(path); err == nil {
		t.Error("loaded something else")
	}
}

// Failed sign-ins are slowed down; a good token is let in whatever happened before.
func TestFailedSignIns(t *testing.T) {
	w := newWorld(t)
	fail := func() reply { return w.send("GET", "/v1/policies", "stranger", "") }
	for range failureBurst {
		if got := fail(); got.status != 401 {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	got := fail()
	if got.status != 429 || got.header.Get("Retry-After") == "" {
		t.Errorf("%d %v", got.status, got.header)
	}
	wellFormedProblem(t, got)
	if good := w.send("GET", "/v1/policies", "li", ""); good.status != 200 {
		t.Errorf("a good token: %d", good.status)
	}
	w.later(failureInterval)
	if got := fail(); got.status != 401 {
		t.Errorf("after a while: %d", got.status)
	}
	if got := fail(); got.status != 429 {
		t.Errorf("and at once again: %d", got.status)
	}
}

// The memory of failures is bounded, whoever calls.
func TestFailuresAreForgotten(t *testing.T) {
	var f failures
	now := time.Unix(0, 0)
	for i := range failureAddrs + 100 {
		f.count(fmt.Sprint(i), now)
	}
	if len(f.paid) > failureAddrs {
		t.Errorf("%d addresses", len(f.paid))
	}
	f.count("another", now.Add(time.Hour))
	if len(f.paid) != 1 {
		t.Errorf("%d addresses owe nothing and are remembered", len(f.paid)-1)
	}
}

// Without tokens nobody gets in.
func TestNoTokens(t *testing.T) {
	w := newWorld(t)
	w.server.tokens = nil
	if got := w.send("GET", "/v1/policies", "li", ""); got.status != 401 {
		t.Errorf("%d", got.status)
	}
}
