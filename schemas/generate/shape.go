package main

import (
	"fmt"
	"reflect"
	"strings"

	"starledger/events"
)

// form is what a JSON value looks like.
type form int

const (
	structure form = iota // an object with known members
	list                  // an array
	words                 // one of a few strings
	text                  // a string with a grammar: a scalar
	typeName              // the event type itself
	count                 // an integer from 0 or 1
	flag                  // true or false
)

// shape is one type that an event is made of, read off its Go type and its comments.
type shape struct {
	form    form
	name    string // of the Go type, where a description needs one
	doc     string
	members []member // of a structure
	element *shape   // of a list
	values  []word   // of words
}

type member struct {
	name     string
	doc      string
	required bool
	nonzero  bool // a count from 1, a list of at least one
	shape    *shape
}

type word struct{ value, doc string }

// event is one event type: the attributes and its data.
type event struct {
	eventType  string
	attributes *shape
	data       *shape
	digest     string // of the schema written for it
}

func (e *event) shortName() string { return strings.TrimPrefix(e.eventType, "starledger.") }
func (e *event) file() string      { return schemaDir + "/" + e.shortName() + ".json" }

func catalogue(c *comments, payloads []events.Payload) ([]event, error) {
	attributes, err := c.shapeOf(reflect.TypeFor[events.Attributes]())
	if err != nil {
		return nil, err
	}
	list := make([]event, len(payloads))
	for i, payload := range payloads {
		data, err := c.shapeOf(reflect.TypeOf(payload))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", payload.EventType(), err)
		}
		list[i] = event{eventType: string(payload.EventType()), attributes: attributes, data: data}
	}
	return list, nil
}

func (c *comments) shapeOf(t reflect.Type) (*shape, error) {
	switch t.Kind() {
	case reflect.Pointer:
		return c.shapeOf(t.Elem())
	case reflect.Slice:
		element, err := c.shapeOf(t.Elem())
		return &shape{form: list, element: element}, err
	case reflect.Struct:
		return c.structureOf(t)
	case reflect.String:
		return c.textOf(t)
	case reflect.Int64: // Instant, the one text that is kept as a number
		return c.textOf(t)
	case reflect.Uint64:
		return &shape{form: count}, nil
	case reflect.Bool:
		return &shape{form: flag}, nil
	}
	return nil, fmt.Errorf("%s has no place in an event", t)
}

func (c *comments) structureOf(t reflect.Type) (*shape, error) {
	s := &shape{form: structure, name: t.Name(), doc: c.types[t.Name()]}
	for i := range t.NumField() {
		field := t.Field(i)
		m, err := c.memberOf(field, c.fields[t.Name()][field.Name])
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name(), field.Name, err)
		}
		s.members = append(s.members, m)
	}
	if s.doc == "" {
		return nil, fmt.Errorf("%s has no comment", t)
	}
	return s, nil
}

func (c *comments) memberOf(field reflect.StructField, doc string) (member, error) {
	name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
	if name == "" || name == "-" || doc == "" {
		return member{}, fmt.Errorf("a member needs a name in its json tag and a comment")
	}
	s, err := c.shapeOf(field.Type)
	if err != nil {
		return member{}, err
	}
	required := options != "omitzero"
	if required && field.Type.Kind() == reflect.Bool {
		return member{}, fmt.Errorf("a required flag is a pointer, or it could only be true")
	}
	return member{name: name, doc: doc, required: required, nonzero: required && field.Type.Kind() != reflect.Pointer, shape: s}, nil
}

func (c *comments) textOf(t reflect.Type) (*shape, error) {
	if t == reflect.TypeFor[events.Type]() {
		return &shape{form: typeName}, nil
	}
	s := &shape{form: text, name: t.Name(), doc: c.types[t.Name()]}
	if s.doc == "" {
		return nil, fmt.Errorf("%s has no comment", t)
	}
	if values := reflect.New(t).MethodByName("Values"); values.IsValid() {
		s.form = words
		for _, value := range values.Call(nil)[0].Seq2() {
			s.values = append(s.values, word{value.String(), c.values[t.Name()][value.String()]})
		}
		return s, nil
	}
	if _, known := scalars[t.Name()]; !known {
		return nil, fmt.Errorf("%s is neither an enumeration nor in the table of scalars", t)
	}
	return s, nil
}
