package projections_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// A run is a process that follows a ledger into a file: its views, its reviews, and how many it makes.
type run struct {
	views   *projections.Views
	reviews *projections.Reviews
	ground  projections.GroundOf
	made    atomic.Int64
}

// process is a run that has seen the whole ledger, until do returns.
func process(t *testing.T, ledger *told, path string, do func(*run)) {
	t.Helper()
	r := &run{views: open(t, ledger.log, path)}
	r.ground = registered(r.views, t)
	r.reviews = r.views.Reviews(func(ctx context.Context, history []*events.Stored) (checks.Ground, error) {
		if history != nil {
			r.made.Add(1)
		}
		return r.ground(ctx, history)
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.views.Run(ctx) }()
	await(t, r.views, ledger.end())
	do(r)
	stop()
	if err := errors.Join(<-ended, r.views.Close()); err != nil {
		t.Fatal(err)
	}
}

// round has every case reviewed, holds each against the checks, and tells how many had to be made.
func (r *run) round(t *testing.T, ledger *told) int {
	t.Helper()
	if err := r.reviews.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.same(t, ledger)
	return int(r.made.Load())
}

func (r *run) same(t *testing.T, ledger *told) {
	t.Helper()
	for id, head := range ledger.last {
		if id != events.Registry {
			sameReview(t, ledger, id, r.reviews, r.ground, head)
		}
	}
}

// kept are the files of a ledger whose cases are all reviewed.
func kept(t *testing.T, ledger *told) (path string, reviews string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "views.sqlite")
	process(t, ledger, path, func(r *run) { r.round(t, ledger) })
	return path, strings.TrimSuffix(path, ".sqlite") + "-reviews.sqlite"
}

func someLedger(t *testing.T) *told {
	t.Helper()
	return tell(t, rehearsal.Plan{Seed: 13, Events: 240, Open: 4, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
}

// What is kept is made once, whatever process asks; what no longer holds is made anew, and nothing else is.
func TestReviewsSurviveTheProcess(t *testing.T) {
	all := len(someLedger(t).last)
	for _, row := range []struct {
		name    string
		between func(t *testing.T, ledger *told, path, reviews string)
		made    int
	}{
		{"nothing happens", func(*testing.T, *told, string, string) {}, 0},
		{"the read models are deleted", func(t *testing.T, _ *told, path, _ string) { remove(t, path) }, 0},
		{"the reviews are deleted", func(t *testing.T, _ *told, _, reviews string) { remove(t, reviews) }, all},
		{"a case goes on", func(t *testing.T, ledger *told, _, _ string) { openOldAudit(t, ledger, ledger.list[0].Subject) }, 1},
		{"the registry answers otherwise", func(t *testing.T, ledger *told, _, _ string) { registryEvent(t, ledger, aQualification) },
			len(someLedger(t).planned())},
		{"the registry says what nobody asked", func(t *testing.T, ledger *told, _, _ string) { registryEvent(t, ledger, aParameter) }, 0},
		{"a review is missing", changed("DELETE FROM reviews WHERE rowid = 1"), 1},
		{"a review was edited", changed("UPDATE reviews SET review = replace(review, '\"head\":', '\"head\":9') WHERE rowid = 2"), all},
		{"a review stands under another case", changed("UPDATE reviews SET (review, seal) = (SELECT review, seal FROM reviews WHERE rowid = 2) WHERE rowid = 1"), all},
		{"the mark was edited", changed("UPDATE mark SET seen = 1"), all},
		{"the mark is gone", changed("DELETE FROM mark"), all},
		{"no table", changed("DROP TABLE reviews"), all},
		{"no database", func(t *testing.T, _ *told, _, reviews string) {
			if err := os.WriteFile(reviews, []byte(strings.Repeat("?", 8192)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, all},
	} {
		t.Run(row.name, func(t *testing.T) {
			ledger := someLedger(t)
			path, reviews := kept(t, ledger)
			row.between(t, ledger, path, reviews)
			for _, want := range []int{row.made, 0} {
				process(t, ledger, path, func(r *run) {
					if made := r.round(t, ledger); made != want {
						t.Errorf("%d reviews are made, want %d", made, want)
					}
				})
			}
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// changed runs a statement on the kept reviews.
func changed(statement string) func(*testing.T, *told, string, string) {
	return func(t *testing.T, _ *told, _, reviews string) {
		t.Helper()
		if err := execute(reviews, statement); err != nil {
			t.Fatal(err)
		}
	}
}

// What another program kept is never given, nor are they mixed.
func TestReviewsOfAnotherProgram(t *testing.T) {
	ledger := someLedger(t)
	path, _ := kept(t, ledger)
	for _, row := range []struct {
		program string
		made    int
	}{{"another", len(ledger.last)}, {"another", 0}, {"a third", len(ledger.last)}} {
		process(t, ledger, path, func(r *run) {
			r.views.ReviewedBy(events.DigestOf([]byte(row.program)))
			if made := r.round(t, ledger); made != row.made {
				t.Errorf("%s: %d reviews are made, want %d", row.program, made, row.made)
			}
		})
	}
}

// Reviews that rest on what the log does not have, because it was restored to an earlier state or is another's,
// are not given, even of cases that look the same.
func TestReviewsOfAnotherLog(t *testing.T) {
	ledger := someLedger(t)
	path, _ := kept(t, ledger)
	earlier, other := emptyLedger(), emptyLedger()
	for _, e := range ledger.list[:len(ledger.list)-1] {
		earlier.append(t, e)
		other.append(t, e)
	}
	registryEvent(t, other, aQualification)
	for name, now := range map[string]*told{"earlier": earlier, "other": other} {
		beside := copied(t, path)
		remove(t, beside)
		process(t, now, beside, func(r *run) {
			if made, all := r.round(t, now), len(ledger.last); made != all {
				t.Errorf("%s: %d reviews are made, want %d", name, made, all)
			}
		})
	}
}

// copied are the files as they lie there now, in another directory: what a process leaves that dies.
func copied(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Dir(path))); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, filepath.Base(path))
}

// A process that dies between two reviews leaves those it has made, and the next makes the others.
func TestReviewsAfterACrash(t *testing.T) {
	ledger := someLedger(t)
	path := filepath.Join(t.TempDir(), "views.sqlite")
	left := []string{} // after so many reviews
	process(t, ledger, path, func(r *run) {
		for id, head := range ledger.last {
			left = append(left, copied(t, path))
			sameReview(t, ledger, id, r.reviews, r.ground, head)
		}
	})
	for done, path := range left {
		process(t, ledger, path, func(r *run) {
			if made := r.round(t, ledger); made != len(ledger.last)-done {
				t.Errorf("%d of %d reviews were kept, %d are made", done, len(ledger.last), made)
			}
		})
	}
}

// Whatever byte of the file changes, what is given is what the checks say.
func TestDamagedReviewsAreNotBelieved(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 13, Events: 60, Open: 2, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	path, reviews := kept(t, ledger)
	sound, err := os.ReadFile(reviews)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 1))
	anew := 0
	for range 25 {
		spoilt := append([]byte(nil), sound...)
		spoilt[random.IntN(len(spoilt))] ^= byte(1 << random.IntN(8))
		if err := os.WriteFile(reviews, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		process(t, ledger, path, func(r *run) {
			if r.round(t, ledger) > 0 {
				anew++
			}
		})
	}
	if anew == 0 {
		t.Error("no change hit anything that counts")
	}
}
