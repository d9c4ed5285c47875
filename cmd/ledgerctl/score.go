package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"starledger/scoring"
)

const scoreExample = `  ledgerctl score 01JD3Z0000000000000000000C                  # the latest audit, now
  ledgerctl score 01JD3Z0000000000000000000C --audit 1 --explain
  ledgerctl score 01JD3Z0000000000000000000C --as-of seq:41 --explain --lang zh
  ledgerctl score 01JD3Z0000000000000000000C --as-of 2026-11-10 --axis effective
  ledgerctl score 01JD3Z0000000000000000000C --output json`

// scoreQuestion is which score is wanted.
type scoreQuestion struct {
	audit      uint64 // 0 is the latest
	asOf, axis string
	explain    bool
}

func (p *program) scoreCommand() *cobra.Command {
	var ask scoreQuestion
	cmd := &cobra.Command{
		Use: "score CASE", Short: "show the score of an audit, and how it came about",
		Long: `Show the score of an audit. With --explain as a calculation to read: clause by clause with losses,
deletions, normalisation, special deductions, bonus, cap, grade, and the events behind each.

The calculation is worked out here, from the clauses and the rules of the scheme; a server whose
result is another ends it with exit code 3.`,
		Example: scoreExample, Args: oneCase, ValidArgsFunction: p.completeCase,
		RunE: p.asking(func(ctx context.Context, args []string) error {
			id, err := caseArgument(args[0])
			if err != nil {
				return err
			}
			return p.score(ctx, id, ask)
		}),
	}
	f := cmd.Flags()
	f.Uint64Var(&ask.audit, "audit", 0, "number of the audit (default the latest)")
	f.StringVar(&ask.asOf, "as-of", "", asOfHelp)
	f.StringVar(&ask.axis, "axis", "", "recorded: what the ledger knew; effective: what had happened, as known now")
	f.BoolVar(&ask.explain, "explain", false, "show the calculation")
	return cmd
}

func (p *program) score(ctx context.Context, id string, ask scoreQuestion) error {
	point := url.Values{}
	set(point, "as_of", ask.asOf)
	set(point, "axis", ask.axis)
	if ask.audit == 0 {
		var err error
		if ask.audit, err = p.client.latestAudit(ctx, id, point); err != nil {
			return err
		}
	}
	if ask.explain {
		point.Set("detail", "clauses,steps")
	}
	q := question{path: []string{"v1", "cases", id, "audits", strconv.FormatUint(ask.audit, 10), "score"}, query: point}
	var s score
	text, err := p.client.read(ctx, q, &s)
	if err != nil {
		return err
	}
	switch {
	case p.settings.output == asJSON:
		return p.raw(text)
	case p.settings.output == asLines:
		return p.scoreLine(text)
	case ask.explain:
		return p.explain(ctx, id, ask.audit, &s)
	}
	return p.scoreTable(id, ask.audit, &s)
}

// latestAudit is the audit with the highest number at the point asked for.
func (c *client) latestAudit(ctx context.Context, id string, point url.Values) (uint64, error) {
	var document caseDocument
	if _, err := c.read(ctx, question{path: []string{"v1", "cases", id}, query: point}, &document); err != nil {
		return 0, err
	}
	latest := uint64(0)
	for _, a := range document.Audits {
		latest = max(latest, a.Audit)
	}
	if latest == 0 {
		return 0, fmt.Errorf("case %s has no audit yet", id)
	}
	return latest, nil
}

// scoreLine prints the document on one line, however it was laid out.
func (p *program) scoreLine(text []byte) error {
	line := jsontext.Value(text)
	if err := line.Compact(); err != nil {
		return fmt.Errorf("%w: %w", errForeign, err)
	}
	return p.raw(line)
}

func (p *program) scoreTable(id string, audit uint64, s *score) error {
	if err := p.line(p.say(scoreHead), id, audit, p.pointWord(s.AsOf)); err != nil {
		return err
	}
	t := table{indent: gap}
	add := func(label phrase, cells ...string) {
		t.add(append([]string{label.in(p.settings.language)}, cells...)...)
	}
	add(stepScheme, s.Scheme.ID+"@"+s.Scheme.Version+"  "+string(s.Scheme.Digest))
	add(stepNormalised, fmt.Sprintf("%s ÷ %s → %s", s.Earned, s.Involved, exact(s.Score)))
	add(stepSpecials, fmt.Sprintf(p.say(specialsLine), s.Specials.Count, s.Specials.Points, s.Specials.Limit))
	add(stepBonus, fmt.Sprintf(p.say(bonusLine), s.Bonus.Count, s.Bonus.Points))
	add(stepFinal, exact(s.Final))
	add(stepGrade, p.verdict(s))
	add(labelProgress, fmt.Sprintf("%d/%d", s.Progress.Assessed, s.Progress.Involved))
	return t.write(p.out)
}

// pointWord says what point an answer shows.
func (p *program) pointWord(at asOf) string {
	if at.EffectiveAt != 0 {
		return fmt.Sprintf(p.say(effectivePoint), shanghai(at.EffectiveAt), at.Seq)
	}
	return fmt.Sprintf(p.say(recordedPoint), at.Seq, shanghai(at.RecordedAt))
}

// verdict says grade, outcome and reasons in one line.
func (p *program) verdict(s *score) string {
	grade := p.say(noGrade)
	if s.Grade != nil {
		grade = s.Grade.Name.in(p.settings.language)
	}
	switch {
	case s.Partial:
		return p.say(isPartial)
	case s.Passed == nil:
		return grade + " · " + p.say(isProvisional)
	case *s.Passed:
		return grade + " · " + p.say(hasPassed)
	}
	why := make([]string, len(s.Reasons))
	for i, reason := range s.Reasons {
		why[i] = p.word(failures, reason)
	}
	return p.say(hasFailed) + p.say(colon) + strings.Join(why, p.say(comma))
}

// exact shows a number as a decimal where that is exact, else as the fraction beside its rounding.
func exact(n scoring.Number) string {
	if shown, err := scoring.ParseNumber(n.Value()); err == nil && shown.Cmp(n) == 0 {
		return n.Value()
	}
	return n.Fraction() + " ≈ " + n.Value()
}
