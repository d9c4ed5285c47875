package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
	"starledger/events/proof"
	"starledger/schemas"
)

// A corruption is an attack on a bundle of the small ledger, and the check that catches it.
type corruption struct {
	name    string
	profile Profile
	alter   func(t testing.TB, w *world, m members)
	caught  string // code of the check that catches it; others may notice too
}

func corruptions() []corruption {
	nth := func(w *world, i int) uint64 { return w.seqs[CaseID][i] }
	last := func(w *world) uint64 { return w.seqs[CaseID][len(w.seqs[CaseID])-1] }
	drop := func(m members, seq uint64) {
		delete(m, eventName(seq))
		delete(m, proofName(seq))
	}
	return []corruption{
		{"an event dropped", Assessor, func(_ testing.TB, w *world, m members) { drop(m, nth(w, 4)) }, "chain"},
		{"an event dropped", Client, func(_ testing.TB, w *world, m members) { drop(m, nth(w, 4)) }, "chain"},
		{"the first event dropped", Client, func(_ testing.TB, w *world, m members) { drop(m, nth(w, 0)) }, "chain"},
		{"two events swapped", Assessor, func(_ testing.TB, w *world, m members) { m.swap(eventName(nth(w, 4)), eventName(nth(w, 5))) }, "chain"},
		{"the last event withheld", Assessor, func(t testing.TB, w *world, m members) { drop(m, last(w)); reclaim(t, w, m) }, "complete"},
		{"the last event rewritten", Client, func(t testing.TB, w *world, m members) {
			m.replace(t, eventName(last(w)), "71226SC0001R0M", "71226SC0002R0M")
		}, "inclusion"},
		{"the last event rewritten", Assessor, func(t testing.TB, w *world, m members) {
			m.replace(t, eventName(last(w)), "71226SC0001R0M", "71226SC0002R0M")
		}, "inclusion"},
		{"an event rewritten", Client, func(t testing.TB, w *world, m members) {
			m.replace(t, eventName(nth(w, 0)), "华星", "华新")
		}, "chain"},
		{"an event that is no event", Client, func(_ testing.TB, w *world, m members) { m[eventName(nth(w, 2))] = []byte("{}") }, "events"},
		{"an event of another client smuggled in", Client, func(t testing.TB, w *world, m members) {
			for rec := range w.log.ReadAt(t.Context(), w.seqs[otherCase][:1]) {
				m[eventName(rec.Seq)] = rec.Body
			}
		}, "events"},
		{"a proof missing", Client, func(_ testing.TB, w *world, m members) { delete(m, proofName(nth(w, 3))) }, "inclusion"},
		{"two proofs swapped", Client, func(_ testing.TB, w *world, m members) { m.swap(proofName(nth(w, 3)), proofName(nth(w, 4))) }, "inclusion"},
		{"a leaf made up", Assessor, func(t testing.TB, w *world, m members) {
			m.replace(t, entriesAt(w.size, 0).Path(), "caseseq 2\n", "caseseq 3\n")
		}, "leaves"},
		{"leaves missing", Assessor, func(_ testing.TB, w *world, m members) {
			m[proof.Tile{L: proof.Entries, N: 0, W: 1}.Path()] = m[entriesAt(w.size, 0).Path()]
			delete(m, entriesAt(w.size, 0).Path())
		}, "leaves"},
		{"a forged checkpoint", Assessor, func(t testing.TB, w *world, m members) {
			m.replace(t, nameCheckpoint, fmt.Sprintf("\n%d\n", w.size), fmt.Sprintf("\n%d\n", w.size-1))
		}, "checkpoint"},
		{"signed with another key", Client, func(t testing.TB, w *world, m members) { resigned(t, m) }, "checkpoint"},
		{"no witness signed", Client, func(_ testing.TB, w *world, m members) { m[nameCheckpoint] = withoutWitness(m[nameCheckpoint]) }, "checkpoint"},
		{"an older checkpoint of another history", Client, func(t testing.TB, w *world, m members) { fork(t, w, m) }, "history"},
		{"an older checkpoint of another history", Assessor, func(t testing.TB, w *world, m members) { fork(t, w, m) }, "history"},
		{"an older checkpoint under another size", Assessor, func(t testing.TB, w *world, m members) {
			sizes := sizesIn(m)
			m[checkpointName(sizes[0]+1)] = m[checkpointName(sizes[0])]
		}, "history"},
		{"the tiles missing", Client, func(_ testing.TB, _ *world, m members) {
			for name := range m {
				if strings.HasPrefix(name, "tile/") {
					delete(m, name)
				}
			}
		}, "history"},
		{"a scheme changed", Client, func(t testing.TB, _ *world, m members) {
			m.replace(t, schemeIn(m), `"minimum":"70"`, `"minimum":"60"`)
		}, "documents"},
		{"a scheme changed, and its name", Client, func(t testing.TB, _ *world, m members) {
			name := schemeIn(m)
			m.replace(t, name, `"minimum":"70"`, `"minimum":"60"`)
			sum := sha256.Sum256(m[name])
			m["schemes/"+hex.EncodeToString(sum[:])+".json"] = m[name]
			delete(m, name)
		}, "documents"},
		{"a schema changed", Client, func(t testing.TB, _ *world, m members) {
			m.replace(t, "schemas/starledger.case.opened.v1.json", "case", "cake")
		}, "documents"},
		{"a schema too many", Client, func(_ testing.TB, _ *world, m members) {
			text, _, _ := schemas.Event("starledger.case.closed.v1")
			m["schemas/starledger.case.closed.v1.json"] = text
		}, "documents"},
		{"another score claimed", Client, func(t testing.TB, _ *world, m members) {
			m.replace(t, nameExpected, `"final":"195/2"`, `"final":"100/1"`)
		}, "score"},
		{"another grade claimed", Assessor, func(t testing.TB, _ *world, m members) {
			m.replace(t, nameExpected, `"grade":"five_star"`, `"grade":"four_star"`)
		}, "score"},
		{"evidence exchanged", Client, func(_ testing.TB, _ *world, m members) { m[attachedName(Photo.SHA256)] = []byte("another photo") }, "attachments"},
		{"evidence that nobody named", Client, func(_ testing.TB, _ *world, m members) {
			m[attachedName(events.DigestOf([]byte("x")))] = []byte("x")
		}, "attachments"},
		{"a member that is unknown", Client, func(_ testing.TB, _ *world, m members) { m["zz"] = nil }, "archive"},
		{"a page missing", Client, func(_ testing.TB, _ *world, m members) { delete(m, nameReport) }, "archive"},
	}
}

