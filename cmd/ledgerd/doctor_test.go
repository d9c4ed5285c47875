package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// findingsOf runs the doctor as a program and reads what it found.
func findingsOf(t *testing.T, want int, args ...string) map[string]finding {
	t.Helper()
	code, output := runToEnd(t, append([]string{"doctor", "--json"}, args...)...)
	if code != want {
		t.Fatalf("doctor %v: exit %d, want %d:\n%s", args, code, want, output)
	}
	text, _, _ := strings.Cut(output, "ledgerd: ")
	var told struct{ Findings []finding }
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Fatalf("%v in\n%s", err, output)
	}
	worst := map[string]finding{} // of each code
	for _, f := range told.Findings {
		if f.Found.ZH == "" || f.Found.EN == "" || (f.Outcome == fine) != (f.Todo == nil) {
			t.Errorf("half told: %+v", f)
		}
		if before, there := worst[f.Code]; !there || before.Outcome == fine || f.Outcome == broken {
			worst[f.Code] = f
		}
	}
	return worst
}

// Each row spoils one thing, and the doctor finds that one and says what to do.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	for what, row := range map[string]struct {
		spoil func(t *testing.T, dir, tokens string)
		args  []string
		code  string
		how   outcome
		todo  string
	}{
		"others may write to the data directory": {code: "PERMISSIONS", how: broken, todo: "chmod go=",
			spoil: func(t *testing.T, dir, _ string) { mustChmod(t, dir, 0o777) }},
		"others may read the data directory": {code: "PERMISSIONS", how: doubt, todo: "chmod go=",
			spoil: func(t *testing.T, dir, _ string) { mustChmod(t, dir, 0o755) }},
		"others may read the key": {code: "KEY", how: broken, todo: "in the log's name",
			spoil: func(t *testing.T, dir, _ string) { mustChmod(t, filepath.Join(dir, "keys", logKeyFile), 0o644) }},
		"others may read the tokens": {code: "TOKENS", how: broken, todo: "chmod 600",
			spoil: func(t *testing.T, _, tokens string) { mustChmod(t, tokens, 0o644) }},
		"the clock was set back": {code: "CLOCK-BACK", how: broken, todo: "put the clock right",
			spoil: func(t *testing.T, dir, _ string) {
				later := time.Now().Add(time.Hour)
				if err := os.Chtimes(filepath.Join(dir, "archive", "000000000001.ndjson"), later, later); err != nil {
					t.Fatal(err)
				}
			}},
		"the certificate is none":         {code: "TLS", how: broken, todo: "replace", args: []string{"--tls-cert", "/dev/null", "--tls-key", "/dev/null"}},
		"the archive is on the same disk": {code: "PLACES", how: doubt, todo: "another disk"},
		"nobody witnesses":                {code: "WITNESSES", how: doubt, todo: "ledgerd witness"},
		"the log has no name of its own":  {code: "ORIGIN", how: doubt, todo: "name it"},
		"nothing is scrubbed":             {code: "SCRUB", how: doubt, todo: "leave the setting out", args: []string{"--scrub-rate", "0"}},
	} {
		t.Run(what, func(t *testing.T) {
			dir, tokens := doctored(t)
			args, want := append([]string{"--data", dir, "--tokens", tokens}, row.args...), exitSound
			if row.how == broken {
				if sound := findingsOf(t, exitSound, args[:4]...)[row.code]; sound.Outcome == broken {
					t.Errorf("found without being there: %+v", sound)
				}
				want = exitFailure
			}
			if row.spoil != nil {
				row.spoil(t, dir, tokens)
			}
			got := findingsOf(t, want, args...)[row.code]
			if got.Outcome != row.how || got.Todo == nil || !strings.Contains(got.Todo.EN, row.todo) {
				t.Errorf("found %+v", got)
			}
		})
	}
}

// doctored is a directory as a ledger leaves it, as far as the doctor looks.
func doctored(t *testing.T) (dir, tokens string) {
	t.Helper()
	dir, tokens = t.TempDir(), tokensFile(t)
	mustChmod(t, dir, 0o700)
	vkey(t, "log", "--data", dir)
	if err := os.Mkdir(filepath.Join(dir, "archive"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "archive", "000000000001.ndjson"), []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, tokens
}

func mustChmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// Both languages say the same findings, and nothing is left behind of measuring.
func TestDoctorSpeaksBothLanguages(t *testing.T) {
	dir, tokens := doctored(t)
	_, english := runToEnd(t, "doctor", "--lang", "en", "--data", dir, "--tokens", tokens)
	_, chinese := runToEnd(t, "doctor", "--lang", "zh", "--data", dir, "--tokens", tokens)
	if !strings.Contains(english, "to append and sync 1 KiB takes") || !strings.Contains(chinese, "写入并同步 1 KiB") {
		t.Errorf("%s\n%s", english, chinese)
	}
	if strings.Count(english, "\n") != strings.Count(chinese, "\n") {
		t.Errorf("one says more than the other:\n%s\n%s", english, chinese)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".ledgerd-doctor-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if code, output := runToEnd(t, "doctor", "--lang", "fr"); code != exitUsage {
		t.Errorf("exit %d:\n%s", code, output)
	}
}

func TestMountOptions(t *testing.T) {
	const mounts = "/dev/a / ext4 rw,relatime 0 0\n/dev/b /var/lib xfs rw,nobarrier 0 0\n/dev/c /var/library xfs rw,barrier=0 0 0\n"
	for dir, want := range map[string]string{
		"/": "rw,relatime", "/var": "rw,relatime", "/var/lib": "rw,nobarrier", "/var/lib/x": "rw,nobarrier", "/var/library/y": "rw,barrier=0", "/var/librar": "rw,relatime",
	} {
		if got := strings.Join(mountOptions(mounts, dir), ","); got != want {
			t.Errorf("%s: %s, want %s", dir, got, want)
		}
	}
}
