package load

import (
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// tally counts what requests came to. Its size does not grow with the run.
type tally struct {
	turnedAway, errors atomic.Int64

	mu    sync.Mutex
	kinds map[string]*spread
	first []string // errors, as they came
}

const keepErrors = 10

func newTally() *tally { return &tally{kinds: map[string]*spread{}} }

func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kinds = map[string]*spread{}
	t.turnedAway.Store(0)
}

func (t *tally) took(kind string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.kinds[kind]
	if s == nil {
		s = &spread{}
		t.kinds[kind] = s
	}
	s.add(d)
}

func (t *tally) failed(err error) {
	t.errors.Add(1)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.first) < keepErrors {
		t.first = append(t.first, err.Error())
	}
}

// Latency is how long requests of one kind took.
type Latency struct {
	Kind   string        `json:"kind"`
	Count  uint64        `json:"count"`
	Median time.Duration `json:"median_ns"`
	P99    time.Duration `json:"p99_ns"`
	Worst  time.Duration `json:"worst_ns"`
}

func (t *tally) latencies() (list []Latency) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for kind, s := range t.kinds {
		list = append(list, Latency{kind, s.count, s.quantile(0.5), s.quantile(0.99), s.worst})
	}
	slices.SortFunc(list, func(a, b Latency) int {
		if a.Kind < b.Kind {
			return -1
		}
		return 1
	})
	return list
}

// spread counts durations in buckets, each 5 % wider than the one before, from a microsecond to more
// than an hour.
type spread struct {
	buckets [460]uint64
	count   uint64
	worst   time.Duration
}

var step = math.Log(1.05)

func (s *spread) add(d time.Duration) {
	at := 0
	if d > time.Microsecond {
		at = min(int(math.Log(float64(d)/float64(time.Microsecond))/step), len(s.buckets)-1)
	}
	s.buckets[at]++
	s.count++
	s.worst = max(s.worst, d)
}

// quantile is the upper end of the bucket that a part of all durations does not exceed.
func (s *spread) quantile(part float64) time.Duration {
	below := uint64(math.Ceil(part * float64(s.count)))
	for at, n := range s.buckets {
		if n >= below {
			end := time.Duration(math.Exp(float64(at+1)*step) * float64(time.Microsecond))
			return min(end, s.worst)
		}
		below -= n
	}
	return s.worst
}
