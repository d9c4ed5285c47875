package scoring

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Bounds of a document. They are far above any scheme known and keep a hostile one cheap.
const (
	maxItems     = 1000 // of any list
	maxText      = 10_000
	maxItemCount = 1000 // special deductions, bonuses
)

// Codes of a well-formed document that breaks a rule, with the codes of problem.go.
const (
	codeName     = "bad-name"
	codeTooLong  = "too-long"
	codeTooMany  = "too-many"
	codeEmpty    = "empty-list"
	codeDate     = "not-a-date"
	codeDates    = "dates-out-of-order"
	codeSame     = "duplicate-id"
	codeChapter  = "unknown-chapter"
	codeSection  = "unknown-section"
	codeMethod   = "unknown-method"
	codeDecimal  = "not-a-decimal"
	codePositive = "not-positive"
	codePoints   = "points-missing"
	codeSum      = "points-do-not-sum"
	codeSampled  = "sampled-under-rating"
	codeOperator = "unknown-operator"
	codeRange    = "out-of-range"
	codeAbove    = "above-cap"
	codeBelow    = "below-minimum"
	codeOrder    = "grades-out-of-order"
	codeBands    = "bands-not-contiguous"
	codeBasis    = "unknown-basis"
	codeRule     = "unknown-rule"
	codeShare    = "share-not-expected"
	codeDigest   = "not-a-digest"
)

// RuleCodes are the codes of a well-formed document that breaks a rule.
func RuleCodes() []string {
	return []string{
		codeName, codeTooLong, codeTooMany, codeEmpty, codeDate, codeDates, codeSame, codeChapter, codeSection,
		codeMethod, codeDecimal, codePositive, codePoints, codeSum, codeSampled, codeOperator, codeRange,
		codeAbove, codeBelow, codeOrder, codeBands, codeBasis, codeRule, codeShare, codeDigest,
	}
}

// check finds everything in a complete document that scoring could not work with.
func (s *Scheme) check() ProblemList {
	c := &checker{scheme: s}
	c.identity()
	c.tree()
	c.points()
	c.parameters()
	return c.problems
}

// A checker walks a document and gathers problems.
type checker struct {
	scheme   *Scheme
	problems ProblemList
	weighted bool // some clause has points, so the scheme means to score
}

func (c *checker) identity() {
	s := c.scheme
	c.name("/id", s.ID)
	c.name("/version", s.Version)
	c.wording("/title", s.Title)
	c.text("/source", s.Source)
	c.size("/notes", len(s.Notes))
	for i, note := range s.Notes {
		c.wording(at("/notes", i, ""), note)
	}
	c.optionalText("/filing_number", s.FilingNumber)
	c.dates()
	if s.Method != MethodDeduction && s.Method != MethodRating {
		c.problems.add("/method", codeMethod, "deduction or rating")
	}
	if s.Method == MethodRating && s.SampledDeductions {
		c.problems.add("/sampled_deductions", codeSampled, "a rated clause has no sampled deductions (R12)")
	}
}

// name checks what ParseRef must be able to read back.
func (c *checker) name(pointer, name string) {
	if !validName(name) {
		c.problems.add(pointer, codeName, "1 to 64 letters, digits, dots, hyphens, underscores")
	}
}

func (c *checker) dates() {
	s := c.scheme
	valid := c.date("/in_force_from", s.InForceFrom)
	if s.InForceUntil == "" {
		return
	}
	if c.date("/in_force_until", s.InForceUntil) && valid && s.InForceUntil < s.InForceFrom {
		c.problems.add("/in_force_until", codeDates, "the last day is before the first")
	}
}

func (c *checker) date(pointer, day string) bool {
	_, err := time.Parse(time.DateOnly, day)
	if err != nil {
		c.problems.add(pointer, codeDate, "a date is written YYYY-MM-DD")
	}
	return err == nil
}

