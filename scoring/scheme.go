package scoring

import "slices"

// A Scheme is the rules of one certification scheme as data: the tree of clauses, their points and
// every parameter of the judgement. It comes from ParseScheme, is never changed, and is superseded
// only by another version. Callers must not modify what it holds: scores and the digest rest on it.
type Scheme struct {
	ID           string `json:"id"`
	Version      string `json:"version"`
	Title        Text   `json:"title"`
	Source       string `json:"source"` // the documents the rules and points were taken from
	Notes        []Text `json:"notes,omitempty"`
	FilingNumber string `json:"filing_number,omitzero"`  // number under which the rules are filed with the authority
	InForceFrom  string `json:"in_force_from"`           // first day, YYYY-MM-DD, Asia/Shanghai
	InForceUntil string `json:"in_force_until,omitzero"` // last day; empty: until further notice
	Method       Method `json:"method"`

	FullMarks Decimal   `json:"full_marks"` // what the points add up to; "100" in R1
	Chapters  []Chapter `json:"chapters"`
	Sections  []Section `json:"sections,omitempty"`
	Clauses   []Clause  `json:"clauses"`

	WholeDeductions   bool `json:"whole_deductions"`   // R2
	SampledDeductions bool `json:"sampled_deductions"` // R3
	Deletions         bool `json:"deletions"`          // R5

	// CorrectionsRestore says that a deduction no longer counts once the correction of its finding was
	// accepted before the report. No source says so, so it is off unless a body turns it on.
	CorrectionsRestore bool `json:"corrections_restore,omitzero"`

	SpecialDeductions SpecialDeductions `json:"special_deductions"` // R6, R7
	Bonus             Bonus             `json:"bonus"`              // R8
	Cap               Decimal           `json:"cap"`                // R11; "100" when the document has none
	Minimum           Decimal           `json:"minimum"`            // R9: below it the audit failed
	Grades            []Grade           `json:"grades"`             // R9, from the lowest to the highest
	Bands             []Band            `json:"bands,omitempty"`    // R4, from the lowest to the highest

	Combination *Combination `json:"combination,omitempty"` // with another evaluation of the same audit (000 6.3)

	prepared prepared
}

// A Method says what moves the score of a clause (R12).
type Method string

const (
	MethodDeduction Method = "deduction" // active deductions
	MethodRating    Method = "rating"    // the latest rating
)

// A Text is a wording in Chinese and, where there is one, English.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en,omitzero"`
}

// A Chapter is the first level of the tree, such as 5.1.
type Chapter struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
}

// A Section groups clauses inside a chapter for reading; no rule depends on it.
type Section struct {
	ID      string `json:"id"`
	Chapter string `json:"chapter"`
	Title   Text   `json:"title"`
}

// A Clause is a scored indicator, such as 5.1.1.1.
type Clause struct {
	ID      string   `json:"id"`
	Chapter string   `json:"chapter"`
	Section string   `json:"section,omitzero"`
	Title   string   `json:"title,omitzero"`
	Text    string   `json:"text"`
	Points  *Decimal `json:"points"`         // nil in a scheme whose weights are not known
	Basis   Basis    `json:"basis,omitzero"` // the one basis of deductions from it; empty: both
}

// SpecialDeductions are taken off after normalisation (R6); too many fail the audit (R7).
type SpecialDeductions struct {
	Each     Decimal   `json:"each"` // points for each
	Limit    Limit     `json:"limit"`
	Triggers []Trigger `json:"triggers"`
}

// A Limit is broken when the count stands in its relation to Count: "> 5" at six, ">= 5" at five.
type Limit struct {
	Operator string `json:"operator"` // ">" or ">="
	Count    int    `json:"count"`
}

// A Trigger is a reason for a special deduction.
type Trigger struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
}

// A Bonus adds points after normalisation, at most Max times (R8).
type Bonus struct {
	Each Decimal `json:"each"`
	Max  int     `json:"max"`
}

// A Grade is reached from Min on, Min included (R9).
type Grade struct {
	ID   string  `json:"id"`
	Name Text    `json:"name"`
	Min  Decimal `json:"min"`
}

// A Band tells an auditor what a rating from From to To means (R4). A rating on a bound belongs to
// the upper band; 100 belongs to the last.
type Band struct {
	ID   string   `json:"id"`
	Name Text     `json:"name"`
	From Decimal  `json:"from"`
	To   Decimal  `json:"to"`
	Look []string `json:"points_of_attention,omitempty"` // what to look at, in the source's words
}

// Ref returns the scheme's id and version.
func (s *Scheme) Ref() (id, version string) { return s.ID, s.Version }

// Takes tells whether a deduction of a basis may be taken from the clause.
func (c Clause) Takes(basis Basis) bool { return c.Basis == "" || c.Basis == basis }

// Clause finds a clause by its id.
func (s *Scheme) Clause(id string) (Clause, bool) {
	i, ok := s.prepared.index[id]
	if !ok {
		return Clause{}, false
	}
	return s.Clauses[i], true
}

// Scorable reports whether the clauses have points. Weights are never invented: a scheme without
// them can be shown and registered over, and refuses to score.
func (s *Scheme) Scorable() bool { return s.prepared.scorable }

// Canonical returns the document in one fixed form: members in the order of the types here, no
// white space. The digest, and so every event that names a scheme, rests on these bytes.
func (s *Scheme) Canonical() []byte { return slices.Clone(s.prepared.canonical) }

// Digest returns "sha256:" and the hexadecimal digest of Canonical.
func (s *Scheme) Digest() string { return s.prepared.digest }
