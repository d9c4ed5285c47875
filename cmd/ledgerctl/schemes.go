package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/scoring"
)

const schemesExample = `  ledgerctl schemes                            # every version of every scheme
  ledgerctl schemes gbt27922-2011              # the version in force today, with its rules and clauses
  ledgerctl schemes gbt27922-2011@1 --output json | tr -d '\n' | sha256sum   # the digest, checked by hand`

func (p *program) schemesCommand() *cobra.Command {
	command := &cobra.Command{
		Use: "schemes [ID[@VERSION]]", Short: "show certification schemes with their digests",
		Long: `Show certification schemes with their digests: all versions, or one with its rules and clauses.

The digest is computed here from the document the server sent.`,
		Example: schemesExample, Args: cobra.MaximumNArgs(1),
		RunE: p.asking(func(ctx context.Context, args []string) error {
			if len(args) == 0 {
				return p.schemes(ctx)
			}
			return p.scheme(ctx, args[0])
		}),
	}
	command.AddCommand(p.templateCommand())
	return command
}

func (p *program) schemes(ctx context.Context) error {
	var list struct {
		Items []jsontext.Value `json:"items"`
	}
	text, err := p.client.read(ctx, question{path: []string{"v1", "schemes"}}, &list)
	if err != nil {
		return err
	}
	if p.settings.output == asJSON {
		return p.raw(text)
	}
	t := table{}
	t.add(phrasesIn(p.settings.language, headScheme, headVersion, headMethod, headInForce, headDigest, headTitle)...)
	for _, item := range list.Items {
		if p.settings.output == asLines {
			if err := p.raw(item); err != nil {
				return err
			}
			continue
		}
		var row schemeRow
		if err := json.Unmarshal(item, &row); err != nil {
			return fmt.Errorf("read a scheme: %w: %w", errForeign, err)
		}
		t.add(row.ID, row.Version, p.word(methods, row.Method), p.inForce(row), string(row.Digest), row.Title.in(p.settings.language))
	}
	if p.settings.output == asLines {
		return nil
	}
	return t.write(p.out)
}

func (p *program) inForce(row schemeRow) string {
	days := row.InForceFrom + " –"
	if row.InForceUntil != "" {
		days += " " + row.InForceUntil
	}
	if row.Current {
		days += " " + p.say(inForceToday)
	}
	if !row.Scorable {
		days += " " + p.say(withoutPoints)
	}
	return days
}

func (p *program) scheme(ctx context.Context, name string) error {
	id, version, _ := strings.Cut(name, "@")
	if err := new(events.ID).UnmarshalText([]byte(id)); err != nil {
		return usage("ID[@VERSION]: %w", err)
	}
	s, text, err := p.client.scheme(ctx, id, version)
	if err != nil {
		return err
	}
	if p.settings.output != asTable {
		return p.raw(text)
	}
	return p.tellScheme(s)
}

// scheme reads a scheme document. Its digest is taken over the bytes that came.
func (c *client) scheme(ctx context.Context, id, version string) (*scoring.Scheme, []byte, error) {
	q := question{path: []string{"v1", "schemes", id}, query: url.Values{}}
	set(q.query, "version", version)
	text, err := c.document(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	s, err := scoring.ParseScheme(text)
	if err != nil {
		return nil, nil, fmt.Errorf("read scheme %s: %w: %w", id, errForeign, err)
	}
	if digest := string(events.DigestOf(text)); digest != s.Digest() {
		return nil, nil, broken("the document of scheme %s has digest %s, but in its one form %s", id, digest, s.Digest())
	}
	return s, text, nil
}

func (p *program) tellScheme(s *scoring.Scheme) error {
	l := p.settings.language
	facts := table{}
	fact := func(label phrase, value string) { facts.add(label.in(l), value) }
	fact(headScheme, s.ID+"@"+s.Version)
	fact(headTitle, wording(s.Title).in(l))
	fact(headDigest, s.Digest())
	fact(headInForce, strings.TrimSpace(s.InForceFrom+" – "+s.InForceUntil))
	fact(headMethod, p.word(methods, string(s.Method)))
	fact(labelSource, s.Source)
	if s.Scorable() {
		fact(labelRules, p.rulesOf(s))
	} else {
		fact(labelRules, p.say(withoutPoints))
	}
	for _, grade := range s.Grades {
		fact(headGrade, fmt.Sprintf("≥ %s  %s", grade.Min, wording(grade.Name).in(l)))
	}
	facts.add()
	if err := facts.write(p.out); err != nil {
		return err
	}
	return p.tellClauses(s)
}

// rulesOf sums up the parameters of the judgement (R5 to R11) in one line.
func (p *program) rulesOf(s *scoring.Scheme) string {
	return fmt.Sprintf(p.say(ruleLine), s.FullMarks, s.SpecialDeductions.Each,
		s.SpecialDeductions.Limit.Operator+" "+strconv.Itoa(s.SpecialDeductions.Limit.Count),
		s.Bonus.Each, s.Bonus.Max, s.Cap, s.Minimum)
}

func (p *program) tellClauses(s *scoring.Scheme) error {
	t := table{}
	t.add(phrasesIn(p.settings.language, headClause, headPoints, headTitle)...)
	for _, chapter := range s.Chapters {
		t.add(chapter.ID, "", wording(chapter.Title).in(p.settings.language))
		for _, clause := range s.Clauses {
			if clause.Chapter == chapter.ID {
				t.add(gap+clause.ID, pointsOf(clause), clip(plain(clause.Text), clauseColumns))
			}
		}
	}
	return t.write(p.out)
}

// clauseColumns is what a table shows of a clause's text at most.
const clauseColumns = 60

func pointsOf(c scoring.Clause) string {
	if c.Points == nil {
		return "–"
	}
	return string(*c.Points)
}

var (
	methods = map[string]phrase{
		"deduction": {"扣分", "deduction"},
		"rating":    {"评定比例", "rating"},
	}
	inForceToday  = phrase{"（现行）", "(today)"}
	withoutPoints = phrase{"（无分值，不能评分）", "(no points, cannot score)"}
	labelSource   = phrase{"来源", "SOURCE"}
	labelRules    = phrase{"规则", "RULES"}
	ruleLine      = phrase{
		"满分 %s；特别扣分每项 %s，达到 %s 即不合格；加分每项 %s，最多 %d 项；最终上限 %s；最低 %s",
		"full marks %s; special deduction %s each, failed at %s; bonus %s each, at most %d; final value at most %s; minimum %s",
	}
)
