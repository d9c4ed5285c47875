package projections

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// selection is a query in the making.
type selection struct {
	text      strings.Builder
	arguments []any
}

// selectFrom begins a query; its first condition has to follow.
func selectFrom(text string, arguments ...any) *selection {
	s := &selection{}
	s.text.WriteString(text)
	s.arguments = arguments
	return s
}

// and adds a condition.
func (s *selection) and(condition string, arguments ...any) {
	s.text.WriteString("\n\tAND " + condition)
	s.arguments = append(s.arguments, arguments...)
}

// within adds the restriction of an answer; column is the number of the case.
func (s *selection) within(column string, w *Within) error {
	if w == nil {
		return nil
	}
	ids, err := json.Marshal(w.Cases, json.FormatNilSliceAsNull(false))
	if err != nil {
		return fmt.Errorf("restrict an answer: %w", err)
	}
	s.and(column+` IN (SELECT no FROM cases WHERE id IN (SELECT value FROM json_each(?))
		UNION ALL SELECT no FROM cases WHERE organization = ? AND organization <> '')`, string(ids), string(w.Organization))
	return nil
}

// rows runs the query in an order, for one row more than the limit, which tells whether there is more.
func (s *selection) rows(ctx context.Context, db *sql.DB, order string, limit int) (*sql.Rows, error) {
	s.text.WriteString("\n\tORDER BY " + order + " LIMIT ?")
	return db.QueryContext(ctx, s.text.String(), append(s.arguments, limit+1)...)
}

// page cuts what was read to the limit, and notes where the next page begins.
func page[T any](items []T, limit int, place func(*T) uint64) Page[T] {
	if len(items) <= limit {
		return Page[T]{Items: items}
	}
	items = items[:limit]
	return Page[T]{Items: items, Next: place(&items[limit-1])}
}

// entryColumns are what entryTargets take of the entry at seq; entryJoins bring them to its page. The joins
// are crosswise so that SQLite keeps their order: from the row that is wanted to its names. The entry comes as
// it is kept: SQLite would call back for each field.
func entryColumns(seq string) string { return seq + ", ec.id, et.name, ea.name, " + wholeEntry(seq) }

func entryJoins(seq string) string {
	return `
	CROSS JOIN cases ec ON ec.no = ` + ofEntry("case_no", seq) + `
	CROSS JOIN names et ON et.no = ` + ofEntry("type_no", seq) + `
	CROSS JOIN names ea ON ea.no = ` + ofEntry("actor_no", seq)
}

func entryTargets(e *EntryRow) []any {
	return []any{&e.Seq, &e.Case, &e.Type, &e.Actor, keptEntry{e}}
}

// keptEntry takes what a row of a feed tells of its entry.
type keptEntry struct{ row *EntryRow }

// Scan reads an entry as it is kept.
func (k keptEntry) Scan(kept any) error {
	e, ok := kept.([]byte)
	if !ok || len(e) != entryWidth {
		return errShortPage
	}
	k.row.CaseSeq = uint64(fieldOf(e, "case_seq"))
	k.row.Recorded, k.row.Effective = events.Instant(fieldOf(e, "recorded")), events.Instant(fieldOf(e, "effective"))
	return nil
}

// byTypeAndActor adds the filters of feeds, behind entryJoins.
func (s *selection) byTypeAndActor(kind events.Type, actor events.ID) {
	if kind != "" {
		s.and("et.name = ?", string(kind))
	}
	if actor != "" {
		s.and("ea.name = ?", string(actor))
	}
}

// span narrows a range of sequences to a range of recorded times, 0 for an open end. Entries are only
// nearly in the order of their times: what is left is still to be compared (recorded).
func (v *Views) span(ctx context.Context, after, upTo uint64, from, to events.Instant) (uint64, uint64, error) {
	if from > 0 {
		first, err := v.firstAfter(ctx, from-1)
		if err != nil {
			return 0, 0, err
		}
		after = max(after, first-1)
	}
	if to > 0 {
		beyond, err := v.firstAfter(ctx, to+v.moves.position().late)
		if err != nil {
			return 0, 0, err
		}
		upTo = min(upTo, beyond-1)
	}
	return after, upTo, nil
}

// recorded adds a range of recorded times of the entry at seq, 0 for an open end.
func (s *selection) recorded(seq string, from, to events.Instant) {
	if from > 0 {
		s.and(ofEntry("recorded", seq)+" >= ?", int64(from))
	}
	if to > 0 {
		s.and(ofEntry("recorded", seq)+" <= ?", int64(to))
	}
}
