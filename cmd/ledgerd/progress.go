package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress shows how far long work has come: on a terminal five times a second at most, elsewhere only
// the end.
type progress struct {
	out      io.Writer
	terminal bool
	total    uint64
	began    time.Time
	shown    time.Time
}

func newProgress(out io.Writer, total uint64) *progress {
	p := &progress{out: out, total: total, began: time.Now()}
	if file, ok := out.(*os.File); ok {
		info, err := file.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *progress) at(seq uint64) {
	if !p.terminal || time.Since(p.shown) < 200*time.Millisecond {
		return
	}
	p.shown = time.Now()
	fmt.Fprintf(p.out, "\r%d of %d events (%d %%)", seq, p.total, 100*seq/max(p.total, 1))
}

func (p *progress) done() {
	if p.terminal {
		fmt.Fprint(p.out, "\r")
	}
	rate := float64(p.total) / max(time.Since(p.began), time.Microsecond).Seconds()
	fmt.Fprintf(p.out, "%d of %d events (100 %%), %.0f events/s\n", p.total, p.total, rate)
}
