package api

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
	"starledger/projections"
	"starledger/projections/bundle"
	"starledger/scoring"
)

// covering names the first checkpoint that covers an event, as the service does.
func (s *sealedWorld) covering(_ context.Context, seq uint64) (*events.CheckpointName, error) {
	note, err := s.files.Covering(seq)
	if err != nil || note == nil {
		return nil, err
	}
	text, _, _ := bytes.Cut(note, []byte("\n\n"))
	checkpoint, err := proof.ParseCheckpoint(string(text) + "\n")
	if err != nil {
		return nil, err
	}
	return &events.CheckpointName{Size: checkpoint.Size, Root: events.Digest("sha256:" + hex.EncodeToString(checkpoint.Root[:]))}, nil
}

func (s *sealedWorld) sourceOf(w *world, config *Config) *bundle.Source {
	return &bundle.Source{
		Bodies: w.log,
		Seqs: func(ctx context.Context, id events.CaseID) ([]uint64, error) {
			history, err := w.views.History(ctx, id)
			if errors.Is(err, projections.ErrNoCase) {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			return history.Seqs, nil
		},
		Tiles: s.sealing.Tiles, Published: s.sealer.Published, Checkpoints: s.files, Policy: s.sealing.Policy,
		Schemes:    func() *scoring.Book { return w.server.book() },
		Attachment: func(d events.Digest) (io.ReadCloser, error) { return config.Attachments.Open(d) },
	}
}

// proving writes real bundles.
func (s *sealedWorld) proving() *sealedWorld {
	s.sealing.Bundle, s.server.seal.Bundle = s.source.Write, s.source.Write
	return s
}

// carried fetches the bundle of a case and verifies it as an assessor does.
func (s *sealedWorld) carried(actor, at string) *bundle.Verdict {
	s.Helper()
	s.settled()
	got := s.send(http.MethodGet, at+"/bundle", actor, "")
	if got.status != http.StatusOK {
		s.Fatalf("%s bundles %s: %d %s", actor, at, got.status, got.body)
	}
	path := filepath.Join(s.TempDir(), "case.zip")
	s.no(s, os.WriteFile(path, []byte(got.body), 0o600))
	verdict, err := bundle.Verify(s.TB.Context(), path, bundle.Options{Policy: s.sealing.Policy})
	s.no(s, err)
	return verdict
}

// sameOutcomes holds what the checks came to offline against what the service says.
func (s *sealedWorld) sameOutcomes(at string, v *bundle.Verdict) {
	s.Helper()
	id := events.CaseID(strings.TrimPrefix(at, "/v1/cases/"))
	found := slices.IndexFunc(v.Reviews, func(r bundle.Review) bool { return r.Case == id })
	online := into[list[checkBody]](s.TB.(*testing.T), s.read("zhou", at+"/checks")).Items
	if found < 0 || len(online) != len(checks.All) {
		s.Fatalf("%s: %d reviews offline, %d outcomes online", at, len(v.Reviews), len(online))
	}
	for i, o := range v.Reviews[found].Outcomes {
		if o.Check.Code == "COPY-01" && len(v.Reviews) == 1 {
			continue // one case alone can be compared with none
		}
		if o.Check.Code != online[i].Code || o.Result != online[i].Outcome || !slices.Equal(o.Events, online[i].Events) {
			s.Errorf("%s offline: %s %v, online: %s %v", o.Check.Code, o.Result, o.Events, online[i].Outcome, online[i].Events)
		}
	}
}

// Offline and online say the same of a case, whatever the registry says about it: nothing, a scope that was
// not approved, a team without qualification, another deadline.
func TestOfflineSaysWhatOnlineSays(t *testing.T) {
	for name, told := range map[string][]struct{ path, body string }{
		"nothing":       nil,
		"another field": {{"/v1/approvals", `{"fields":["01"],"from":"2020-01-01"}`}},
		"unqualified":   {{"/v1/qualifications", `{"actor":"sun","kind":"lead_auditor","number":"2026-1","from":"2026-01-01"}`}},
		"copies":        {{"/v1/parameters", `{"parameter":"copied_statement_characters","value":"4","reason":"strict"}`}},
	} {
		w := newSealedWorld(t).proving()
		for _, fact := range told {
			if name != "another field" {
				w.must("root", fact.path, fact.body)
			}
		}
		at := w.onSite()
		w.tell(at, whole(t), func() {})
		if name == "another field" { // recorded before, it would have refused the certificate
			w.must("root", told[0].path, told[0].body)
		}
		w.run() // not before: the clock went on while it was told
		v := w.carried("zhou", at)
		if v.Sound != (name != "another field") {
			t.Errorf("%s: sound %t: %s", name, v.Sound, failuresOf(v))
		}
		w.sameOutcomes(at, v)
	}
}

// A review draws cases from a sealed list; its bundle carries them, anyone repeats the draw from it, and the
// checks that compare cases find in it what the service finds.
func TestReviewDrawnFromASealedLedger(t *testing.T) {
	w := newSealedWorld(t).proving()
	w.run()
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"25 份维修单中 3 份没有客户签字"}`
	var cases []string
	for _, organization := range []string{"Morning Light", "Evening Light", "Noon"} {
		at := "/v1/cases/" + w.must("wang", "/v1/cases", strings.Replace(opening, "Morning Light", organization, 1)).get("case")
		w.start(at)
		w.must("li", at+"/audits/1/findings", finding)
		cases = append(cases, at)
	}
	w.must("root", "/v1/grants", `{"actor":"wu","cases":"all","until":"2027-11-21"}`)
	review := w.must("wu", "/v1/accreditation-reviews", `{"organization":{"name":"Body"},"scope":"all","from":"2026-01-01","until":"2026-11-21"}`).header.Get("Location")
	w.must("wu", review+"/populations", `{}`)
	w.settled()
	w.must("wang", "/v1/cases", opening) // the list does not change by it
	w.settled()
	w.must("wu", review+"/populations/P1/draws", `{"size":2}`)
	w.must("wu", review+"/populations/P1/draws", `{"size":3,"redraw":true,"reason":"two were of one office"}`)
	v := w.carried("wu", review)
	if !v.Sound || len(v.Cases) != 3 || len(v.Reviews) != 4 {
		t.Fatalf("sound %t, cases %v: %s", v.Sound, v.Cases, failuresOf(v))
	}
	drawn := v.Checks[slices.IndexFunc(v.Checks, func(o bundle.Outcome) bool { return o.Code == "draws" })]
	if drawn.Result != checks.Pass || !strings.Contains(drawn.Detail.EN, "1 lists, 2 draws") {
		t.Errorf("draws: %s %v", drawn.Result, drawn.Detail)
	}
	for _, at := range cases {
		w.sameOutcomes(at, v)
	}
	copied := 0
	for _, r := range v.Reviews {
		copied += len(r.Outcomes[slices.IndexFunc(r.Outcomes, func(o checks.Outcome) bool { return o.Check.Code == "COPY-01" })].Events)
	}
	if copied != 2 {
		t.Errorf("%d copies of the first statement, want 2", copied)
	}
	again := w.send(http.MethodGet, review+"/bundle", "wu", "")
	if first := w.send(http.MethodGet, review+"/bundle", "wu", ""); first.body != again.body {
		t.Errorf("the same request gives other bytes")
	}
	w.must("root", "/v1/grants/G1/revocation", `{"reason":"over"}`, "If-Match", fmt.Sprintf("%q", "1"))
	if got := w.send(http.MethodGet, review+"/bundle", "wu", ""); got.status != http.StatusNotFound && got.status != http.StatusForbidden {
		t.Errorf("without a grant: %d", got.status)
	}
}

func failuresOf(v *bundle.Verdict) string {
	var text strings.Builder
	for _, o := range v.Checks {
		if o.Result == checks.Fail {
			fmt.Fprintf(&text, "%s %v %v; ", o.Code, o.Detail, o.Examples)
		}
	}
	return text.String()
}
