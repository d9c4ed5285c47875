package bundle

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "starledger/events/decide/decidetest"
)

// The commands in the README work on the bundle that they stand in, and end badly on one in which an event
// was altered. They are the same in both languages.
func TestReadmeCommands(t *testing.T) {
	need(t, "python3")
	need(t, "openssl")
	w := small(t)
	for _, profile := range []Profile{Assessor, Client} {
		b := w.bundle(Request{Case: CaseID, Profile: profile})
		dir := unpacked(t, b)
		if commands(t, dir, nameReadmeEN) != commands(t, dir, nameReadmeZH) {
			t.Error("the commands differ between the languages")
		}
		if out, err := runReadme(t, dir); err != nil {
			t.Errorf("%s: %v\n%s", profile, err, out)
		}
		path := filepath.Join(dir, eventName(w.seqs[CaseID][1]))
		body, err := os.ReadFile(path)
		w.must(err)
		w.must(os.WriteFile(path, bytes.Replace(body, []byte("chen"), []byte("chex"), 1), 0o600))
		if out, err := runReadme(t, dir); err == nil {
			t.Errorf("%s: an altered event is not noticed\n%s", profile, out)
		}
	}
}

// need fails where a program is missing: in CI everything is there, and elsewhere a test that is passed
// over proves nothing.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is needed: %v", program, err)
	}
}

// commands are the shell blocks of a README.
func commands(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, block := range strings.Split(string(text), "```sh\n")[1:] {
		script.WriteString(strings.Split(block, "\n```")[0] + "\n")
	}
	return script.String()
}

// runReadme runs the commands, and stops at the first that fails.
func runReadme(t *testing.T, dir string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "bash", "-c", "set -e\n"+commands(t, dir, nameReadmeEN))
	command.Dir = dir
	out, err := command.CombinedOutput()
	return string(out), err
}

func unpacked(t *testing.T, b []byte) string {
	t.Helper()
	dir := t.TempDir()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
