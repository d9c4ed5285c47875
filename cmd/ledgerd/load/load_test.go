package load

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// forgetful is a ledger that acknowledges everything, and has all of it but every n-th event. Now and
// then it turns a command away.
type forgetful struct {
	every uint64
	seq   atomic.Uint64
	asked atomic.Uint64
}

func (l *forgetful) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost && l.asked.Add(1)%10 == 0:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
	case r.Method == http.MethodPost:
		seq := l.seq.Add(1)
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"seq":%d,"id":"id-%d","case":"C%d","case_seq":1}`, seq, seq, seq)
	case strings.HasPrefix(r.URL.Path, "/v1/schemes/"):
		fmt.Fprint(w, `{"clauses":[{"id":"1","points":"5"},{"id":"2","points":null}]}`)
	case strings.HasPrefix(r.URL.Path, "/v1/events"):
		for seq := uint64(1); seq <= l.seq.Load(); seq++ {
			id := fmt.Sprint("id-", seq)
			if l.every > 0 && seq%l.every == 0 {
				id = "another"
			}
			fmt.Fprintf(w, `{"seq":%d,"digest":"x","event":{"id":%q}}`+"\n", seq, id)
		}
	default:
		fmt.Fprint(w, "{}")
	}
}

func worked(t *testing.T, ledger http.Handler) (*Report, error) {
	t.Helper()
	server := httptest.NewServer(ledger)
	t.Cleanup(server.Close)
	people, err := ReadPeople(MakePeople())
	if err != nil {
		t.Fatal(err)
	}
	return Run(t.Context(), Config{
		Server: server.URL, People: people, Cases: 5, Posters: 4, Replays: 1, Every: 10 * time.Millisecond, Pause: time.Millisecond, For: 300 * time.Millisecond,
	}, io.Discard)
}

// What was acknowledged and is not there is found, and makes the verdict.
func TestLossIsFound(t *testing.T) {
	report, err := worked(t, &forgetful{})
	if err != nil || report.Lost != 0 || report.Verdict() != nil || report.TurnedAway == 0 || report.PerSecond == 0 {
		t.Errorf("a sound ledger: %+v, %v", report, err)
	}
	report, err = worked(t, &forgetful{every: 20})
	if err != nil {
		t.Fatal(err)
	}
	if want := int(report.Events / 20); report.Lost != want || want == 0 || report.Verdict() == nil {
		t.Errorf("%d of %d events are missing, found %d: %v", want, report.Events, report.Lost, report.Verdict())
	}
}

// An answer that is no ledger's is an error, and so is one that the contract does not have.
func TestErrorsAreCounted(t *testing.T) {
	var n atomic.Int64
	sound := &forgetful{}
	report, err := worked(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/assessments") && n.Add(1) == 3 {
			http.Error(w, "broken", http.StatusInternalServerError)
			return
		}
		sound.ServeHTTP(w, r)
	}))
	if err != nil || report.Errors != 1 || len(report.FirstErrors) != 1 || !strings.Contains(report.FirstErrors[0], "500 broken") || report.Verdict() == nil {
		t.Errorf("%+v, %v", report, err)
	}
}

// A gap in the live feed is an error: ids have to follow one another.
func TestGapInALiveFeedIsAnError(t *testing.T) {
	sound := &forgetful{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") == sseMedia {
			fmt.Fprint(w, "id: 1\ndata: {}\n\nid: 3\ndata: {}\n\n")
			return
		}
		sound.ServeHTTP(w, r)
	}))
	defer server.Close()
	people, err := ReadPeople(MakePeople())
	if err != nil {
		t.Fatal(err)
	}
	r := &run{Config: Config{Server: server.URL, People: people}, told: newTally(), book: newBook()}
	r.client = newClient(server.URL, 1, r.told)
	after := uint64(0)
	if err := r.followFrom(t.Context(), &after); err == nil || !strings.Contains(err.Error(), "event 3 follows 1") {
		t.Errorf("%v", err)
	}
}

func TestQuantiles(t *testing.T) {
	var s spread
	for n := 1; n <= 1000; n++ {
		s.add(time.Duration(n) * time.Millisecond)
	}
	for part, want := range map[float64]time.Duration{0.5: 500 * time.Millisecond, 0.99: 990 * time.Millisecond} {
		if got := s.quantile(part); got < want || got > want+want/20 {
			t.Errorf("%v: %v, want %v within 5 %%", part, got, want)
		}
	}
	if s.worst != time.Second || s.quantile(1) != time.Second {
		t.Errorf("worst %v, %v", s.worst, s.quantile(1))
	}
}

// Memory that grows with the events is told from memory that only warms up, and that from garbage which the
// collector lets lie below its limit.
func TestMemoryIsFlatOrNot(t *testing.T) {
	for name, row := range map[string]struct {
		resident func(n float64) float64 // MiB at the n-th of 90 looks, each 1,000 events later
		limit    float64                 // MiB
		flat     bool
		sound    bool
		thousand int64 // MiB
	}{
		"it grows":                       {func(n float64) float64 { return 200 + 3*n }, 100, false, false, 3},
		"it grows below the limit":       {func(n float64) float64 { return 200 + 3*n }, 1000, false, true, 3},
		"it grows and there is no limit": {func(n float64) float64 { return 200 + 3*n }, math.MaxInt64 >> 20, false, false, 3},
		"it warms up":                    {func(n float64) float64 { return 200 + 3*min(n, 30) }, 100, true, true, 0},
		"it swings":                      {func(n float64) float64 { return 200 + 20*math.Mod(n, 2) }, 100, true, true, 0},
		"it shrinks":                     {func(n float64) float64 { return 500 - n }, 100, true, true, -1},
	} {
		m := &memory{limit: row.limit * (1 << 20)}
		for i := range 90 {
			n := float64(i)
			m.samples = append(m.samples, sample{1000 * n, row.resident(n) * (1 << 20), 50 << 20})
		}
		sum := m.summary()
		if sum.Flat != row.flat || (sum.verdict() == nil) != row.sound || sum.Kept.Thousand != 0 ||
			(sum.Resident.Thousand+1<<19)>>20 != row.thousand {
			t.Errorf("%s: %+v, %v", name, sum, sum.verdict())
		}
	}
	if (&memory{samples: make([]sample, fewestSamples-1)}).summary() != nil {
		t.Error("a short run is judged")
	}
	if idle := (&memory{samples: make([]sample, fewestSamples)}).summary(); !idle.Flat {
		t.Errorf("nothing happened: %+v", idle)
	}
}

// The service's own metrics tell its memory; another's do not.
func TestMemoryIsLookedAt(t *testing.T) {
	text := "# HELP x\nprocess_resident_memory_bytes 2e+08\ngo_gc_heap_live_bytes 5e+07\ngo_gc_gomemlimit_bytes 4.8e+08\n"
	ops := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
	defer ops.Close()
	m := newMemory(ops.URL+"/", newTally(), func() int { return 7 })
	if err := m.look(t.Context()); err != nil || m.samples[0] != (sample{7, 2e8, 5e7}) || m.limit != 4.8e8 {
		t.Errorf("%+v, %v", m, err)
	}
	text = "up 1\n"
	if err := m.look(t.Context()); !errors.Is(err, errForeign) {
		t.Errorf("metrics of another: %v", err)
	}
}

func TestWhoIsNeeded(t *testing.T) {
	if _, err := ReadPeople([]byte(`[{"token":"t","actor":"a","roles":["case_officer"]}]`)); err == nil {
		t.Error("one person was enough")
	}
	for what, c := range map[string]Config{
		"no cases":      {For: time.Second, Every: 1},
		"no end":        {Cases: 1, Every: 1},
		"many posters":  {Cases: 1, For: 1, Every: 1, Posters: mostOf + 1},
		"days":          {Cases: 1, For: longest + 1, Every: 1},
		"back in time":  {Cases: 1, For: 1, Every: 1, Pause: -1},
		"endless round": {Cases: 1, For: 1},
	} {
		if c.Check() == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}
