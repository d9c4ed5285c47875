package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"starledger/schemas"
	"starledger/scoring"
)

// templateCommand is ledgerctl schemes template: it asks no server, since what it writes is shipped.
func (p *program) templateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "template ID", Short: "write a scheme document to fill in and register",
		Long: `Write a shipped scheme as a document to fill in and register with POST /v1/schemes.

Every null has to be replaced: the version, the days of force, the points of each clause (their sum is
full_marks), and the parameters of the judgement. A member that the body does not use is left out.`,
		Example: "  ledgerctl schemes template completeness > mine.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := template(args[0])
			if err != nil {
				return err
			}
			return p.raw(text)
		},
	}
}

// template is the document of a shipped scheme with null wherever the body has to decide. What the
// shipped version has is kept, apart from what names the version.
func template(id string) ([]byte, error) {
	shipped, err := templateOf(id)
	if err != nil {
		return nil, err
	}
	var document map[string]jsontext.Value
	if err := json.Unmarshal(shipped.Canonical(), &document); err != nil {
		return nil, fmt.Errorf("write the template of %s: %w", id, err)
	}
	for _, name := range []string{"version", "in_force_from", "special_deductions", "bonus", "minimum", "grades"} {
		if value := document[name]; name == "version" || name == "in_force_from" || isBlank(value) {
			document[name] = jsontext.Value("null")
		}
	}
	delete(document, "notes") // they are about the shipped version
	ordered := make([]string, 0, len(document))
	for _, name := range templateOrder {
		if value, has := document[name]; has {
			ordered = append(ordered, fmt.Sprintf("%q:%s", name, value))
			delete(document, name)
		}
	}
	if len(document) > 0 {
		return nil, fmt.Errorf("write the template of %s: it has members without a place", id)
	}
	text := jsontext.Value("{" + strings.Join(ordered, ",") + "}")
	if err := text.Indent(jsontext.WithIndent("  ")); err != nil {
		return nil, fmt.Errorf("write the template of %s: %w", id, err)
	}
	return text, nil
}

// isBlank tells what a canonical document writes for what is not known.
func isBlank(value jsontext.Value) bool {
	return len(value) == 0 || slices.Contains([]string{"null", `""`, "[]"}, string(value)) || strings.Contains(string(value), `"each":""`)
}

// templateOrder is the order in which people fill a document in.
var templateOrder = []string{
	"id", "version", "title", "source", "filing_number", "in_force_from", "in_force_until", "method", "full_marks",
	"special_deductions", "bonus", "cap", "minimum", "grades", "combination",
	"whole_deductions", "sampled_deductions", "deletions", "corrections_restore", "bands", "chapters", "sections", "clauses",
}

func templateOf(id string) (*scoring.Scheme, error) {
	documents, err := schemas.Schemes()
	if err != nil {
		return nil, fmt.Errorf("read the shipped schemes: %w", err)
	}
	var ids []string
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			return nil, fmt.Errorf("read a shipped scheme: %w", err)
		}
		if scheme.ID == id {
			return scheme, nil
		}
		ids = append(ids, scheme.ID)
	}
	return nil, usage("there is no shipped scheme %q: %s", id, strings.Join(ids, ", "))
}
