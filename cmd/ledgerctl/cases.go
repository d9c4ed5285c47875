package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"starledger/events"
)

const casesExample = `  ledgerctl cases                                     # all you may read
  ledgerctl cases --q 空调 --state active              # two Chinese characters are enough
  ledgerctl cases --grade five_star --scheme cts-2025
  ledgerctl cases --as-of 2026-06-30                  # as the ledger stood at the end of that day
  ledgerctl cases --limit 20 --output jsonl`

// scopeColumns is what a table shows of a scope at most.
const scopeColumns = 40

func (p *program) casesCommand() *cobra.Command {
	var filter struct{ q, state, grade, scheme, asOf string }
	var limit int
	cmd := &cobra.Command{
		Use: "cases", Short: "list and search cases", Example: casesExample, Args: cobra.NoArgs,
		RunE: p.asking(func(ctx context.Context, _ []string) error {
			query := url.Values{}
			set(query, "q", filter.q)
			set(query, "state", filter.state)
			set(query, "grade", filter.grade)
			set(query, "scheme", filter.scheme)
			set(query, "as_of", filter.asOf)
			return p.cases(ctx, query, limit)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&filter.q, "q", "", "text in number, organization, scope or findings")
	f.StringVar(&filter.state, "state", "", "state, such as active or on_site")
	f.StringVar(&filter.grade, "grade", "", "grade, such as five_star")
	f.StringVar(&filter.scheme, "scheme", "", "scheme id")
	f.StringVar(&filter.asOf, "as-of", "", asOfHelp)
	f.IntVar(&limit, "limit", 0, "at most so many cases (default all)")
	return cmd
}

const asOfHelp = "as the ledger stood: seq:N, an RFC 3339 time, or a date (its end in Asia/Shanghai)"

// set adds what was given.
func set(query url.Values, name, value string) {
	if value != "" {
		query.Set(name, value)
	}
}

func (p *program) cases(ctx context.Context, query url.Values, limit int) error {
	if limit < 0 {
		return usage("--limit counts from 1")
	}
	q := question{path: []string{"v1", "cases"}, query: query}
	t := table{}
	t.add(phrasesIn(p.settings.language, headCase, headOrganization, headScheme, headState, headScore, headGrade, headChanged, headScope)...)
	err := p.list(ctx, q, limit, func(item jsontext.Value) error { return p.addCase(&t, item) })
	if err != nil || p.settings.output != asTable {
		return err
	}
	return t.write(p.out)
}

func (p *program) addCase(t *table, item jsontext.Value) error {
	var row caseRow
	if err := json.Unmarshal(item, &row); err != nil {
		return fmt.Errorf("read a case: %w: %w", errForeign, err)
	}
	final, grade := "", ""
	if row.Score != nil {
		final, grade = row.Score.Final, p.standing(row.Score)
	}
	t.add(row.Case, row.Organization, row.Scheme, p.word(states, row.State), final, grade,
		shanghai(row.LastChange.RecordedAt), clip(plain(row.Scope), scopeColumns))
	return nil
}

// standing says the grade of a score in a list. It has none when the audit failed or is partial, and
// while it is provisional.
func (p *program) standing(s *scoreSummary) string {
	if s.Provisional {
		return p.say(provisional)
	}
	return cmp.Or(p.gradeWord(s.Grade), p.say(noGrade))
}

// caseArgument reads CASE. Anything else is refused before it becomes part of a path.
func caseArgument(text string) (string, error) {
	var id events.CaseID
	if err := id.UnmarshalText([]byte(text)); err != nil {
		return "", usage("CASE: %w; ledgerctl cases lists them", err)
	}
	return string(id), nil
}

// oneCase is the arguments of a command about one case.
var oneCase = cobra.ExactArgs(1)

// completeCase offers the cases the user may read. A shell that waits is worse than no offer, so
// every failure offers nothing.
func (p *program) completeCase(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 || p.connect() != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	p.client.patience = completionPatience
	var offers []cobra.Completion
	for page, err := range p.client.pages(cmd.Context(), question{path: []string{"v1", "cases"}}, completionOffers) {
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		for _, item := range page.Items {
			var row caseRow
			if json.Unmarshal(item, &row) == nil {
				offers = append(offers, cobra.CompletionWithDesc(plain(row.Case), plain(row.Organization)))
			}
		}
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}
