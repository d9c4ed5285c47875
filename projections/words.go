package projections

import (
	"context"
	"strings"

	"starledger/events"
)

// wordsModel is what a search of the cases looks through: ids and certificate numbers, organization,
// scope and the statements of findings, from the event on that said them. A withdrawn finding stays in
// the record, so it stays here.
//
// Of statements only those stand here that lower case makes another: the others are looked through where they
// stand (findings), as most are, being Chinese.
//
// Chinese has no spaces and a search may be two characters long, so there is nothing to index by
// words; the texts are looked through. They are few: some 90 in 1,000 events (BenchmarkCaseList).
var wordsModel = readModel{
	name: "words",
	tables: `
CREATE TABLE words (
	seq     INTEGER PRIMARY KEY,
	case_no INTEGER NOT NULL,
	text    TEXT NOT NULL -- as searchable writes it
);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		text := wordsOf(m)
		if text == "" {
			return nil
		}
		return w.words.add(ctx, int64(m.Seq), int64(m.no), searchable(text))
	},
}

func wordsOf(m *moment) string {
	switch d := m.Data.(type) {
	case events.CaseOpened:
		return strings.Join([]string{string(m.Subject), string(d.Organization.Name), string(d.Organization.USCC), string(d.Scope)}, "\n")
	case events.AccreditationOpened:
		return strings.Join([]string{string(m.Subject), string(d.Organization.Name), string(d.Scope)}, "\n")
	case events.CaseImported:
		return strings.Join([]string{string(m.Subject), string(d.Organization.Name), string(d.Organization.USCC), string(d.Scope)}, "\n")
	case events.CertificateImported:
		return string(d.Number)
	case events.FindingRaised:
		if statement := string(d.Statement); searchable(statement) != statement {
			return statement
		}
	case events.CertificateIssued:
		return string(d.Number)
	case events.ScopeChanged:
		return string(d.Scope)
	}
	return ""
}

// searchable makes upper and lower case equal.
func searchable(text string) string { return strings.ToLower(text) }

// said adds to a query of cases that a word was said in them up to a sequence.
func (s *selection) said(word string, seq int64) {
	s.and(`c.no IN (SELECT case_no FROM words WHERE seq <= ? AND instr(text, ?) > 0
		UNION ALL SELECT case_no FROM findings WHERE seq <= ? AND instr(statement, ?) > 0)`, seq, searchable(word), seq, searchable(word))
}
