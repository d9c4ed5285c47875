package web

import (
	"io/fs"
	"strings"
	"testing"
)

// Whether it was built or not, there is a page; without a build it says what to install.
func TestThereIsAPage(t *testing.T) {
	page, err := fs.ReadFile(Files(), "index.html")
	if err != nil || !strings.Contains(string(page), "StarLedger") {
		t.Fatalf("%v: %.200s", err, page)
	}
	unbuilt, err := fs.ReadFile(dist, "dist/unbuilt/index.html")
	if err != nil || !strings.Contains(string(unbuilt), "make run") || strings.Contains(string(unbuilt), "http") {
		t.Fatalf("%v: %.200s", err, unbuilt)
	}
}
