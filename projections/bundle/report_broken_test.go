package bundle

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/decide/decidetest"
	"starledger/events/proof"
)

// An alteration of a sound report, and what the page must say: the lowest bad entry, if an entry is
// bad, and what is wrong with it. Entry n of the case stands at 10·n in the ledger.
type alteration struct {
	name       string
	alter      func(t *testing.T, r *Report)
	bad, fault string
}

var alterations = []alteration{
	{"one letter of a body", replaceIn(13, "5.3.1.4", "5.3.1.3"), "140", "not-in-tree"},
	{"one letter of the first body", replaceIn(0, "华星", "华兴"), "10", "not-in-tree"},
	{"one letter of the last body", replaceIn(67, "2029-02-28", "2029-02-27"), "680", "not-in-tree"},
	{"the salt of the case", replaceIn(0, `"casesalt":"A`, `"casesalt":"B`), "10", "not-in-tree"},
	{"the recorded time", replaceIn(20, "T01:20:", "T01:21:"), "210", "not-in-tree"},
	{"a body that is no UTF-8", replaceIn(9, "audit", "\xff\xff\xff\xff\xff"), "100", "not-utf8"},
	{"a body cut off", func(_ *testing.T, r *Report) { r.Events[9].Body = r.Events[9].Body[:100] }, "100", "not-json"},
	{"a body that is no event", func(_ *testing.T, r *Report) { r.Events[9].Body = []byte("null") }, "100", "not-event"},
	{"white space in a body", replaceIn(9, `,"data"`, `, "data"`), "100", "not-canonical"},
	{"a member twice", replaceIn(9, `"data":{`, `"data":{"audit":1,`), "100", "not-canonical"},
	{"an entry left out", func(_ *testing.T, r *Report) { r.Events = slices.Delete(r.Events, 30, 31) }, "320", "gap"},
	{"the first entry left out", func(_ *testing.T, r *Report) { r.Events = r.Events[1:] }, "20", "gap"},
	{"an entry twice", func(_ *testing.T, r *Report) { r.Events = slices.Insert(r.Events, 31, r.Events[30]) }, "310", "previous-body"},
	{"two entries swapped", func(_ *testing.T, r *Report) { r.Events[4], r.Events[5] = r.Events[5], r.Events[4] }, "60", "gap"},
	{"every entry left out", func(_ *testing.T, r *Report) { r.Events = nil }, "", "no-entries"},
	{"another place in the ledger", func(_ *testing.T, r *Report) { r.Events[7].Seq++ }, "81", "other-index"},
	{"a hash of a proof", alterHash(40), "410", "not-in-tree"},
	{"a hash of a proof left out", dropHash(40), "410", "path-length"},
	{"the proof of another entry", func(_ *testing.T, r *Report) { r.Events[40].Proof = r.Events[41].Proof }, "410", "other-index"},
	{"no proof", func(_ *testing.T, r *Report) { r.Events[40].Proof = nil }, "410", "proof"},
	{"a signature in a proof", func(_ *testing.T, r *Report) {
		p := r.Events[40].Proof
		r.Events[40].Proof = slices.Concat(p[:len(p)-10], []byte("A"), p[len(p)-9:])
	}, "410", "other-checkpoint"},
	{"another case", func(_ *testing.T, r *Report) { r.Case = "01JD3Z0000000000000000000D" }, "10", "other-case"},
	{"another ledger", func(_ *testing.T, r *Report) { r.Origin = "ledger.example.org/2027" }, "10", "other-log"},
	{"the log's signature", inCheckpoint(flip("— ledger.example.org/2026 ")), "", "signature-wrong"},
	{"the witness's signature", inCheckpoint(flip("— witness.example/w1 ")), "", "signature-wrong"},
	{"signed by a stranger", stranger, "", "not-signed"},
	{"the witness's signature left out", inCheckpoint(func(n string) string { return n[:strings.LastIndex(n, "— ")] }), "", "quorum"},
	{"a policy that names another witness", func(_ *testing.T, r *Report) {
		_, other, _ := proof.WitnessKey("witness.example/w9", [32]byte{9})
		r.Policy = append(r.Policy[:bytes.Index(r.Policy, []byte("witness"))], "witness w1 "+other+"\nquorum w1\n"...)
	}, "", "quorum"},
	{"a policy that cannot be read", func(_ *testing.T, r *Report) { r.Policy = r.Policy[:len(r.Policy)-1] }, "", "policy-end"},
}