func TestCorruptionsAreCaught(t *testing.T) {
	w := small(t)
	for _, c := range corruptions() {
		t.Run(c.name+" "+string(c.profile), func(t *testing.T) {
			m := open(t, w.bundle(Request{Case: CaseID, Profile: c.profile}))
			c.alter(t, w, m)
			v := w.verify(m.packed(t))
			if failed := failedIn(v); v.Sound || !slices.Contains(failed, c.caught) {
				t.Errorf("failed in %v, not in %s", failed, c.caught)
			}
		})
	}
}

// reclaim works the claims and the pages out anew, as somebody who withholds events would.
func reclaim(t testing.TB, w *world, m members) {
	t.Helper()
	c := events.NewCase(CaseID)
	for _, seq := range w.seqs[CaseID] {
		if body, ok := m[eventName(seq)]; ok {
			e, err := events.DecodeRecord(events.Record{Seq: seq, Case: string(CaseID), Body: body})
			w.must(err)
			w.must(c.Follow(e))
		}
	}
	var err error
	m[nameExpected], err = claimsOf([]*events.Case{c}, Book(t))
	w.must(err)
}

// resigned is signed anew with a key that has the name of the log.
func resigned(t testing.TB, m members) {
	t.Helper()
	text, _, _ := strings.Cut(string(m[nameCheckpoint]), "\n\n")
	c, err := proof.ParseCheckpoint(text + "\n")
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := note.GenerateKey(bytes.NewReader(make([]byte, 32)), origin)
	if err != nil {
		t.Fatal(err)
	}
	key, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	if m[nameCheckpoint], err = c.Sign(key); err != nil {
		t.Fatal(err)
	}
}

// withoutWitness is a checkpoint with the signature of the log alone.
func withoutWitness(signed []byte) []byte {
	lines := strings.SplitAfter(string(signed), "\n")
	return []byte(strings.Join(lines[:5], ""))
}

// fork puts in the place of an older checkpoint one of the same size, signed with the log's own key, of
// a tree that this one does not continue.
func fork(t testing.TB, w *world, m members) {
	t.Helper()
	size := sizesIn(m)[1]
	signed, err := proof.Checkpoint{Origin: origin, Head: proof.Head{Size: size, Root: proof.Hash{1}}}.Sign(w.logKey)
	w.must(err)
	m[checkpointName(size)] = signed
}

func sizesIn(m members) []uint64 {
	var sizes []uint64
	for name := range m {
		if parsed, ok := parseMember(name); ok && parsed.kind == checkpoint {
			sizes = append(sizes, parsed.number)
		}
	}
	slices.Sort(sizes)
	return sizes
}

func schemeIn(m members) string {
	for name := range m {
		if strings.HasPrefix(name, "schemes/") {
			return name
		}
	}
	return ""
}

