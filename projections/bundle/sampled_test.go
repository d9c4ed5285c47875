package bundle

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	. "starledger/events/decide/decidetest"
	"starledger/events/proof"
)

const (
	reviewID = events.CaseID("01JD3Z0000000000000000000R")
	thirdID  = events.CaseID("01JD3Z0000000000000000000E")
)

// bySomebody is an event by the assessor.
func bySomebody(data events.Payload) *events.Stored {
	return &events.Stored{Event: events.Event{Attributes: events.Attributes{ActorID: "wu", ActorRole: "assessor"}, Data: data}}
}

// reviewed is a ledger of three certifications, of which a review has drawn so many.
func reviewed(t testing.TB, drawn int, alter ...func(*events.SampleDrawn)) *world {
	t.Helper()
	w := newWorld(t)
	for i, e := range begun(t) {
		for _, id := range []events.CaseID{CaseID, otherCase, thirdID} {
			w.tell(e, id, w.tick())
		}
		if i == 2 {
			w.seal(w.at(w.size))
		}
	}
	list := []byte(CaseID + "\n" + otherCase + "\n" + thirdID + "\n")
	w.lists = map[events.Digest][]byte{events.DigestOf(list): list}
	w.tell(bySomebody(events.AccreditationOpened{Organization: events.Organization{Name: "示例认证有限公司"}, Scope: "x", From: "2026-01-01", Until: "2026-03-01"}), reviewID, w.tick())
	population := events.PopulationRecorded{Audit: events.ReviewItself, Population: "P1", Subject: "x", Digest: events.DigestOf(list), Size: 3}
	w.tell(bySomebody(population), reviewID, w.tick())
	from := w.size
	w.tell(begun(t)[0], "01JD3Z0000000000000000000F", w.tick()) // the checkpoint covers more than the list
	w.seal(w.at(w.size))
	head := w.head()
	draw := events.SampleDrawn{Audit: events.ReviewItself, Population: "P1", Draw: 1,
		Checkpoint: events.CheckpointName{Size: head.Size, Root: events.Digest("sha256:" + hex.EncodeToString(head.Root[:]))}}
	draw.Items = checks.Draw(reviewID, &events.Population{Entry: events.Entry{Seq: from}, PopulationRecorded: population}, 1, draw.Checkpoint, drawn)
	for _, change := range alter {
		change(&draw)
	}
	w.tell(bySomebody(draw), reviewID, w.tick())
	w.seal(w.at(w.size))
	return w
}

func (w *world) head() proof.Head {
	w.t.Helper()
	text, _, _ := strings.Cut(string(w.published), "\n\n")
	checkpoint, err := proof.ParseCheckpoint(text + "\n")
	w.must(err)
	return checkpoint.Head
}

// The bundle of a review has the cases that it drew, with all that a bundle of each would have, and every
// verifier repeats the draw.
func TestBundleOfAReview(t *testing.T) {
	for drawn := 1; drawn < 4; drawn++ {
		w := reviewed(t, drawn)
		for _, profile := range []Profile{Assessor, Client} {
			b := w.bundle(Request{Case: reviewID, Profile: profile})
			warned := []string(nil)
			if profile == Client {
				warned = []string{"complete"}
			}
			v := w.verify(b)
			wantSound(t, v, warned...)
			if v.Case != reviewID || len(v.Cases) != drawn || len(v.Reviews) != drawn+1 || resultsOf(v)["draws"] != "pass" {
				t.Errorf("%d drawn: %s with %v, draws %s", drawn, v.Case, v.Cases, resultsOf(v)["draws"])
			}
			m := open(t, b)
			if lines := strings.Count(string(m[nameExpected]), "\n"); lines != drawn+1 {
				t.Errorf("%d drawn: claims of %d cases", drawn, lines)
			}
		}
	}
}

