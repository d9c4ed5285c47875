package main

import (
	"fmt"
	"maps"
	"slices"
)

// schemaOf writes the schema of the complete stored event. It stands alone: what it refers to is
// under $defs. Where a body came from an event of this type, its digest is the attribute dataschema.
func schemaOf(e *event) ([]byte, error) {
	w := writer{eventType: e.eventType, definitions: map[string]object{}}
	properties, required := w.members(e.attributes)
	properties = append(properties, pair{"data", w.object(e.data)})
	document := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", e.eventType},
		{"description", e.data.doc},
		{"type", "object"},
		{"properties", properties},
		{"required", append(required, "data")},
		{"additionalProperties", false},
	}
	document = append(document, relations...)
	document = append(document, pair{"$defs", w.sorted()})
	text, err := document.document()
	if err != nil {
		return nil, fmt.Errorf("write the schema of %s: %w", e.eventType, err)
	}
	return text, nil
}

// writer collects the definitions that the schema under way refers to.
type writer struct {
	eventType   string
	definitions map[string]object
}

func (w *writer) sorted() object {
	var o object
	for _, name := range slices.Sorted(maps.Keys(w.definitions)) {
		o = append(o, pair{name, w.definitions[name]})
	}
	return o
}

func (w *writer) members(s *shape) (properties object, required []string) {
	required = []string{} // an empty array, never null
	for _, m := range s.members {
		value := object{{"description", m.doc}}
		properties = append(properties, pair{m.name, append(value, w.use(m.shape, m.nonzero)...)})
		if m.required {
			required = append(required, m.name)
		}
	}
	return properties, required
}

func (w *writer) object(s *shape) object {
	properties, required := w.members(s)
	if properties == nil {
		properties = object{}
	}
	return object{
		{"description", s.doc}, {"type", "object"}, {"properties", properties},
		{"required", required}, {"additionalProperties", false},
	}
}

// use is what stands where a value of the shape is expected.
func (w *writer) use(s *shape, nonzero bool) object {
	switch s.form {
	case list:
		o := object{{"type", "array"}}
		if nonzero {
			o = append(o, pair{"minItems", 1})
		}
		return append(o, pair{"items", w.use(s.element, false)})
	case count:
		least := 0
		if nonzero {
			least = 1
		}
		return object{{"type", "integer"}, {"minimum", least}, {"maximum", uint64(1<<64 - 1)}}
	case flag:
		return object{{"type", "boolean"}}
	case typeName:
		return object{{"const", w.eventType}}
	case words:
		if len(s.values) == 1 {
			return object{{"const", s.values[0].value}}
		}
	}
	w.define(s)
	return object{{"$ref", "#/$defs/" + s.name}}
}

func (w *writer) define(s *shape) {
	if _, done := w.definitions[s.name]; done {
		return
	}
	switch s.form {
	case structure:
		w.definitions[s.name] = w.object(s)
	case words:
		w.definitions[s.name] = append(object{{"description", s.doc}, {"type", "string"}}, choice(s.values)...)
	case text:
		w.definitions[s.name] = append(object{{"description", s.doc}}, scalars[s.name].keywords()...)
	}
}

// choice is an enum, or, where a value has a comment, one const with its description for each.
func choice(values []word) object {
	var plain []string
	var described []object
	documented := false
	for _, v := range values {
		plain = append(plain, v.value)
		o := object{{"const", v.value}}
		if v.doc != "" {
			o, documented = append(o, pair{"description", v.doc}), true
		}
		described = append(described, o)
	}
	if documented {
		return object{{"oneOf", described}}
	}
	return object{{"enum", plain}}
}