// A bit flipped in any member is noticed, and by the check that is about that member. The pages and the
// ledger's own policy are for display: there it is a warning.
func TestEveryMemberIsChecked(t *testing.T) {
	caught := [kinds][]string{
		readmeZH: {"pages"}, readmeEN: {"pages"}, policyText: {"policy"}, published: {"checkpoint"}, checkpoint: {"history"},
		entryTile: {"leaves"}, hashTile: {"history"}, event: {"events", "documents", "chain", "inclusion"}, inclusion: {"inclusion"},
		schema: {"documents"}, scheme: {"documents"}, attachment: {"attachments"}, expected: {"score"}, report: {"pages"},
	}
	w := small(t)
	seen := [kinds]bool{}
	for _, profile := range []Profile{Assessor, Client} {
		b := w.bundle(Request{Case: CaseID, Profile: profile})
		sound := resultsOf(w.verify(b))
		for _, name := range open(t, b).names() {
			parsed, _ := parseMember(name)
			if many := parsed.kind == event || parsed.kind == inclusion || parsed.kind == schema; many && seen[parsed.kind] && parsed.number%7 != 0 {
				continue // one in seven of those that are many and alike
			}
			seen[parsed.kind] = true
			m := open(t, b)
			m[name][len(m[name])/2] ^= 1
			results := resultsOf(w.verify(m.packed(t)))
			changed := slices.ContainsFunc(caught[parsed.kind], func(code string) bool {
				return results[code] != sound[code] && (results[code] == "fail" || results[code] == "warn")
			})
			if !changed {
				t.Errorf("%s: %v", name, results)
			}
		}
	}
	for k, is := range seen {
		if !is {
			t.Errorf("no bundle has a member of kind %d", k)
		}
	}
}

func resultsOf(v *Verdict) map[string]string {
	results := map[string]string{}
	for _, o := range v.Checks {
		results[o.Code] = string(o.Result)
	}
	return results
}

// What a client's bundle cannot show, it says.
func TestWithheldAtTheEndOfAClientsBundle(t *testing.T) {
	w := small(t)
	m := open(t, w.bundle(Request{Case: CaseID, Profile: Client}))
	seq := w.seqs[CaseID][len(w.seqs[CaseID])-1]
	delete(m, eventName(seq))
	delete(m, proofName(seq))
	delete(m, "schemas/starledger.certificate.issued.v1.json")
	reclaim(t, w, m)
	v := w.verify(m.packed(t))
	wantSound(t, v, "complete", "pages")
	if v.CaseSeq != uint64(len(w.seqs[CaseID])-1) {
		t.Errorf("complete up to %d", v.CaseSeq)
	}
}

// Evidence that is not there may have been erased for a reason.
func TestEvidenceMissing(t *testing.T) {
	w := small(t)
	w.photo = nil
	wantSound(t, w.verify(w.bundle(Request{Case: CaseID, Profile: Assessor})), "attachments")
}

// A ledger that brings its own keys is told from one that the verifier trusts.
func TestForgedLedger(t *testing.T) {
	mine := small(t)
	forged := newWorldWith(t, 2)
	forged.fill(certified(t), 0)
	b := forged.bundle(Request{Case: CaseID, Profile: Assessor})
	if failed := failedIn(mine.verify(b)); !slices.Equal(failed, []string{"checkpoint"}) {
		t.Errorf("under my policy it fails in %v", failed)
	}
	wantSound(t, mine.verifyWith(b, Options{}), "policy")
}

// The conformance of the procedure is judged again, offline: the decision maker was in the team.
func TestAuditorWhoDecides(t *testing.T) {
	s := Planned(t, "gbt27922-2011").Reviewed(1, events.ToGrant)
	standing := s.Case.Audit(1).Review.Standing
	s.As(Auditor, "decision_maker").Force(events.DecisionMade{Decision: events.ToGrant, Audit: 1, Standing: standing})
	w := newWorld(t)
	w.fill(s.History, 0)
	v := w.verify(w.bundle(Request{Case: CaseID, Profile: Assessor}))
	if failed := failedIn(v); !slices.Equal(failed, []string{"conformance"}) {
		t.Errorf("failed in %v", failed)
	}
}

// A report that states more than the events give is caught, although the claims in the bundle are right.
func TestReportStatesMore(t *testing.T) {
	s := Planned(t, "gbt27922-2011")
	s.Do(&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.2.2.1", Basis: events.Qualitative}).OnSite(1).AssessAll(1)
	s.Force(events.AuditReported{Audit: 1, Recommendation: events.ToGrant, Summary: "x",
		Standing: &events.Standing{Final: "100/1", Grade: "five_star", BasisSeq: s.Case.Head.CaseSeq}})
	w := newWorld(t)
	w.fill(s.History, 0)
	v := w.verify(w.bundle(Request{Case: CaseID, Profile: Client}))
	if failed := failedIn(v); !slices.Equal(failed, []string{"score"}) {
		t.Errorf("failed in %v", failed)
	}
}
