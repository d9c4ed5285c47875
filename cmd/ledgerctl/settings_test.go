package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUsage: what cannot be carried out as it was given ends with 2, before anything is sent, and
// no message repeats a secret.
func TestUsage(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	open, empty := write("open", token, 0o644), write("empty", "\n", 0o600)
	for _, row := range []struct {
		args []string
		says string
	}{
		{[]string{"frobnicate"}, "unknown command"},
		{[]string{"cases", "--frobnicate"}, "unknown flag"},
		{[]string{"cases", "-token=" + token}, "unknown shorthand flag"},
		{[]string{"cases", "--tokn=" + token}, "unknown flag: --tokn"},
		{[]string{"cases", "all"}, "unknown command"},
		{[]string{"score"}, "accepts 1 arg"},
		{[]string{"score", "../../secrets"}, "not a case"},
		{[]string{"events", "--case", "x"}, "not a case"},
		{[]string{"schemes", "a/b"}, "not an identifier"},
		{[]string{"cases", "--limit", "-1"}, "--limit"},
		{[]string{"cases", "--lang", "fr"}, "zh and en"},
		{[]string{"cases", "--output", "xml"}, "table, json and jsonl"},
		{[]string{"cases", "--timeout", "0s"}, "--timeout"},
		{[]string{"cases", "--server", "ftp://127.0.0.1"}, "--server"},
		{[]string{"cases", "--server", "http://li:" + token + "@127.0.0.1"}, "no user or password"},
		{[]string{"cases", "--server", "http://127.0.0.1/?token=" + token}, "behind its path"},
		{[]string{"cases", "--server", "http://ledger.example.org"}, "in clear to ledger.example.org"},
		{[]string{"cases", "--server", "http://127.0.0.1.example.org"}, "in clear"},
		{[]string{"cases", "--token", token + "\n"}, "characters that no token has"},
		{[]string{"cases", "--token", token, "--token-file", open}, "none of the others can be"},
		{[]string{"cases", "--token-file", open}, "chmod 600"},
		{[]string{"cases", "--token-file", empty}, "does not hold a token"},
		{[]string{"cases", "--token-file", filepath.Join(dir, "none")}, "no such file"},
		{[]string{"events", "--follow", "--output", "json"}, "--output jsonl"},
	} {
		code, _, errs := ask(t, "http://127.0.0.1:1", row.args...)
		if code != exitUsage || !strings.Contains(errs, row.says) {
			t.Errorf("ledgerctl %v: exit code %d, want 2 saying %q: %s", row.args, code, row.says, errs)
		}
	}
}

func TestWhereATokenMayTravel(t *testing.T) {
	for server, may := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://127.9.9.9": true, "http://localhost:8080": true, "http://[::1]:8080": true,
		"https://ledger.example.org": true, "http://ledger.example.org": false, "http://192.168.1.7": false,
		"http://localhost.example.org": false, "http://[fe80::1]": false,
	} {
		s := settings{server: server, timeout: defaultTimeout}
		address, err := s.address()
		if err != nil {
			t.Fatal(err)
		}
		if got := mayCarry(address, token, false) == nil; got != may {
			t.Errorf("%s: %t, want %t", server, got, may)
		}
		if mayCarry(address, "", false) != nil || mayCarry(address, token, true) != nil {
			t.Errorf("%s is refused without a token, or with --insecure", server)
		}
	}
}

func TestTokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := settings{tokenFile: path, environmentToken: "weaker"}
	if got, err := s.secret(); err != nil || got != token {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestLanguageOfTheEnvironment(t *testing.T) {
	for _, row := range []struct {
		all, messages, lang string
		want                language
	}{
		{"", "", "zh_CN.UTF-8", chinese},
		{"", "", "en_US.UTF-8", english},
		{"C", "", "zh_CN.UTF-8", english},
		{"zh_TW", "C", "C", chinese},
		{"", "zh_CN", "C", chinese},
		{"", "", "", english},
	} {
		environment := map[string]string{"LC_ALL": row.all, "LC_MESSAGES": row.messages, "LANG": row.lang}
		if got := languageOf(func(name string) string { return environment[name] }); got != row.want {
			t.Errorf("%v is %s, want %s", environment, got, row.want)
		}
	}
}

// TestEveryCommandShowsExamples, and none of them a secret of the environment.
func TestEveryCommandShowsExamples(t *testing.T) {
	p := program{settings: settingsOf(func(string) string { return "" })}
	for _, command := range p.root().Commands() {
		var out bytes.Buffer
		environment := func(string) string { return token }
		code := run(t.Context(), []string{command.Name(), "--help"}, system{out: &out, err: &out, getenv: environment})
		if code != exitSound || !strings.Contains(out.String(), "Examples:\n  ledgerctl "+command.Name()) {
			t.Errorf("%s --help: exit code %d\n%s", command.Name(), code, out.String())
		}
	}
}
