package projections

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

// AnalyticsQuery asks how audits came out.
type AnalyticsQuery struct {
	Scheme  events.ID // id of the scheme audited under; "" is any
	Version events.ID // of that scheme; "" is any
	// From and To bound when an audit was reported (lead times: decided), both included; 0 is open.
	From, To events.Instant
	Within   *Within
	AsOf     Point // on the recorded axis
}

// Analytics is how audits came out, as of a point. Audits that are provisional, partial, or whose
// report was returned are not in it.
type Analytics struct {
	At        Resolved
	Audits    int
	Scores    []ScoreGroup
	Losses    []ClauseLoss
	Repeats   []RepeatedClause
	LeadTimes []LeadTime
}

// ScoreGroup sums up the audits of one month and one scheme.
type ScoreGroup struct {
	Month  string // of the report in Asia/Shanghai: 2026-11
	Scheme string // id@version
	Audits int
	Failed int
	Grades map[events.ID]int // audits by grade
	// Mean, Least and Most of the final values, exact.
	Mean, Least, Most scoring.Number
}

// ClauseLoss is how many points a clause cost, the dearest of a scheme first.
type ClauseLoss struct {
	Scheme string
	Clause events.Clause
	Audits int            // that lost points on it
	Lost   scoring.Number // points, all audits together
	Share  scoring.Number // of all points lost under the scheme, 0 to 1
	// Cumulative is the share of this and all dearer clauses together.
	Cumulative scoring.Number
	Months     []MonthLoss // ascending, those in which it cost something
}

// MonthLoss is how many points a clause cost in the audits reported in one month.
type MonthLoss struct {
	Month  string // 2026-11
	Audits int
	Lost   scoring.Number
}

// RepeatedClause is a clause on which audits found a nonconformity again, after an earlier audit of
// the same case had.
type RepeatedClause struct {
	Scheme   string
	Clause   events.Clause
	Audits   int
	Examples []RepeatExample // the first of them, at most repeatExamples
}

// RepeatExample is an audit that found a nonconformity again.
type RepeatExample struct {
	Case  events.CaseID
	Audit uint64
}

// repeatExamples bounds the examples of one clause.
const repeatExamples = 10

// LeadTime is how long a step took over the audits decided.
type LeadTime struct {
	Step   string // one of stepNames
	Audits int
	// Median and Ninth are the times that half and nine tenths of the audits did not exceed, by
	// nearest rank, so each is the time of some audit; Longest is the longest. In microseconds.
	Median, Ninth, Longest events.Instant
}

// Analytics tells how audits came out. It costs what the number of audits costs, whatever their
// number of events. Errors: those of Resolve, ErrListAxis.
func (v *Views) Analytics(ctx context.Context, q AnalyticsQuery) (*Analytics, error) {
	if q.AsOf.Axis == Effective {
		return nil, fmt.Errorf("read analytics: %w", ErrListAxis)
	}
	at, err := v.Resolve(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	reports, courses, err := v.audited.upTo(ctx, v.store.read, at.Seq)
	if err != nil {
		return nil, fmt.Errorf("read analytics: %w", err)
	}
	passes, err := v.passes(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read analytics: %w", err)
	}
	answer := &Analytics{At: at}
	groups, losses, repeats := scoreGroups{}, lossCounts{}, repeatCounts{}
	for _, r := range latest(reports) {
		if r.final != nil && passes(&r.audited) {
			answer.Audits++
			groups.add(r)
			losses.add(r)
			repeats.add(r)
		}
	}
	answer.Scores, answer.Losses, answer.Repeats = groups.sorted(), losses.sorted(), repeats.sorted()
	times := stepTimes{}
	for _, c := range latest(courses) {
		if passes(&c.audited) {
			times.add(c)
		}
	}
	answer.LeadTimes = times.summed()
	return answer, nil
}

// PrepareAnalytics reads what analytics rest on before somebody asks: the first to ask after a start would
// wait for it. Whoever asks later reads on from there. Where a cluster cannot tell how far the log goes for the
// moment, the first to ask reads it all.
func (v *Views) PrepareAnalytics(ctx context.Context) error {
	err := v.catchUp(ctx)
	if err == nil {
		_, _, err = v.audited.upTo(ctx, v.store.read, v.moves.position().seq)
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, events.ErrUnavailable) {
		return fmt.Errorf("prepare analytics: %w", err)
	}
	return nil
}

// passes is what the query asks of an audit: its scheme, when, and whether it may be seen.
func (v *Views) passes(ctx context.Context, q AnalyticsQuery) (func(*audited) bool, error) {
	seen, err := v.casesWithin(ctx, q.Within)
	if err != nil {
		return nil, err
	}
	scheme := string(q.Scheme) + "@" + string(q.Version)
	return func(a *audited) bool {
		return (q.Scheme == "" || a.scheme == scheme || q.Version == "" && strings.HasPrefix(a.scheme, scheme)) &&
			(q.From == 0 || a.effective >= q.From) && (q.To == 0 || a.effective <= q.To) &&
			(seen == nil || seen[a.no])
	}, nil
}

// casesWithin are the numbers of the cases that may be seen; nil for all.
func (v *Views) casesWithin(ctx context.Context, w *Within) (map[uint64]bool, error) {
	if w == nil {
		return nil, nil
	}
	s := selectFrom("SELECT no FROM cases WHERE true")
	if err := s.within("no", w); err != nil {
		return nil, err
	}
	rows, err := v.store.read.QueryContext(ctx, s.text.String(), s.arguments...)
	if err != nil {
		return nil, fmt.Errorf("read which cases may be seen: %w", err)
	}
	seen := map[uint64]bool{}
	err = each(rows, func() error {
		var no uint64
		err := rows.Scan(&no)
		seen[no] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read which cases may be seen: %w", err)
	}
	return seen, nil
}
