package scoring

// Facts are what an audit's events say that moves its score. Seq is the sequence of the event that
// said it, 0 for a hypothetical one. Only what stands is listed: revoked items are left out.
type Facts struct {
	// Clauses, when not empty, are the part of the clauses that a partial audit covers. Facts about
	// other clauses then do not count, and there is no grade.
	Clauses     []string
	Assessments []Assessment // the latest of each clause; of two, the later in the list counts
	Deductions  []Deduction
	Deletions   []Deletion
	Specials    []Item
	Bonuses     []Item // those over the scheme's maximum add nothing
}

// An Assessment says that a clause was looked at.
type Assessment struct {
	Clause     string
	Conforming bool
	Rating     Decimal // 0 to 100 under method rating, else empty
	Seq        uint64
}

// A Basis says how a deduction is measured.
type Basis string

const (
	Qualitative Basis = "qualitative" // the clause loses all its points (R2)
	Sampled     Basis = "sampled"     // it loses the nonconforming share of the sample (R3)
)

// A Sample counts what was looked at and what of it did not conform.
type Sample struct {
	Size          int
	Nonconforming int
}

// A Deduction takes points from a clause.
type Deduction struct {
	ID     string // D1, D2, … within the audit
	Clause string
	Basis  Basis
	Sample Sample // of a sampled deduction
	Seq    uint64

	// Restored is the sequence of the event that accepted the correction of its finding, 0 for none. It
	// counts only under a scheme whose corrections restore points.
	Restored uint64
}

// A Deletion rules a clause not applicable (R5).
type Deletion struct {
	ID     string // X1, X2, …
	Clause string
	Seq    uint64
}

// An Item is a special deduction (S1, …) or a bonus (B1, …).
type Item struct {
	ID  string
	Seq uint64
}