// tree checks chapters, sections and clauses, and that they hang together.
func (c *checker) tree() {
	s := c.scheme
	c.list("/chapters", len(s.Chapters))
	chapters := make(map[string]bool, len(s.Chapters))
	for i, chapter := range s.Chapters {
		c.id(at("/chapters", i, "/id"), chapter.ID, chapters)
		c.wording(at("/chapters", i, "/title"), chapter.Title)
	}
	c.size("/sections", len(s.Sections))
	ids, home := map[string]bool{}, make(map[string]string, len(s.Sections))
	for i, section := range s.Sections {
		c.id(at("/sections", i, "/id"), section.ID, ids)
		c.wording(at("/sections", i, "/title"), section.Title)
		c.chapter(at("/sections", i, "/chapter"), section.Chapter, chapters)
		home[section.ID] = section.Chapter
	}
	c.list("/clauses", len(s.Clauses))
	clauses := make(map[string]bool, len(s.Clauses))
	for i, clause := range s.Clauses {
		c.id(at("/clauses", i, "/id"), clause.ID, clauses)
		c.chapter(at("/clauses", i, "/chapter"), clause.Chapter, chapters)
		if clause.Section != "" && home[clause.Section] != clause.Chapter {
			c.problems.add(at("/clauses", i, "/section"), codeSection, "the chapter has no section %.40q", clause.Section)
		}
		c.optionalText(at("/clauses", i, "/title"), clause.Title)
		c.text(at("/clauses", i, "/text"), clause.Text)
		c.basis(at("/clauses", i, "/basis"), clause.Basis)
	}
}

// basis checks that a clause which takes one basis alone takes one that the scheme has.
func (c *checker) basis(pointer string, basis Basis) {
	s := c.scheme
	if basis != "" && !(basis == Qualitative && s.WholeDeductions) && !(basis == Sampled && s.SampledDeductions) {
		c.problems.add(pointer, codeBasis, "qualitative or sampled, as the scheme allows")
	}
}

func (c *checker) chapter(pointer, id string, chapters map[string]bool) {
	if !chapters[id] {
		c.problems.add(pointer, codeChapter, "there is no chapter %.40q", id)
	}
}

// points checks R1: all clauses have points and they add up to full marks, or none has any.
func (c *checker) points() {
	full := c.positive("/full_marks", c.scheme.FullMarks)
	var total Number
	var without []int
	for i, clause := range c.scheme.Clauses {
		if clause.Points == nil {
			without = append(without, i)
			continue
		}
		c.weighted = true
		total = total.Add(c.decimal(at("/clauses", i, "/points"), *clause.Points))
	}
	if !c.weighted {
		return
	}
	for _, i := range without {
		c.problems.add(at("/clauses", i, "/points"), codePoints, "other clauses have points, this one has none")
	}
	if len(c.problems) == 0 && total.Cmp(full) != 0 {
		c.problems.add("/full_marks", codeSum, "the points add up to %s", total.Value())
	}
}

func (c *checker) id(pointer, id string, taken map[string]bool) {
	printable := strings.IndexFunc(id, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
	if id == "" || len(id) > 64 || !printable || strings.TrimSpace(id) != id {
		c.problems.add(pointer, codeName, "1 to 64 printable bytes without blanks around them")
	}
	if taken[id] {
		c.problems.add(pointer, codeSame, "%.40q occurs before", id)
	}
	taken[id] = true
}

func (c *checker) wording(pointer string, t Text) {
	c.text(pointer+"/zh", t.ZH)
	c.optionalText(pointer+"/en", t.EN)
}

func (c *checker) text(pointer, text string) {
	if text == "" {
		c.problems.add(pointer, codeMissing, "the text is missing")
	}
	c.optionalText(pointer, text)
}

func (c *checker) optionalText(pointer, text string) {
	if len(text) > maxText {
		c.problems.add(pointer, codeTooLong, "a text has at most %d bytes", maxText)
	}
}

// list checks a list that must not be empty.
func (c *checker) list(pointer string, length int) {
	if length == 0 {
		c.problems.add(pointer, codeEmpty, "the list is empty")
	}
	c.size(pointer, length)
}

func (c *checker) size(pointer string, length int) {
	if length > maxItems {
		c.problems.add(pointer, codeTooMany, "a list has at most %d items", maxItems)
	}
}

// at points into an item of a list: at("/clauses", 3, "/id") is "/clauses/3/id".
func at(list string, i int, member string) string { return fmt.Sprintf("%s/%d%s", list, i, member) }
