package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDownload: the file has its name when all of it is there, and an existing one is never replaced.
func TestDownload(t *testing.T) {
	var asked []string
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/cases/"+caseA+"/bundle", func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RawQuery)
		w.Header().Set("Content-Type", mediaZip)
		_, _ = w.Write([]byte("PK the bundle")) // what is in it is for verify
	})
	mux.HandleFunc("/v1/cases/01JD3Z0000000000000000000D/bundle", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaZip)
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte("PK cut off"))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	dir := t.TempDir()
	name := filepath.Join(dir, "case.zip")

	if code, out, errs := ask(t, server.URL, "bundle", caseA, "--profile", "client", "--since", "52000", "-o", name); code != exitSound || !strings.Contains(out, "13 bytes") {
		t.Fatalf("exit code %d: %s%s", code, out, errs)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "PK the bundle" {
		t.Errorf("%q %v", text, err)
	}
	if len(asked) != 1 || asked[0] != "profile=client&since=52000" {
		t.Errorf("asked for %v", asked)
	}
	for _, row := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"bundle", caseA, "-o", name}, exitUsage, "exists already"},
		{[]string{"bundle", caseA, "--profile", "everything"}, exitUsage, "the profiles are assessor and client"},
		{[]string{"bundle", "01JD3Z0000000000000000000D", "-o", filepath.Join(dir, "cut.zip")}, exitFailure, "write the bundle"},
		{[]string{"bundle", caseA, "-o", filepath.Join(dir, "nowhere", "x.zip")}, exitFailure, "write the bundle"},
	} {
		if code, _, errs := ask(t, server.URL, row.args...); code != row.code || !strings.Contains(errs, row.says) {
			t.Errorf("%v: exit code %d: %s", row.args, code, errs)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("left behind: %v %v", list, err)
	}
}
