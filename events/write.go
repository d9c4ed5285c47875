package events

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Canonical writes the struct that v points to: byte for byte what the JSON library would, in a third of the
// time. It knows texts, instants, counts, truth values, and structs, pointers and lists of such; anything else
// is an error.
func Canonical(v any) ([]byte, error) {
	p := pen{text: make([]byte, 0, bodyRoom)}
	p.value(reflect.ValueOf(v))
	return p.text, p.err
}

// A pen writes the canonical form of structs, which canonical reads. TestPenWritesLikeTheLibrary holds it to the
// library for every type of the catalogue.
type pen struct {
	text []byte
	err  error // the first; what is written after it is rubbish
}

// bodyRoom is what most bodies fit into.
const bodyRoom = 1 << 10

// write is the body of an event.
func (e *Event) write() ([]byte, error) {
	p := pen{text: append(make([]byte, 0, bodyRoom), '{')}
	p.members(reflect.ValueOf(&e.Attributes).Elem())
	p.text = append(p.text, `,"data":`...)
	p.value(reflect.ValueOf(e.Data))
	p.text = append(p.text, '}')
	return p.text, p.err
}

func (p *pen) members(v reflect.Value) {
	for _, f := range canonicalFieldsOf(v.Type()) {
		field := v.Field(f.index)
		if f.lead == "" {
			p.members(field)
		} else if f.required || !field.IsZero() {
			p.comma('{')
			p.text = append(p.text, f.lead...)
			p.value(field)
		}
	}
}

// comma separates what follows from what stands before it, if that is more than the bracket.
func (p *pen) comma(opened byte) {
	if p.text[len(p.text)-1] != opened {
		p.text = append(p.text, ',')
	}
}

func (p *pen) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		p.quote(v.String())
	case reflect.Int64:
		p.instant(v)
	case reflect.Uint64:
		p.text = strconv.AppendUint(p.text, v.Uint(), 10)
	case reflect.Bool:
		p.text = strconv.AppendBool(p.text, v.Bool())
	case reflect.Struct:
		p.text = append(p.text, '{')
		p.members(v)
		p.text = append(p.text, '}')
	case reflect.Pointer:
		if v.IsNil() {
			p.text = append(p.text, "null"...)
			return
		}
		p.value(v.Elem())
	case reflect.Slice:
		p.text = append(p.text, '[')
		for i := range v.Len() {
			p.comma('[')
			p.value(v.Index(i))
		}
		p.text = append(p.text, ']')
	default:
		p.fail(fmt.Errorf("a %s cannot be written", v.Type()))
	}
}

func (p *pen) quote(s string) {
	var err error
	if p.text, err = jsontext.AppendQuote(p.text, s); err != nil {
		p.fail(err)
	}
}

func (p *pen) instant(v reflect.Value) {
	var err error
	if p.text, err = Instant(v.Int()).AppendText(append(p.text, '"')); err != nil {
		p.fail(err)
	}
	p.text = append(p.text, '"')
}

func (p *pen) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}
