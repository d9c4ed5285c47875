package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// growth is what a ledger of some size costs, each number a median over HTTP with one caller, against the
// program in a process of its own. Times are in milliseconds.
type growth struct {
	Events   int     `json:"events"`
	Append   float64 `json:"append_ms"`
	CaseRead float64 `json:"case_read_ms"`
	List     float64 `json:"list_ms"`
	Proof    float64 `json:"proof_ms"`
	Start    float64 `json:"start_ms"`   // until it serves, read models up to date
	Rebuild  float64 `json:"rebuild_ms"` // until it serves, read models made anew
	Memory   float64 `json:"memory_mb"`  // resident, after all that
}

// growthRounds is how often each request is sent.
const growthRounds = 200

// BenchmarkGrowth measures one size, LEDGER_EVENTS, and appends a line to the file GROWTH_DATA. `make
// growth` runs it for every size and draws the README's plot from the file.
func BenchmarkGrowth(b *testing.B) {
	book, err := shippedSchemes()
	if err != nil {
		b.Fatal(err)
	}
	cfg := rehearsed(b, book, "grown") // some hundred events more with each run, when it is kept
	g := growth{Events: ledgerSize()}
	args := []string{"--data", cfg.Data, "--origin", cfg.Origin, "--tokens", tokensFile(b)}
	g.Rebuild = milliseconds(timed(func() { startProcess(b, args...).stop() }))
	var p *process
	g.Start = milliseconds(timed(func() { p = startProcess(b, args...) }))
	cases := p.someCases(growthRounds)
	at := p.openedCase(fmt.Sprint("growth-", time.Now().UnixNano())) + "/application-review"
	g.Append = p.medianOf(func(n int) { p.mustPost(at, fmt.Sprint("growth-", n), returnApplication) })
	g.CaseRead = p.medianOf(func(n int) { p.mustRead("/v1/cases/" + cases[n%len(cases)]) })
	g.List = p.medianOf(func(int) { p.mustRead("/v1/cases?limit=50") })
	g.Proof = p.medianOf(func(int) { p.mustRead(fmt.Sprintf("/v1/events/%d/proof", 1+rand.IntN(g.Events))) })
	g.Memory = p.residentMB()
	for b.Loop() {
		p.mustRead("/v1/cases/" + cases[0])
	}
	p.stop()
	b.ReportMetric(g.Append, "ms-append")
	b.ReportMetric(g.CaseRead, "ms-case")
	b.ReportMetric(g.List, "ms-list")
	b.ReportMetric(g.Proof, "ms-proof")
	b.ReportMetric(g.Start, "ms-start")
	b.ReportMetric(g.Rebuild, "ms-rebuild")
	b.ReportMetric(g.Memory, "MB")
	g.keep(b)
}

func (g growth) keep(b *testing.B) {
	path := os.Getenv("GROWTH_DATA")
	if path == "" {
		return
	}
	line, err := json.Marshal(g)
	if err != nil {
		b.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(append(line, '\n')); err != nil {
		b.Fatal(err)
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

func (p *process) medianOf(do func(n int)) float64 {
	var took []time.Duration
	for n := range growthRounds {
		took = append(took, timed(func() { do(n) }))
	}
	slices.Sort(took)
	return milliseconds(took[len(took)/2])
}

func (p *process) mustRead(path string) []byte {
	got, err := p.request(p.t.Context(), http.MethodGet, path, "", "")
	if err != nil || got.status != http.StatusOK {
		p.t.Fatalf("read %s: %v %d %s", path, err, got.status, got.body)
	}
	return got.body
}

// someCases are cases from the list, page by page.
func (p *process) someCases(least int) (ids []string) {
	next := ""
	for len(ids) < least {
		var page struct {
			Items []struct {
				Case string `json:"case"`
			} `json:"items"`
			Next string `json:"next"`
		}
		if err := json.Unmarshal(p.mustRead("/v1/cases?limit=1000"+next), &page); err != nil {
			p.t.Fatal(err)
		}
		for _, item := range page.Items {
			ids = append(ids, item.Case)
		}
		if page.Next == "" || len(page.Items) == 0 {
			break
		}
		next = "&after=" + page.Next
	}
	if len(ids) == 0 {
		p.t.Fatal("the ledger has no case")
	}
	return ids
}

func (p *process) residentMB() float64 {
	response, err := http.Get(p.ops + "/metrics")
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "\nprocess_resident_memory_bytes ")
	number, _, _ := strings.Cut(after, "\n")
	bytes, err := strconv.ParseFloat(number, 64)
	if err != nil {
		p.t.Fatal(err)
	}
	return bytes / 1e6
}
