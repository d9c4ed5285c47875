package scoring

// An Outcome is what the facts of an audit come to.
type Outcome struct {
	Involved Number // points of the clauses that count: covered and not deleted
	Earned   Number // what is left of them
	Score    Number // earned ÷ involved × full marks (R5)
	Uncapped Number // with special deductions and bonus, before cap and floor
	Final    Number // what decides the grade (R11)

	Specials SpecialTotal
	Bonus    BonusTotal

	// Grade is nil when the audit failed or is partial. While the score is provisional it is the
	// grade that would be.
	Grade *Grade
	// Passed is nil while the score is provisional, and for a partial audit.
	Passed *bool
	// Reasons say why the audit failed: ReasonBelowMinimum, ReasonSpecialLimit. Empty whenever
	// Passed is nil or true.
	Reasons []string

	Assessed        int  // involved clauses that were assessed
	InvolvedClauses int  // clauses that count
	Provisional     bool // some involved clause is not assessed yet
	Partial         bool // the audit covers a part of the clauses
}

// A Result is the score of an audit. It explains itself: Clauses and Steps show the calculation and
// are made only when asked for. They read the facts again, so the slices of Facts must not change
// as long as the Result is in use.
type Result struct {
	Outcome

	// Evaluations are the two behind a combined result, evaluation 1 first; empty otherwise. Clauses
	// then explains evaluation 2, and each evaluation explains itself.
	Evaluations []Evaluation

	audit *Tally
	facts Facts
}

// Why an audit failed.
const (
	ReasonBelowMinimum = "below-minimum"
	ReasonSpecialLimit = "special-deduction-limit"
)

// SpecialTotal sums up the special deductions (R6, R7).
type SpecialTotal struct {
	Count  int
	Points Number
	Limit  string // ">= 5"
}

// BonusTotal sums up the bonuses that count (R8).
type BonusTotal struct {
	Count  int
	Points Number
}
