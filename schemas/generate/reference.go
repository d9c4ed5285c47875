package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const preface = `# Events

Every fact in the ledger is one event of one of the types below, stored as one JSON object: the
attributes of every event, then ` + "`data`" + `, which belongs to the type. The stored bytes are the record.

This page and the schemas are generated from the comments in package events by
` + "`go generate ./schemas`" + `. They are not edited by hand.

`

const attributesNote = `
The first event of a case has ` + "`prevdigest`" + ` - and a ` + "`casesalt`" + `; no other has. ` + "`idempotencykey`" + ` and
` + "`requestdigest`" + ` come together. ` + "`effectivetime`" + ` is not after ` + "`time`" + `, ` + "`batchindex`" + ` is below ` + "`batchcount`" + `.
No member is null or empty, none is repeated, none is added. Integers are written as plain digits.
`

// reference is the page that describes every event, its data and the types these are made of.
func reference(list []event) []byte {
	p := page{types: map[string]*shape{}}
	p.WriteString(preface)
	p.contents(list)
	p.WriteString("\n## Attributes\n\n" + paragraphs(list[0].attributes.doc) + "\n\n")
	p.table(list[0].attributes)
	p.WriteString(attributesNote)
	for i := range list {
		p.event(&list[i])
	}
	p.glossary()
	return []byte(p.String())
}

// page is the Markdown under way and the types it has mentioned.
type page struct {
	strings.Builder
	types map[string]*shape
}

func (p *page) contents(list []event) {
	p.WriteString("| event | meaning |\n|---|---|\n")
	for i := range list {
		meaning, _, _ := strings.Cut(list[i].data.doc, "\n")
		fmt.Fprintf(p, "| [%s](#%s) | %s |\n", list[i].shortName(), anchor(list[i].eventType), cell(meaning))
	}
}

func (p *page) event(e *event) {
	fmt.Fprintf(p, "\n## %s\n\n%s\n\n", e.eventType, paragraphs(e.data.doc))
	if len(e.data.members) == 0 {
		p.WriteString("`data` is an empty object.\n\n")
	} else {
		p.table(e.data)
		p.WriteByte('\n')
	}
	fmt.Fprintf(p, "Schema: [%s](%s), `%s`\n", e.shortName(), e.file(), e.digest)
}

func (p *page) table(s *shape) {
	p.WriteString("| member | type | required | meaning |\n|---|---|---|---|\n")
	for _, m := range s.members {
		required := "no"
		if m.required {
			required = "yes"
		}
		fmt.Fprintf(p, "| `%s` | %s | %s | %s |\n", m.name, p.typeOf(m.shape, m.nonzero), required, cell(m.doc))
	}
}

// typeOf names a type and remembers it for the glossary.
func (p *page) typeOf(s *shape, nonzero bool) string {
	switch {
	case s.form == list:
		return "list of " + p.typeOf(s.element, false)
	case s.form == count && nonzero:
		return "integer from 1"
	case s.form == count:
		return "integer from 0"
	case s.form == flag:
		return "boolean"
	case s.form == words && len(s.values) == 1:
		return "`\"" + s.values[0].value + "\"`"
	case s.form == typeName:
		return "event type"
	}
	p.remember(s)
	return fmt.Sprintf("[%s](#%s)", s.name, anchor(s.name))
}

func (p *page) remember(s *shape) {
	p.types[s.name] = s
	for _, m := range s.members {
		p.typeOf(m.shape, m.nonzero)
	}
}

// glossary explains every type that was mentioned.
func (p *page) glossary() {
	p.WriteString("\n## Types\n")
	for _, name := range slices.Sorted(maps.Keys(p.types)) {
		s := p.types[name]
		fmt.Fprintf(p, "\n### %s\n\n%s\n\n", name, paragraphs(s.doc))
		switch s.form {
		case structure:
			p.table(s)
		case words:
			p.choice(s.values)
		case text:
			p.grammar(scalars[name])
		}
	}
}

func (p *page) choice(values []word) {
	for _, v := range values {
		if v.doc == "" {
			fmt.Fprintf(p, "- `%s`\n", v.value)
			continue
		}
		fmt.Fprintf(p, "- `%s`: %s\n", v.value, cell(v.doc))
	}
}

func (p *page) grammar(s scalar) {
	if s.maxLength > 0 {
		fmt.Fprintf(p, "At most %d characters.\n\n", s.maxLength)
	}
	fmt.Fprintf(p, "    %s\n", visible(s.pattern))
}

// anchor is the address that Markdown readers give a heading.
func anchor(heading string) string {
	return strings.ReplaceAll(strings.ToLower(heading), ".", "")
}

var inCell = strings.NewReplacer("\n", " ", "|", `\|`, "<", `\<`)

func cell(doc string) string { return inCell.Replace(doc) }

var inText = strings.NewReplacer("\n", "\n\n", "<", `\<`)

func paragraphs(doc string) string { return inText.Replace(doc) }
