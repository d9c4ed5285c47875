package main

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"starledger/scoring"
)

// An explanation is a score ready to be read: checked, with its scheme and what its events say.
type explanation struct {
	caseID string
	audit  uint64
	score  *score
	scheme *scoring.Scheme
	sums   *calculation
	said   map[uint64]told // the events of the case, by sequence
}

// explain reads what the calculation needs, checks it and prints it.
func (p *program) explain(ctx context.Context, id string, audit uint64, s *score) error {
	scheme, _, err := p.client.scheme(ctx, s.Scheme.ID, s.Scheme.Version)
	if err != nil {
		return err
	}
	sums, err := calculate(s, scheme)
	if err != nil {
		return err
	}
	list, _, err := p.client.history(ctx, id)
	if err != nil {
		return err
	}
	e := explanation{caseID: id, audit: audit, score: s, scheme: scheme, sums: sums, said: map[uint64]told{}}
	for _, t := range list {
		e.said[t.Seq] = t
	}
	return p.write(&e)
}

// write prints the calculation from top to bottom, as one would do it by hand.
func (p *program) write(e *explanation) error {
	var text strings.Builder
	fmt.Fprintf(&text, p.say(scoreHead)+"\n", e.caseID, e.audit, p.pointWord(e.score.AsOf))
	fmt.Fprintf(&text, "%s@%s  %s\n%s\n", e.scheme.ID, e.scheme.Version,
		plain(wording(e.scheme.Title).in(p.settings.language)), e.scheme.Digest())
	for _, part := range []func(io.Writer, *explanation) error{
		p.writeChapters, p.writeLosses, p.writeDeletions, p.writeOpen, p.writeSteps, p.writeEvents,
	} {
		if err := part(&text, e); err != nil {
			return err
		}
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}

// writeChapters sums up the chapters of the scheme.
func (p *program) writeChapters(w io.Writer, e *explanation) error {
	t := table{indent: gap}
	t.add(phrasesIn(p.settings.language, headChapter, headInvolved, headEarned, headTitle)...)
	for _, chapter := range e.scheme.Chapters {
		involved, earned := new(big.Rat), new(big.Rat)
		for _, clause := range e.score.Clauses {
			if of, ok := e.scheme.Clause(clause.Clause); ok && of.Chapter == chapter.ID && !clause.Deleted {
				involved.Add(involved, decimal(scoring.Decimal(clause.Points)))
				earned.Add(earned, rat(clause.Earned))
			}
		}
		t.add(chapter.ID, exact(number(involved)), exact(number(earned)), wording(chapter.Title).in(p.settings.language))
	}
	return p.section(w, partChapters, &t)
}

// writeLosses shows every clause that did not keep its points, with the formula in numbers.
func (p *program) writeLosses(w io.Writer, e *explanation) error {
	t := table{indent: gap}
	t.add(phrasesIn(p.settings.language, headClause, headPoints, headLost, headFormula, headEvents, headTitle)...)
	kept, others := new(big.Rat), 0
	for _, clause := range e.score.Clauses {
		lost := new(big.Rat).Sub(decimal(scoring.Decimal(clause.Points)), rat(clause.Earned))
		switch {
		case clause.Deleted:
		case lost.Sign() == 0:
			kept.Add(kept, rat(clause.Earned))
			others++
		default:
			t.add(clause.Clause, clause.Points, exact(number(lost)), clause.Formula, numbered(clause.Events), e.title(clause.Clause))
		}
	}
	if len(t.rows) > 1 {
		if err := p.section(w, partLosses, &t); err != nil {
			return err
		}
	}
	if others == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n"+p.say(partKept)+"\n", others, exact(number(kept)))
	return err
}

func (p *program) writeDeletions(w io.Writer, e *explanation) error {
	t := table{indent: gap}
	t.add(phrasesIn(p.settings.language, headClause, headPoints, headEvents, headTitle)...)
	for _, clause := range e.score.Clauses {
		if clause.Deleted {
			t.add(clause.Clause, clause.Points, numbered(clause.Events), e.title(clause.Clause))
		}
	}
	if len(t.rows) == 1 {
		return nil
	}
	return p.section(w, partDeletions, &t)
}

// writeOpen names the clauses nobody has looked at yet; they keep their points for now.
func (p *program) writeOpen(w io.Writer, e *explanation) error {
	var open []string
	for _, clause := range e.score.Clauses {
		if !clause.Assessed && !clause.Deleted {
			open = append(open, plain(clause.Clause))
		}
	}
	if len(open) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n"+p.say(partOpen)+"\n", len(open), strings.Join(open, " "))
	return err
}

// writeEvents says what each event says that the calculation named.
func (p *program) writeEvents(w io.Writer, e *explanation) error {
	cited := slices.Concat(e.score.causes(scoring.StepSpecials), e.score.causes(scoring.StepBonus))
	for _, clause := range e.score.Clauses {
		if clause.Deleted || rat(clause.Earned).Cmp(decimal(scoring.Decimal(clause.Points))) != 0 {
			cited = append(cited, clause.Events...)
		}
	}
	slices.Sort(cited)
	t := table{indent: gap}
	for _, seq := range slices.Compact(cited) {
		event, known := e.said[seq]
		if !known {
			return broken("the score names sequence %d, which is not in the history of case %s", seq, e.caseID)
		}
		t.add("#"+strconv.FormatUint(seq, 10), shanghai(event.Time), string(event.ActorID), event.sentence.in(p.settings.language))
	}
	if len(t.rows) == 0 {
		return nil
	}
	return p.section(w, partEvents, &t)
}

func (p *program) section(w io.Writer, title phrase, t *table) error {
	if _, err := fmt.Fprintf(w, "\n%s\n", p.say(title)); err != nil {
		return err
	}
	return t.write(w)
}

// causes are the events behind a step of the server's own calculation.
func (s *score) causes(step string) []uint64 {
	for _, x := range s.Steps {
		if x.ID == step {
			return x.Events
		}
	}
	return nil
}

// title is what a clause is about, short enough for the end of a line.
func (e *explanation) title(id string) string {
	clause, _ := e.scheme.Clause(id)
	return clip(plain(clause.Text), titleColumns)
}

const titleColumns = 36

// numbered writes sequences as people cite them.
func numbered(seqs []uint64) string {
	words := make([]string, len(seqs))
	for i, seq := range seqs {
		words[i] = "#" + strconv.FormatUint(seq, 10)
	}
	return strings.Join(words, " ")
}
