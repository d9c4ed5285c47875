package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// consoles finds a request and its answer in the README.
var consoles = regexp.MustCompile("(?s)```console\n\\$ (curl [^\n]+)\n(.*?)```")

// TestReadme runs the README's requests as they stand there, against the demo, and compares the answers.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	examples := consoles.FindAllStringSubmatch(string(text), -1)
	if len(examples) != 3 {
		t.Fatalf("%d requests in the README, want 3", len(examples))
	}
	url, token, caseID := demoForReadme(t)
	for _, example := range examples {
		command := exec.Command("sh", "-c", example[1])
		command.Env = append(os.Environ(), "URL="+url, "TOKEN="+token, "CASE="+caseID)
		answer, err := command.Output()
		if err != nil {
			t.Fatalf("%s: %v (curl has to be installed)", example[1], err)
		}
		var got, want any
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatalf("%s: %v in %s", example[1], err, answer)
		}
		if err := json.Unmarshal([]byte(example[2]), &want); err != nil {
			t.Fatalf("the README's answer to %s: %v", example[1], err)
		}
		if difference := differ("", got, want); difference != "" {
			t.Errorf("%s\n%s\nanswer: %s", example[1], difference, answer)
		}
	}
}

// demoForReadme starts the demo, and knows the quality clerk's token and the certified case.
func demoForReadme(t *testing.T) (url, token, caseID string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	cmd := program("serve", "--demo", "--data", dir, "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0")
	shown := make(chan struct{})
	screen := &stopAt{word: []byte("a restart adds nothing"), stop: func() { close(shown) }}
	cmd.Stdout, cmd.Stderr = screen, screen
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		if cmd.Process.Kill() == nil {
			<-ended
		}
	})
	select {
	case <-shown:
	case err := <-ended:
		t.Fatalf("the demo ended: %v\n%s", err, &screen.text)
	}
	text := screen.text.String()
	url = regexp.MustCompile(`http://\S+`).FindString(text)
	token = regexp.MustCompile(`quality +(\S+)`).FindStringSubmatch(text)[1]
	list := exec.Command("curl", "-s", "-H", "Authorization: Bearer "+token, url+"/v1/cases?state=active&grade=four_star")
	answer, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	return url, token, regexp.MustCompile(`01[0-9A-Z]{24}`).FindString(string(answer))
}

// differ names the first place where got is not want; … in want stands for anything.
func differ(at string, got, want any) string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok || len(got) != len(want) {
			return fmt.Sprintf("%s: got %v, want %v", at, got, want)
		}
		for name := range want {
			if difference := differ(at+"/"+name, got[name], want[name]); difference != "" {
				return difference
			}
		}
		return ""
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return fmt.Sprintf("%s: got %v, want %v", at, got, want)
		}
		for i := range want {
			if difference := differ(fmt.Sprint(at, "/", i), got[i], want[i]); difference != "" {
				return difference
			}
		}
		return ""
	case string:
		if text, ok := got.(string); ok && strings.Contains(want, "…") && text != "" {
			return ""
		}
	}
	if got != want {
		return fmt.Sprintf("%s: got %v, want %v", at, got, want)
	}
	return ""
}
