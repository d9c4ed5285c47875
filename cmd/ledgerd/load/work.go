package load

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// audited is a case with its audit open.
type audited struct {
	path    string
	entries atomic.Int64 // posted so far, which says what comes next
}

// cases are those that can be worked on.
type cases struct {
	mu   sync.RWMutex
	list []*audited
}

func (c *cases) add(one *audited) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, one)
}

// any chooses with equal chance.
func (c *cases) any() *audited {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.list[rand.IntN(len(c.list))]
}

type fields = map[string]any

// openers is how many cases are opened side by side.
const openers = 64

func (r *run) openAll(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	numbers := make(chan int)
	var opening sync.WaitGroup
	for range openers {
		opening.Go(func() {
			for n := range numbers {
				if err := r.openCase(ctx, n); err != nil {
					cancel(err)
				}
			}
		})
	}
	for n := 0; n < r.Cases && ctx.Err() == nil; n++ {
		numbers <- n
	}
	close(numbers)
	opening.Wait()
	return context.Cause(ctx)
}

// openCase takes a case as far as the opening meeting of its initial audit.
func (r *run) openCase(ctx context.Context, n int) error {
	team := []fields{{"actor": r.People.Lead.Actor, "role": "lead"}}
	for _, a := range r.People.Auditors {
		team = append(team, fields{"actor": a.Actor, "role": "auditor"})
	}
	key := fmt.Sprintf("load-%d-%d", started, n)
	opened, err := r.do(ctx, r.People.Officer, "/v1/cases", key, fields{
		"kind": "certification", "scheme": scheme, "organization": fields{"name": fmt.Sprintf("企业 %d", n)}, "scope": "家用电器的安装、维修和售后服务",
	})
	if err != nil {
		return err
	}
	path := "/v1/cases/" + opened.Case
	for _, step := range []struct {
		who  Person
		path string
		body fields
	}{
		{r.People.Officer, "/application-review", fields{"outcome": "accepted", "reason": "申请材料齐全"}},
		{r.People.Officer, "/audits", fields{"kind": "initial", "team": team, "starts_on": today(0), "ends_on": today(2), "mode": "on_site"}},
		{r.People.Lead, "/audits/1/document-review", fields{"outcome": "accepted", "reason": "文件符合要求"}},
		{r.People.Lead, "/audits/1/opening", fields{"held_at": time.Now().UTC().Format(time.RFC3339)}},
	} {
		if _, err := r.do(ctx, step.who, path+step.path, key+step.path, step.body); err != nil {
			return err
		}
	}
	r.cases.add(&audited{path: path})
	return nil
}

const scheme = "gbt27922-2011"

// started makes the keys of a run its own.
var started = time.Now().UnixNano()

func today(later int) string { return time.Now().UTC().AddDate(0, 0, later).Format(time.DateOnly) }

// do posts a command and takes note of its acknowledgement.
func (r *run) do(ctx context.Context, who Person, path, key string, body any) (acknowledged, error) {
	done, err := r.client.post(ctx, who, path, key, body)
	if err == nil {
		r.book.note(done)
	}
	return done, err
}

// readClauses asks which clauses can be assessed.
func (r *run) readClauses(ctx context.Context) ([]string, error) {
	text, err := r.client.get(ctx, "scheme", r.People.Quality, "/v1/schemes/"+scheme)
	if err != nil {
		return nil, err
	}
	var document struct {
		Clauses []struct {
			ID     string  `json:"id"`
			Points *string `json:"points"`
		} `json:"clauses"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	var clauses []string
	for _, c := range document.Clauses {
		if c.Points != nil {
			clauses = append(clauses, c.ID)
		}
	}
	if len(clauses) == 0 {
		return nil, errForeign
	}
	return clauses, nil
}

// longestBurst is how many entries an auditor types before looking at the score.
const longestBurst = 10

// poster is an auditor: a burst of entries in one case, a look at what they did to the score, the next.
func (r *run) poster(ctx context.Context, number int) {
	who := r.People.Auditors[number%len(r.People.Auditors)]
	for n := 0; ctx.Err() == nil; {
		at := r.cases.any()
		for range 1 + rand.IntN(longestBurst) {
			n++
			path, body := r.entry(int(at.entries.Add(1) - 1))
			// What went wrong is counted; an auditor goes on with the next entry.
			if _, err := r.do(ctx, who, at.path+path, fmt.Sprintf("load-%d-%d-%d", started, number, n), body); err != nil && ctx.Err() != nil {
				return
			}
			if pause(ctx, jitter(r.Pause)) != nil {
				return
			}
		}
		r.look(ctx, at, n)
	}
}

// jitter keeps people from typing in step: between half and one and a half times the mean.
func jitter(mean time.Duration) time.Duration {
	return mean/2 + time.Duration(rand.Int64N(int64(mean)+1))
}

// entry is what is posted as a case's n-th: every clause assessed once, a few deducted, then findings.
func (r *run) entry(n int) (path string, body fields) {
	clauses := len(r.clauses)
	switch {
	case n < clauses:
		return "/audits/1/assessments", fields{"clause": r.clauses[n], "result": "conforming", "method": "documents"}
	case n < clauses+clauses/10:
		return "/audits/1/deductions", fields{"clause": r.clauses[n-clauses], "basis": "qualitative", "reason": "现场未见相应记录"}
	}
	return "/audits/1/findings", fields{
		"clause": r.clauses[n%clauses], "category": "observation", "statement": "服务网点的备件清单与系统记录有一处不一致，已当场更正",
	}
}

// looks are what is read between bursts, in turn.
var looks = []struct{ kind, path string }{
	{"read score", "/audits/1/score"}, {"read case", ""}, {"read timeline", "/audits/1/score/timeline"}, {"read score", "/audits/1/score"},
}

func (r *run) look(ctx context.Context, at *audited, n int) {
	look := looks[n%len(looks)]
	_, _ = r.client.get(ctx, look.kind, r.People.Quality, at.path+look.path) // counted either way
	if n%5 == 0 {
		_, _ = r.client.get(ctx, "read list", r.People.Quality, "/v1/cases?limit=50")
	}
}

// arrivals opens more cases while the others are worked on.
func (r *run) arrivals(ctx context.Context) {
	if r.Arrivals == 0 {
		return
	}
	for n := r.Cases; pause(ctx, jitter(time.Minute/time.Duration(r.Arrivals))) == nil; n++ {
		_ = r.openCase(ctx, n) // counted either way
	}
}
