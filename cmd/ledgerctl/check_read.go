package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"starledger/events/checks"
	"starledger/projections/bundle"
)

// checkLedger asks the server, one case after the other or page by page. What was found is printed as it
// stands in the answers.
func (p *program) checkLedger(ctx context.Context, wanted sieve) error {
	t, shown := p.newTally(wanted), newProgress(p.err, p.settings.language)
	defer shown.clear()
	ask := func(q question) (next string, err error) {
		var answer page
		if _, err := p.client.read(ctx, q, &answer); err != nil {
			return "", err
		}
		for _, item := range answer.Items {
			row, err := outcomeOf(item)
			if err == nil {
				err = t.take(row, item)
			}
			if err != nil {
				return "", fmt.Errorf("read %s: %w", q.name(), err)
			}
		}
		shown.say(fmt.Sprintf(p.say(checkProgress), len(t.cases)))
		return answer.Next, nil
	}
	for _, id := range wanted.cases {
		if _, err := ask(question{path: []string{"v1", "cases", string(id), "checks"}}); err != nil {
			return err
		}
	}
	if len(wanted.cases) == 0 {
		if err := allPages(ask); err != nil {
			return err
		}
	}
	shown.clear()
	return t.end()
}

// allPages asks for one page of the ledger's checks after the other.
func allPages(ask func(question) (next string, err error)) error {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	for {
		next, err := ask(question{path: []string{"v1", "checks"}, query: query})
		if err != nil || next == "" {
			return err
		}
		if next == query.Get("after") {
			return fmt.Errorf("read /v1/checks: %w: the page after %.40q is followed by itself", errForeign, next)
		}
		query = url.Values{"limit": query["limit"], "after": {next}}
	}
}

// checkBundle verifies a bundle and tells what the checks came to on its own events. A bundle that is broken
// otherwise is told about like ledgerctl verify does: nothing can be said of events that may be forged.
func (p *program) checkBundle(ctx context.Context, path, policy string, wanted sieve) error {
	options, err := verifying{policy: policy, skew: bundle.DefaultSkew, lag: bundle.DefaultLag}.options(p.getenv)
	if err != nil {
		return err
	}
	p.acting = true
	shown := newProgress(p.err, p.settings.language)
	options.Progress = shown.show
	verdict, err := bundle.Verify(ctx, path, options)
	shown.clear()
	switch {
	case errors.Is(err, bundle.ErrPolicy):
		return usageError{fmt.Errorf("--policy: %w", err)}
	case err != nil:
		return err
	}
	for i := range verdict.Checks {
		if o := &verdict.Checks[i]; o.Result == checks.Fail && !o.Judges() {
			return &unsoundError{o.Check}
		}
	}
	t := p.newTally(wanted)
	for _, r := range verdict.Reviews {
		if err := t.rowsOf(r.Case, r.Outcomes); err != nil {
			return err
		}
	}
	return t.end()
}
