package bundle

import (
	"testing"
)

func TestSound(t *testing.T) {
	b := browserOf(t)
	p := b.open(t, written(t, reportOf(t, certifiedStory(t))))
	if got := p.verdict(); got != (judged{Verdict: "sound", Trust: "bundle"}) {
		t.Error(got, eval[string](p, "document.body.innerText"))
	}
	t.Log(eval[string](p, "document.body.innerText"))
}
