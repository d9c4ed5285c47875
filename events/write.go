package events

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// A pen writes the canonical form of structs, which canonical reads: byte for byte what the JSON library would
// write, in a third of its time. TestPenWritesLikeTheLibrary holds it to that for every type of the catalogue.
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
			p.text = append(p.text, "null"...) // which no reader takes
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
	text, err := Instant(v.Int()).MarshalText()
	if err != nil {
		p.fail(err)
	}
	p.text = append(append(append(p.text, '"'), text...), '"')
}

func (p *pen) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}
