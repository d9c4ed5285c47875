package bundle

import (
	"strings"
	"testing"
)

// reportOfReview is the report of a review that drew two cases.
func reportOfReview(t *testing.T) Report {
	t.Helper()
	w := reviewed(t, 2)
	p, err := w.source().plan(t.Context(), Request{Case: reviewID, Profile: Client})
	w.must(err)
	r := Report{Origin: p.head.Origin, Profile: string(Client), Checkpoint: p.note, Policy: w.policy, Score: p.scores}
	w.must(r.add(p.cases, p.source.Schemes(), p.events, p.proof))
	return r
}

// testContents opens the report of a review: its contents list every case, each can be shown, and one that
// is broken makes the whole broken and is shown first.
func testContents(t *testing.T, b *browser) {
	r := reportOfReview(t)
	p := b.open(t, pageOf(t, r))
	if got := p.verdict(); got.Verdict != "sound" {
		t.Fatalf("%+v", got)
	}
	listed := func(p *tab) string {
		return eval[string](p, `[...document.querySelectorAll('#contents [data-case]')].map((c) => c.dataset.case + ' ' + c.dataset.outcome).join()`)
	}
	want := r.Case + " pass," + r.Cases[0].Case + " pass," + r.Cases[1].Case + " pass"
	if got := listed(p); got != want {
		t.Errorf("contents: %s, want %s", got, want)
	}
	shown := func(p *tab) string { return eval[string](p, `document.querySelector('#case').innerText`) }
	if text := shown(p); !strings.Contains(text, string(reviewID)) || !strings.Contains(text, "示例认证有限公司") {
		t.Errorf("first it shows %q", text)
	}
	p.click("#contents li:nth-child(2) button")
	if text := shown(p); !strings.Contains(text, r.Cases[0].Case) || !strings.Contains(text, "华星电器服务有限公司") {
		t.Errorf("the second is %q", text)
	}
	if scores := eval[string](p, `document.querySelector('#scores').innerText`); !strings.Contains(scores, "98.5") {
		t.Errorf("its scores: %q", scores)
	}
	if got := eval[int](p, `document.querySelectorAll('#history .entry').length`); got != len(r.Cases[0].Events) {
		t.Errorf("%d entries of %d", got, len(r.Cases[0].Events))
	}

	bad := &r.Cases[1].Events[1]
	bad.Body = []byte(strings.Replace(string(bad.Body), `"actorid":"`, `"actorid":"x`, 1))
	p = b.open(t, pageOf(t, r))
	if got := p.verdict(); got.Verdict != "broken" {
		t.Errorf("with a drawn case rewritten: %+v", got)
	}
	if got := listed(p); !strings.HasSuffix(got, r.Cases[1].Case+" fail") || !strings.Contains(shown(p), r.Cases[1].Case) {
		t.Errorf("contents: %s", got)
	}

	single := b.open(t, pageOf(t, reportOf(t, certifiedStory(t))))
	if got := single.verdict(); got.Verdict != "sound" || !eval[bool](single, `document.querySelector('#contents').hidden`) {
		t.Errorf("one case: %+v", got)
	}
}
