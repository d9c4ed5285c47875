package torture

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"
)

const (
	openCase          = `{"kind":"certification","scheme":"gbt27922-2011","organization":{"name":"晨光"},"scope":"家电售后"}`
	returnApplication = `{"outcome":"returned","reason":"补充材料"}`
	cases             = 40 // enough that histories stay short enough to be checked
)

// crowd is clients that post and read, and everything they were told.
type crowd struct {
	w     *world
	began time.Time
	group sync.WaitGroup

	mu      sync.Mutex
	paths   []string // of the cases
	history map[string][]porcupine.Operation
	acks    map[string]acked // by key
}

// acked is what a client was told of an event: it must be there, once, at that place.
type acked struct{ seq, caseSeq uint64 }

func newCrowd(w *world) *crowd {
	return &crowd{w: w, began: time.Now(), history: map[string][]porcupine.Operation{}, acks: map[string]acked{}}
}

// begin opens the cases and lets the clients go.
func (c *crowd) begin(ctx context.Context, clients int) {
	c.w.heal()
	for i := range cases {
		key := fmt.Sprintf("open-%d", i)
		got, done := c.surely(ctx, rand.New(rand.NewPCG(uint64(i), 1)), "/v1/cases", key, "", openCase)
		if !done || got.status != http.StatusCreated {
			c.w.t.Fatalf("open a case: %d %s", got.status, got.body)
		}
		c.paths = append(c.paths, got.header.Get("Location"))
		c.acknowledge(key, got)
	}
	for id := range clients {
		draw := rand.New(rand.NewPCG(*seed, uint64(id)+1))
		c.group.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				c.operate(ctx, draw, id, fmt.Sprintf("c%d-%d", id, n))
			}
		})
	}
}

// end lets every client finish what it has begun.
func (c *crowd) end(stop func()) {
	stop()
	c.group.Wait()
}

// operate does one thing to one case at any node, and notes when it began, what came of it and when.
func (c *crowd) operate(ctx context.Context, draw *rand.Rand, id int, key string) {
	path := c.paths[draw.IntN(len(c.paths))]
	op := porcupine.Operation{ClientId: id, Call: c.now()}
	in, out := input{}, output{}
	switch kind := draw.IntN(10); {
	case kind < 4:
		out = c.read(ctx, draw, path)
		in.kind = reading
	case kind < 7:
		in.kind = posting
		out = c.post(draw, path, key, "")
	default:
		in.kind = comparing
		if seen := c.read(ctx, draw, path); seen.known {
			in.expected = seen.caseSeq
			op.Call = c.now()
			out = c.post(draw, path, key, fmt.Sprintf("%q", fmt.Sprint(in.expected)))
		} else {
			in.kind = reading
		}
	}
	if in.kind == reading && !out.known {
		return // it changed nothing and said nothing
	}
	op.Input, op.Output, op.Return = in, out, c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.history[path] = append(c.history[path], op)
}

func (c *crowd) now() int64 { return time.Since(c.began).Nanoseconds() }

func (c *crowd) read(ctx context.Context, draw *rand.Rand, path string) output {
	got, err := c.w.nodes[draw.IntN(len(c.w.nodes))].ask(ctx, http.MethodGet, path, "", "", "")
	if err != nil || got.status != http.StatusOK {
		pauseUnless(err == nil && got.status == http.StatusOK)
		return output{}
	}
	return output{known: true, caseSeq: c.caseSeq(got)}
}

// pauseUnless keeps a client from asking a node that is down a thousand times a second.
func pauseUnless(answered bool) {
	if !answered {
		time.Sleep(50 * time.Millisecond)
	}
}

func (c *crowd) caseSeq(got answer) uint64 {
	seq, err := strconv.ParseUint(strings.Trim(got.header.Get("ETag"), `"`), 10, 64)
	if err != nil {
		c.w.t.Errorf("an answer with the ETag %s", got.header.Get("ETag"))
	}
	return seq
}

// post posts until somebody tells what became of it: with the same key, at any node. It goes on after the
// run was stopped, since then everything is healed.
func (c *crowd) post(draw *rand.Rand, path, key, ifMatch string) output {
	got, done := c.surely(context.Background(), draw, path+"/application-review", key, ifMatch, returnApplication)
	switch {
	case !done:
		c.w.t.Errorf("nobody tells what became of %s: %d %s", key, got.status, got.body)
		return output{}
	case got.status == http.StatusCreated:
		c.acknowledge(key, got)
		return output{known: true, stored: true, caseSeq: c.caseSeq(got)}
	case got.status == http.StatusPreconditionFailed && ifMatch != "":
		return output{known: true}
	}
	c.w.t.Errorf("%s: %d %s", key, got.status, got.body)
	return output{}
}

// patience is how long a client asks for the outcome of one posting: longer than any fault.
const patience = 4 * time.Minute

// surely asks until the answer is definite: stored, or refused by a rule.
func (c *crowd) surely(ctx context.Context, draw *rand.Rand, path, key, ifMatch, body string) (got answer, done bool) {
	for until := time.Now().Add(patience); time.Now().Before(until) && ctx.Err() == nil; {
		var err error
		got, err = c.w.nodes[draw.IntN(len(c.w.nodes))].ask(ctx, http.MethodPost, path, key, ifMatch, body)
		if err == nil && got.status != http.StatusServiceUnavailable {
			return got, true
		}
		pauseUnless(false)
	}
	return got, false
}

func (c *crowd) acknowledge(key string, got answer) {
	var told struct {
		Seq     uint64 `json:"seq"`
		CaseSeq uint64 `json:"case_seq"`
	}
	if err := json.Unmarshal(got.body, &told); err != nil || told.Seq == 0 {
		c.w.t.Errorf("%s: %v in %s", key, err, got.body)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acks[key] = acked{told.Seq, told.CaseSeq}
}

func (c *crowd) acknowledged() map[string]acked {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.acks
}

func (c *crowd) count() (n int) {
	for _, ops := range c.history {
		n += len(ops)
	}
	return n
}
