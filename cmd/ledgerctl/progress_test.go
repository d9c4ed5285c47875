package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"starledger/projections/bundle"
)

// Progress is for a terminal and for what takes long; a program that reads the output sees nothing of it.
func TestProgress(t *testing.T) {
	var text bytes.Buffer
	long := &progress{to: &text, language: english, began: time.Now().Add(-time.Minute)}
	long.show(bundle.Checks[7], 1, 4)
	long.show(bundle.Checks[7], 2, 4) // too soon after the one before
	long.clear()
	if got := text.String(); !strings.Contains(got, " 8/17 all leaves of the log") || strings.Count(got, "25%") != 1 || strings.Contains(got, "50%") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("%q", got)
	}
	text.Reset()
	for _, quiet := range []*progress{newProgress(&text, english), {to: &text, began: time.Now()}} {
		quiet.show(bundle.Checks[7], 1, 4)
		quiet.clear()
	}
	if text.Len() > 0 {
		t.Errorf("%q", text.String())
	}
}
