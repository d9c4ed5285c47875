package load

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// memory watches the resident memory of the service as its own metrics tell it.
type memory struct {
	ops     string
	told    *tally
	samples []uint64 // bytes
}

func newMemory(ops string, told *tally) *memory {
	return &memory{ops: strings.TrimSuffix(ops, "/"), told: told}
}

const memoryEvery = 2 * time.Second

func (m *memory) watch(ctx context.Context) {
	for m.ops != "" && ctx.Err() == nil {
		now, err := resident(ctx, m.ops)
		switch {
		case err == nil:
			m.samples = append(m.samples, now)
		case ctx.Err() == nil:
			m.told.failed(fmt.Errorf("look at the memory: %w", err))
		}
		_ = pause(ctx, memoryEvery) // ended by the run alone
	}
}

// resident reads process_resident_memory_bytes.
func resident(ctx context.Context, ops string) (uint64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, ops+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if text, is := strings.CutPrefix(lines.Text(), "process_resident_memory_bytes "); is {
			bytes, err := strconv.ParseFloat(text, 64)
			return uint64(bytes), err
		}
	}
	return 0, fmt.Errorf("the metrics do not tell the memory: %w", errForeign)
}

// Memory is how the service's memory went, in bytes.
type Memory struct {
	Early uint64 `json:"early"` // the median of the second quarter, after it has warmed up
	Late  uint64 `json:"late"`  // the median of the last quarter
	Peak  uint64 `json:"peak"`
	Flat  bool   `json:"flat"`
}

// grownBy is how much later may be above early: a tenth, and what a collector leaves lying around.
func (m Memory) grownBy() bool { return m.Late > m.Early+m.Early/10+48<<20 }

func (m *memory) summary() *Memory {
	n := len(m.samples)
	if n < 4 {
		return nil
	}
	sum := Memory{Early: middle(m.samples[n/4 : n/2]), Late: middle(m.samples[n-n/4:]), Peak: slices.Max(m.samples)}
	sum.Flat = !sum.grownBy()
	return &sum
}

func middle(list []uint64) uint64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
