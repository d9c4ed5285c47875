package bundle

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// calculation is how the score of one audit comes about, for people to read. Like the score it is a
// claim: a verifier works out its own.
type calculation struct {
	Audit    uint64             `json:"audit"`
	Grade    *scoring.Text      `json:"grade"` // its name in the scheme
	Specials calculatedItems    `json:"special_deductions"`
	Bonus    calculatedItems    `json:"bonus"`
	Clauses  []calculatedClause `json:"clauses"`
}

type calculatedItems struct {
	Count  int    `json:"count"`
	Points string `json:"points"`
}

type calculatedClause struct {
	Clause  string          `json:"clause"`
	Points  scoring.Decimal `json:"points"`
	Earned  string          `json:"earned"` // exact fraction; those of all clauses add up
	Lost    string          `json:"lost"`   // likewise; nothing for a deleted clause, whose points do not count
	Deleted bool            `json:"deleted"`
	Formula string          `json:"formula"`
	Events  []uint64        `json:"events"`
}

// reportCalculation explains every audit of the case that can be scored. It fails when a scheme is
// not in the book.
func reportCalculation(c *events.Case, book *scoring.Book) ([]byte, error) {
	all := struct {
		Audits []calculation `json:"audits"`
	}{[]calculation{}}
	for i := range c.Audits {
		result, err := checks.Score(&c.Audits[i], book)
		if errors.Is(err, checks.ErrUnknownScheme) {
			return nil, err
		}
		if err != nil {
			continue // it cannot be scored, such as with every clause deleted; expected/score.json says so
		}
		one, err := calculationOf(c.Audits[i].Number, result)
		if err != nil {
			return nil, fmt.Errorf("explain audit %d: %w", c.Audits[i].Number, err)
		}
		all.Audits = append(all.Audits, one)
	}
	text, err := json.Marshal(all, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write the calculation for report.html: %w", err)
	}
	return text, nil
}

func calculationOf(audit uint64, r *scoring.Result) (calculation, error) {
	c := calculation{
		Audit:    audit,
		Specials: calculatedItems{r.Specials.Count, r.Specials.Points.Value()},
		Bonus:    calculatedItems{r.Bonus.Count, r.Bonus.Points.Value()},
	}
	if r.Grade != nil {
		c.Grade = &r.Grade.Name
	}
	for _, clause := range r.Clauses() {
		lost, err := lostOf(clause)
		if err != nil {
			return calculation{}, fmt.Errorf("clause %s: %w", clause.Clause, err)
		}
		c.Clauses = append(c.Clauses, calculatedClause{
			Clause: clause.Clause, Points: clause.Points, Earned: clause.Earned.Fraction(), Lost: lost.Fraction(), Deleted: clause.Deleted,
			Formula: clause.Formula, Events: append([]uint64{}, clause.Events...),
		})
	}
	return c, nil
}

func lostOf(clause scoring.ClauseResult) (scoring.Number, error) {
	if clause.Deleted {
		return scoring.Number{}, nil
	}
	points, err := clause.Points.Number()
	return points.Sub(clause.Earned), err
}