// What could be done to a draw or to the cases in the bundle is caught, by the check for it.
func TestReviewsThatWereTamperedWith(t *testing.T) {
	withhold := func(w *world, m members, id events.CaseID) {
		for _, seq := range w.seqs[id] {
			delete(m, eventName(seq))
			delete(m, proofName(seq))
		}
	}
	for _, row := range []struct {
		name   string
		world  *world
		alter  func(w *world, m members)
		caught string
	}{
		{"a sample that was chosen", reviewed(t, 1, func(d *events.SampleDrawn) { d.Items = []uint64{d.Items[0]%3 + 1} }), nil, "draws"},
		{"an item that is not in the list", reviewed(t, 3, func(d *events.SampleDrawn) { d.Items = []uint64{1, 2, 4} }), nil, "draws"},
		{"a checkpoint of another tree", reviewed(t, 3, func(d *events.SampleDrawn) { d.Checkpoint.Root = events.DigestOf([]byte("x")) }), nil, "draws"},
		{"a checkpoint before the list", reviewed(t, 3, func(d *events.SampleDrawn) { d.Checkpoint.Size = 3 }), nil, "draws"},
		{"a later number", reviewed(t, 3, func(d *events.SampleDrawn) { d.Draw = 2 }), nil, "draws"},
		{"a drawn case left out", reviewed(t, 3), func(w *world, m members) { withhold(w, m, thirdID) }, "draws"},
		{"the list exchanged", reviewed(t, 3), func(w *world, m members) {
			for digest := range w.lists {
				m[attachedName(digest)] = []byte(CaseID + "\n" + CaseID + "\n" + thirdID + "\n")
			}
		}, "draws"},
		{"the list left out", reviewed(t, 3), func(w *world, m members) {
			for digest := range w.lists {
				delete(m, attachedName(digest))
			}
		}, "draws"},
		{"the end of a drawn case withheld", reviewed(t, 3), func(w *world, m members) {
			last := w.seqs[otherCase][len(w.seqs[otherCase])-1]
			delete(m, eventName(last))
			delete(m, proofName(last))
		}, "complete"},
		{"a case that was not drawn", reviewed(t, 1), func(w *world, m members) {
			undrawn := CaseID
			if slices.Contains(w.verify(m.packed(t)).Cases, undrawn) {
				undrawn = otherCase
			}
			other := open(t, w.bundle(Request{Case: undrawn, Profile: Assessor}))
			for name, text := range other {
				if _, kept := m[name]; !kept {
					m[name] = text
				}
			}
		}, "draws"},
	} {
		m := open(t, row.world.bundle(Request{Case: reviewID, Profile: Assessor}))
		if row.alter != nil {
			row.alter(row.world, m)
		}
		packed := m.packed(t)
		if failed := failedIn(row.world.verify(packed)); !slices.Contains(failed, row.caught) {
			t.Errorf("%s: caught by %v, not by %s", row.name, failed, row.caught)
		}
	}
}

// The second verifier repeats the draws, too.
func TestSecondVerifierAgreesOnReviews(t *testing.T) {
	need(t, "python3")
	dir := t.TempDir()
	policy := filepath.Join(dir, "policy.txt")
	sound, chosen := reviewed(t, 2), reviewed(t, 1, func(d *events.SampleDrawn) { d.Items = []uint64{d.Items[0]%3 + 1} })
	sound.must(os.WriteFile(policy, sound.policy, 0o600))
	caught := map[string]string{}
	keep := func(w *world, m members, code string) {
		path := filepath.Join(dir, fmt.Sprintf("%d.zip", len(caught)))
		w.must(os.WriteFile(path, m.packed(t), 0o600))
		caught[path] = code
	}
	for _, profile := range []Profile{Assessor, Client} {
		keep(sound, open(t, sound.bundle(Request{Case: reviewID, Profile: profile})), "")
		keep(chosen, open(t, chosen.bundle(Request{Case: reviewID, Profile: profile})), "draws")
	}
	short := open(t, sound.bundle(Request{Case: reviewID, Profile: Client}))
	for _, id := range sound.verify(short.packed(t)).Cases[:1] {
		for _, seq := range sound.seqs[id] {
			delete(short, eventName(seq))
			delete(short, proofName(seq))
		}
	}
	keep(sound, short, "draws")
	var paths []string
	for path := range caught {
		paths = append(paths, path)
	}
	said := second(t, policy, paths...)
	for path, code := range caught {
		if got := said[path]; code == "" && len(got) > 0 || code != "" && !slices.Contains(got, code) {
			t.Errorf("%s: the second verifier says %v, not %q", filepath.Base(path), got, code)
		}
	}
}