// testBroken alters one report in many ways.
func testBroken(t *testing.T, b *browser) {
	sound := reportOf(t, certifiedStory(t))
	p := b.blank(t)
	for _, a := range alterations {
		t.Run(a.name, func(t *testing.T) {
			r := sound
			r.Events, r.Policy = slices.Clone(sound.Events), slices.Clone(sound.Policy)
			a.alter(t, &r)
			p.show(pageOf(t, r))
			got := p.verdict()
			if want := (judged{Verdict: "broken", Trust: "bundle", Bad: a.bad, Fault: a.fault}); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

// replaceIn replaces text once in the body of the i-th event.
func replaceIn(i int, old, with string) func(*testing.T, *Report) {
	return func(t *testing.T, r *Report) {
		body := bytes.Replace(r.Events[i].Body, []byte(old), []byte(with), 1)
		if bytes.Equal(body, r.Events[i].Body) {
			t.Fatalf("%q is not in %s", old, body)
		}
		r.Events[i].Body = body
	}
}

func alterHash(i int) func(*testing.T, *Report) {
	return inProof(i, func(p *proof.TlogProof) { p.Path[2][0] ^= 1 })
}

func dropHash(i int) func(*testing.T, *Report) {
	return inProof(i, func(p *proof.TlogProof) { p.Path = p.Path[1:] })
}

func inProof(i int, alter func(*proof.TlogProof)) func(*testing.T, *Report) {
	return func(t *testing.T, r *Report) {
		p, err := proof.ParseTlogProof(r.Events[i].Proof)
		if err != nil {
			t.Fatal(err)
		}
		alter(&p)
		if r.Events[i].Proof, err = p.Text(); err != nil {
			t.Fatal(err)
		}
	}
}

// inCheckpoint alters the checkpoint wherever it stands.
func inCheckpoint(alter func(string) string) func(*testing.T, *Report) {
	return func(t *testing.T, r *Report) {
		altered := []byte(alter(string(r.Checkpoint)))
		if bytes.Equal(altered, r.Checkpoint) {
			t.Fatal("nothing was altered")
		}
		for i, e := range r.Events {
			r.Events[i].Proof = bytes.Replace(e.Proof, r.Checkpoint, altered, 1)
		}
		r.Checkpoint = altered
	}
}

// flip alters the signature on the line that starts so, behind its key id.
func flip(line string) func(string) string {
	return func(n string) string {
		i := strings.Index(n, line) + len(line) + 30
		other := "A"
		if n[i:i+1] == other {
			other = "B"
		}
		return n[:i] + other + n[i+1:]
	}
}

// stranger signs the same tree under the same name with another key, and leaves the policy as it is.
func stranger(t *testing.T, r *Report) {
	secret, _, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{9}, 32)), reportOrigin)
	if err != nil {
		t.Fatal(err)
	}
	key, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(r.Checkpoint), "\n\n")
	checkpoint, err := proof.ParseCheckpoint(text + "\n")
	if err != nil {
		t.Fatal(err)
	}
	signed, err := checkpoint.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	inCheckpoint(func(string) string { return string(signed) })(t, r)
}

// testSealedWrong seals what an honest ledger would not have written: the operator signs anything.
func testSealedWrong(t *testing.T, b *browser) {
	p := b.blank(t)
	for _, c := range []struct {
		name       string
		alter      func(history []*events.Stored)
		bad, fault string
	}{
		{"a member twice", rewritten(5, `"data":{`, `"data":{"audit":1,`), "60", "not-canonical"},
		{"an event of another case", rewritten(5, string(decidetest.CaseID), "01JD3Z0000000000000000000D"), "60", "other-case"},
		{"a chain that does not fit", rewritten(5, `"prevdigest":"sha256:`, `"prevdigest":"sha256:0`), "60", "previous-body"},
		{"a number that is taken", rewritten(5, `"caseseq":6`, `"caseseq":5`), "60", "order"},
		{"a number that is no number", rewritten(5, `"caseseq":6`, `"caseseq":6.5`), "60", "not-event"},
		{"a salt that is too short", rewritten(0, `"casesalt":"AAAA`, `"casesalt":"`), "10", "leaf-salt"},
		{"a time that goes back", rewritten(5, "T01:05:00", "T01:03:00"), "60", "time-back"},
		{"a time after the witnesses", rewritten(67, `"time":"2026-03-01T02:07:00.000000Z"`, `"time":"2026-03-01T02:08:03.000001Z"`), "680", "after-witnesses"},
	} {
		t.Run(c.name, func(t *testing.T) {
			history := certifiedStory(t).History
			at := history[len(history)-1].Time
			c.alter(history)
			p.show(pageOf(t, sealedReportAt(t, history, at.Time().Add(2*time.Second))))
			got := p.verdict()
			if want := (judged{Verdict: "broken", Trust: "bundle", Bad: c.bad, Fault: c.fault}); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

// rewritten replaces text in one body before it is sealed, and what goes into its leaf.
func rewritten(i int, old, with string) func([]*events.Stored) {
	return func(history []*events.Stored) {
		e := *history[i]
		e.Body = bytes.Replace(e.Body, []byte(old), []byte(with), 1)
		if _, text, found := bytes.Cut(e.Body, []byte(`"time":"`)); found {
			if err := e.Time.UnmarshalText(text[:27]); err != nil {
				panic(fmt.Sprintf("the time of %s: %v", e.Body, err))
			}
		}
		e.Digest = events.DigestOf(e.Body)
		history[i] = &e
	}
}

// testRegistry: what holds for all cases comes with a bundle, as a chain of its own between the rest.
func testRegistry(t *testing.T, b *browser) {
	history := certifiedStory(t).History
	of := decidetest.Empty(t, events.Registry).Do(decidetest.Open(events.Internal, "gbt27922-2011"))
	note := *of.History[0]
	note.Seq = 15
	r := sealedReport(t, slices.Insert(slices.Clone(history), 1, &note))
	if got := b.open(t, pageOf(t, r)).verdict(); got != (judged{Verdict: "sound", Trust: "bundle"}) {
		t.Errorf("with an entry of the registry: %+v", got)
	}
	r.Events[1].Body = bytes.Replace(r.Events[1].Body, []byte("华星"), []byte("华兴"), 1)
	if got := b.open(t, pageOf(t, r)).verdict(); got != (judged{Verdict: "broken", Trust: "bundle", Bad: "15", Fault: "not-in-tree"}) {
		t.Errorf("with an altered entry of the registry: %+v", got)
	}
}
