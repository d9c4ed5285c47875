package decidetest

import (
	"strings"
	"sync"

	"starledger/schemas"
	"starledger/scoring"
)

// The schemes that are made up for tests, next to those that are shipped.
const (
	// Weightless has no points.
	Weightless = "weightless"
	// Strict has neither whole deductions nor deletions.
	Strict = "strict"
	// Coming is not in force before 2027.
	Coming = "coming"
	// Lapsing is in force until the end of June 2026.
	Lapsing = "lapsing"
	// Succeeded has version 1, version 2 from 1 March 2026 on, and version 3 from 2027 on.
	Succeeded = "succeeded"
	// Restoring gives points back for a correction that was accepted before the report.
	Restoring = "restoring"
	// Combined counts the lower of its own evaluation, of clauses 7.x, and of that by gbt27922-2011.
	Combined = "combined"
)

// Book holds the shipped schemes and those made up.
func Book(t T) *scoring.Book {
	t.Helper()
	book, err := book()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

var book = sync.OnceValues(func() (*scoring.Book, error) {
	documents, err := schemas.Schemes()
	if err != nil {
		return nil, err
	}
	var list []*scoring.Scheme
	var standard, digest string
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			return nil, err
		}
		if scheme.ID == "gbt27922-2011" {
			standard, digest = string(scheme.Canonical()), scheme.Digest()
		}
		list = append(list, scheme)
	}
	for _, document := range madeUp(standard, digest) {
		scheme, err := scoring.ParseScheme([]byte(document))
		if err != nil {
			return nil, err
		}
		list = append(list, scheme)
	}
	return scoring.NewBook(list...)
})

func madeUp(standard, digest string) []string {
	restoring := strings.NewReplacer(`"deletions":true`, `"deletions":true,"corrections_restore":true`)
	combined := strings.NewReplacer(`"id":"5.`, `"id":"7.`, `"chapter":"5.`, `"chapter":"7.`, `"section":"5.`, `"section":"7.`,
		`"deletions":true`, `"deletions":true,"combination":{"with":{"id":"gbt27922-2011","version":"1","digest":"`+digest+`"},"rule":"lower"}`)
	strict := strings.NewReplacer(`"whole_deductions":true`, `"whole_deductions":false`, `"deletions":true`, `"deletions":false`)
	return []string{
		withoutPoints(renamed(standard, Weightless, "1")),
		strict.Replace(renamed(standard, Strict, "1")),
		restoring.Replace(renamed(standard, Restoring, "1")),
		combined.Replace(renamed(standard, Combined, "1")),
		from(renamed(standard, Coming, "1"), "2027-01-01"),
		strings.Replace(renamed(standard, Lapsing, "1"), `,"method"`, `,"in_force_until":"2026-06-30","method"`, 1),
		renamed(standard, Succeeded, "1"),
		from(renamed(standard, Succeeded, "2"), "2026-03-01"),
		from(renamed(standard, Succeeded, "3"), "2027-01-01"),
	}
}

// renamed changes id and version, which stand first in a canonical document.
func renamed(document, id, version string) string {
	_, rest, _ := strings.Cut(document, `,"title":`)
	return `{"id":"` + id + `","version":"` + version + `","title":` + rest
}

func from(document, day string) string {
	before, rest, _ := strings.Cut(document, `"in_force_from":"`)
	return before + `"in_force_from":"` + day + rest[len(day):]
}

func withoutPoints(document string) string {
	parts := strings.Split(document, `"points":"`)
	for i, part := range parts[1:] {
		_, rest, _ := strings.Cut(part, `"`)
		parts[i+1] = "null" + rest
	}
	return strings.Join(parts, `"points":`)
}
