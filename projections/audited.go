package projections

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"starledger/events"
	"starledger/scoring"
)

// audited is what a row of reports or courses begins with.
type audited struct {
	seq       uint64
	no        uint64 // of the case
	audit     uint64
	effective events.Instant
	scheme    string
}

func (a *audited) place() *audited { return a }

func (a *audited) targets() []any { return []any{&a.seq, &a.no, &a.audit, &a.effective, &a.scheme} }

// result is a row of reports, read.
type result struct {
	audited
	id      events.CaseID
	month   string          // of the report in Asia/Shanghai
	final   *scoring.Number // nil when a review returned the report
	grade   events.ID
	losses  []loss
	repeats []events.Clause
}

// loss is what one clause lost. Each pair exists once, so that losses are counted, not added up.
type loss struct {
	clause events.Clause
	lost   *scoring.Number
}

// timed is a row of courses, read.
type timed struct {
	audited
	steps []events.Instant
}

// auditedRows keeps the rows of reports and courses in memory, some 300 bytes for each audit: both
// tables only grow, so what was read once stays as it is.
type auditedRows struct {
	mu      sync.Mutex
	seq     uint64 // everything up to here was read
	reports []result
	courses []timed
	numbers map[string]*scoring.Number // one of each
	words   map[string]string          // one of each scheme and clause
}

func newAuditedRows() *auditedRows {
	return &auditedRows{numbers: map[string]*scoring.Number{}, words: map[string]string{}}
}

// upTo are the rows up to a sequence that the views have reached, in order.
func (r *auditedRows) upTo(ctx context.Context, db *sql.DB, seq uint64) ([]result, []timed, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if seq > r.seq {
		if err := r.read(ctx, db, seq); err != nil {
			return nil, nil, err
		}
	}
	reports := sort.Search(len(r.reports), func(i int) bool { return r.reports[i].seq > seq })
	courses := sort.Search(len(r.courses), func(i int) bool { return r.courses[i].seq > seq })
	return r.reports[:reports], r.courses[:courses], nil
}

// read reads on. What an error leaves behind is dropped.
func (r *auditedRows) read(ctx context.Context, db *sql.DB, seq uint64) error {
	reports, courses := r.reports, r.courses
	rows, err := db.QueryContext(ctx, `SELECT t.seq, t.case_no, t.audit, t.effective, t.scheme, c.id, t.final, t.grade, t.losses, t.repeats
		FROM reports t CROSS JOIN cases c ON c.no = t.case_no WHERE t.seq > ? AND t.seq <= ? ORDER BY t.seq`, int64(r.seq), int64(seq))
	if err != nil {
		return err
	}
	err = each(rows, func() error {
		row, err := r.scanResult(rows)
		reports = append(reports, row)
		return err
	})
	if err != nil {
		return err
	}
	rows, err = db.QueryContext(ctx, "SELECT * FROM courses WHERE seq > ? AND seq <= ? ORDER BY seq", int64(r.seq), int64(seq))
	if err != nil {
		return err
	}
	err = each(rows, func() error {
		row := timed{steps: make([]events.Instant, len(stepNames))}
		targets := row.targets()
		for i := range row.steps {
			targets = append(targets, &row.steps[i])
		}
		err := rows.Scan(targets...)
		row.scheme = r.word(row.scheme)
		courses = append(courses, row)
		return err
	})
	if err != nil {
		return err
	}
	r.reports, r.courses, r.seq = reports, courses, seq
	return nil
}

func (r *auditedRows) scanResult(rows *sql.Rows) (result, error) {
	var row result
	var final, losses, repeats string
	if err := rows.Scan(append(row.targets(), &row.id, &final, &row.grade, &losses, &repeats)...); err != nil {
		return row, err
	}
	row.month = r.word(string(events.DateOf(row.effective))[:len("2026-11")])
	row.scheme, row.grade = r.word(row.scheme), events.ID(r.word(string(row.grade)))
	if final == "" {
		return row, nil
	}
	var err error
	if row.final, err = parsed(final); err != nil {
		return row, fmt.Errorf("the final value reported at %d: %w", row.seq, err)
	}
	for line := range strings.Lines(losses) {
		clause, text := cutLoss(line)
		lost, err := r.number(text)
		if err != nil {
			return row, fmt.Errorf("a loss reported at %d: %w", row.seq, err)
		}
		row.losses = append(row.losses, loss{events.Clause(r.word(clause)), lost})
	}
	for line := range strings.Lines(repeats) {
		row.repeats = append(row.repeats, events.Clause(r.word(strings.TrimSuffix(line, "\n"))))
	}
	row.losses = slices.Clip(row.losses)
	return row, nil
}

func parsed(text string) (*scoring.Number, error) {
	n, err := scoring.ParseNumber(text)
	return &n, err
}

// number is the one copy of a number.
func (r *auditedRows) number(text string) (*scoring.Number, error) {
	if known := r.numbers[text]; known != nil {
		return known, nil
	}
	n, err := parsed(text)
	if err == nil {
		r.numbers[strings.Clone(text)] = n
	}
	return n, err
}

// word is the one copy of a word.
func (r *auditedRows) word(text string) string {
	if known, ok := r.words[text]; ok {
		return known
	}
	text = strings.Clone(text)
	r.words[text] = text
	return text
}

// latest are the rows of a list that no later one of the same audit replaces, in order.
func latest[T any, P interface {
	*T
	place() *audited
}](rows []T) []P {
	type audit struct{ no, audit uint64 }
	seen := make(map[audit]bool, len(rows))
	var list []P
	for i := len(rows) - 1; i >= 0; i-- {
		row := P(&rows[i])
		at := audit{row.place().no, row.place().audit}
		if !seen[at] {
			seen[at] = true
			list = append(list, row)
		}
	}
	slices.Reverse(list)
	return list
}
