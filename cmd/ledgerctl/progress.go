package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"starledger/events/checks"
	"starledger/projections/bundle"
)

// progress shows on a terminal how far something long is; elsewhere it shows nothing.
type progress struct {
	to       io.Writer // nil where nothing is shown
	language language
	began    time.Time
	shown    time.Time
}

const (
	progressAfter = time.Second // what is quick shows nothing
	progressEvery = 200 * time.Millisecond
)

func newProgress(to io.Writer, l language) *progress {
	file, ok := to.(*os.File)
	if !ok {
		return &progress{}
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{to: to, language: l, began: time.Now()}
}

// show tells how far a verification is, and say replaces the line shown before. That a terminal cannot be
// written to is no reason to stop.
func (p *progress) show(c *bundle.Check, done, total uint64) {
	if total > 0 {
		p.say(fmt.Sprintf("%2d/%d %s %d%%", c.Number, len(bundle.Checks), wordingIn(c.Name, p.language), done*100/total))
	}
}

func (p *progress) say(line string) {
	now := time.Now()
	if p.to == nil || now.Sub(p.began) < progressAfter || now.Sub(p.shown) < progressEvery {
		return
	}
	p.shown = now
	_, _ = io.WriteString(p.to, "\r\x1b[K"+line)
}

func (p *progress) clear() {
	if !p.shown.IsZero() {
		_, _ = io.WriteString(p.to, "\r\x1b[K")
	}
}

func wordingIn(w checks.Wording, l language) string { return phrase{w.ZH, w.EN}.in(l) }
