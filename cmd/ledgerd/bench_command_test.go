package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"starledger/cmd/ledgerd/load"
)

// A short run against the real service: nothing fails, nothing is lost, and nothing is left behind.
func TestBench(t *testing.T) {
	dir := t.TempDir()
	code, output := runToEnd(t, "bench", "--json", "--dir", dir, "--cases", "8", "--posters", "4", "--followers", "2", "--replays", "2",
		"--every", "200ms", "--pause", "5ms", "--for", "1s")
	_, text, found := strings.Cut(output, "\n{")
	if code != exitSound || !found {
		t.Fatalf("exit %d:\n%s", code, output)
	}
	var report load.Report
	if err := json.Unmarshal([]byte("{"+text), &report); err != nil {
		t.Fatalf("%v in %s", err, output)
	}
	if report.Errors != 0 || report.Lost != 0 || report.Events < 8*5+10 || report.Events < uint64(report.Acknowledged) {
		t.Errorf("%+v", report)
	}
	kinds := map[string]uint64{}
	for _, l := range report.Latencies {
		kinds[l.Kind] = l.Count
	}
	for _, kind := range []string{"command", "live event", "replay of all"} { // scores are looked at now and then
		if kinds[kind] == 0 {
			t.Errorf("no %s was measured: %v", kind, kinds)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	for _, args := range [][]string{
		{"--server", "http://192.0.2.1:8080", "--tokens", "x"}, {"--server", "http://127.0.0.1:1"}, {"--cases", "0"}, {"--server", "nowhere"},
	} {
		if code, output := runToEnd(t, append([]string{"bench"}, args...)...); code != exitUsage {
			t.Errorf("%v: exit %d:\n%s", args, code, output)
		}
	}
}
