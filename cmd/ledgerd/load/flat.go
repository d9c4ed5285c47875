package load

import (
	"fmt"
	"io"
	"slices"
)

// Memory is how the service's memory went while it worked. The first third of the run is its warm-up.
type Memory struct {
	Resident Course `json:"resident"` // all of the process
	Kept     Course `json:"kept"`     // of it, what its own collector finds in use: what goes up here with each event is kept for ever
	Limit    int64  `json:"limit"`    // up to which the collector lets garbage lie; 0 when there is none
	Flat     bool   `json:"flat"`
}

// Course is how one figure went, in bytes.
type Course struct {
	Warm     int64 `json:"warm"` // the median of the first quarter after the warm-up
	End      int64 `json:"end"`  // the median of the last quarter
	Most     int64 `json:"most"`
	Thousand int64 `json:"per_1000_events"` // how much it grew with so many events after the warm-up
	Grown    int64 `json:"grown"`           // and with all of them, by the straight line that fits best
}

// flatWithin is the part of the resident memory that it may grow by after the warm-up: what the garbage that
// happens to lie around makes it swing by.
const flatWithin = 0.03

// fewestSamples is how many there have to be for a judgement.
const fewestSamples = 12

// summary is nil when the run was too short to tell.
func (m *memory) summary() *Memory {
	if len(m.samples) < fewestSamples {
		return nil
	}
	sum := &Memory{
		Resident: m.course(func(s sample) float64 { return s.resident }),
		Kept:     m.course(func(s sample) float64 { return s.kept }),
	}
	if m.limit < 1<<50 { // else nobody has set one
		sum.Limit = int64(m.limit)
	}
	sum.Flat = float64(sum.Resident.Grown) <= flatWithin*float64(sum.Resident.Warm)
	return sum
}

func (m *memory) course(of func(sample) float64) Course {
	var all, events []float64
	for _, s := range m.samples {
		all, events = append(all, of(s)), append(events, s.events)
	}
	warm := len(all) / 3
	after, quarter := all[warm:], (len(all)-warm)/4
	slope := slopeOf(events[warm:], after)
	return Course{
		Warm: middle(after[:quarter]), End: middle(after[len(after)-quarter:]), Most: int64(slices.Max(all)),
		Thousand: int64(1000 * slope), Grown: int64(slope * (events[len(events)-1] - events[warm])),
	}
}

// slopeOf is that of the straight line with the least squares; 0 where nothing happened.
func slopeOf(x, y []float64) float64 {
	var sumX, sumY, xx, xy float64
	for i := range x {
		sumX, sumY = sumX+x[i], sumY+y[i]
	}
	n := float64(len(x))
	for i := range x {
		dx := x[i] - sumX/n
		xx, xy = xx+dx*dx, xy+dx*(y[i]-sumY/n)
	}
	if xx == 0 {
		return 0
	}
	return xy / xx
}

func middle(list []float64) int64 {
	sorted := slices.Sorted(slices.Values(list))
	return int64(sorted[len(sorted)/2])
}

// verdict is nil when the memory was flat, or what it grew by was garbage that its collector lets lie.
func (m *Memory) verdict() error {
	if m.Flat || m.Resident.Most <= m.Limit {
		return nil
	}
	return fmt.Errorf("the memory grew by %.1f MiB after the warm-up, from %d to %d MiB", mib(m.Resident.Grown), m.Resident.Warm>>20, m.Resident.End>>20)
}

func (m *Memory) tell(out io.Writer) {
	says := "flat"
	switch {
	case m.Flat:
	case m.verdict() == nil:
		says = fmt.Sprintf("still filling up to the %d MiB at which the service begins to collect its garbage", m.Limit>>20)
	default:
		says = "not flat"
	}
	for _, line := range []struct {
		what string
		Course
	}{{"memory", m.Resident}, {"of it kept", m.Kept}} {
		fmt.Fprintf(out, "%s: %d MiB after the warm-up, %d MiB at the end, %d MiB at most; %+.2f MiB with every 1,000 events, %+.1f MiB in all\n",
			line.what, line.Warm>>20, line.End>>20, line.Most>>20, mib(line.Thousand), mib(line.Grown))
	}
	fmt.Fprintf(out, "memory is %s\n", says)
}

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
