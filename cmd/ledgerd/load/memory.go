package load

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// memory watches the memory of the service as its own metrics tell it.
type memory struct {
	ops     string
	told    *tally
	events  func() int // acknowledged so far
	limit   float64
	samples []sample
}

// sample is one look at the service.
type sample struct{ events, resident, kept float64 }

func newMemory(ops string, told *tally, events func() int) *memory {
	return &memory{ops: strings.TrimSuffix(ops, "/"), told: told, events: events}
}

const memoryEvery = 2 * time.Second

func (m *memory) watch(ctx context.Context) {
	for m.ops != "" && ctx.Err() == nil {
		err := m.look(ctx)
		if err != nil && ctx.Err() == nil {
			m.told.failed(fmt.Errorf("look at the memory: %w", err))
		}
		_ = pause(ctx, memoryEvery) // ended by the run alone
	}
}

// The metrics that tell the memory.
const (
	residentBytes = "process_resident_memory_bytes"
	keptBytes     = "go_gc_heap_live_bytes" // what the last collection of garbage has left
	limitBytes    = "go_gc_gomemlimit_bytes"
)

func (m *memory) look(ctx context.Context) error {
	found, err := scrape(ctx, m.ops, residentBytes, keptBytes, limitBytes)
	if err != nil {
		return err
	}
	m.limit = found[limitBytes]
	m.samples = append(m.samples, sample{float64(m.events()), found[residentBytes], found[keptBytes]})
	return nil
}

// scrape reads some metrics, all of which have to be there.
func scrape(ctx context.Context, ops string, names ...string) (map[string]float64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, ops+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	all := map[string]string{}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		all[name] = value
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	found := map[string]float64{}
	for _, name := range names {
		if found[name], err = strconv.ParseFloat(all[name], 64); err != nil {
			return nil, fmt.Errorf("the metrics do not tell %s: %w", name, errForeign)
		}
	}
	return found, nil
}
