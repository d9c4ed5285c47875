package events

import (
	"encoding"
	"reflect"
	"strings"
	"sync"
)

// The canonical form of a struct is what Encode writes: its members in the order of its fields,
// without white space. All stored bodies are in this form, so reading it needs no look-up of names,
// and rebuilding from a million events takes half the time.
//
// canonical tells whether text is the canonical form of the struct v; then v holds exactly what
// Strict would have decoded, which FuzzCanonical holds it to. If it is not, v holds rubbish and
// Strict has the word: it accepts more, and it says what is wrong.
func canonical(text []byte, v reflect.Value) bool {
	c := cursor{rest: text}
	return c.structure(v) && len(c.rest) == 0
}

// A field as it stands in the canonical form.
type canonicalField struct {
	index    int
	lead     string // `"name":`, empty for an embedded struct
	required bool
}

var canonicalFields sync.Map // reflect.Type -> []canonicalField

func canonicalFieldsOf(t reflect.Type) []canonicalField {
	if known, ok := canonicalFields.Load(t); ok {
		return known.([]canonicalField)
	}
	list := make([]canonicalField, t.NumField())
	for i := range list {
		list[i].index = i
		if name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" {
			list[i].lead, list[i].required = `"`+name+`":`, options != "omitzero"
		}
	}
	canonicalFields.Store(t, list)
	return list
}

// cursor is how far the text has been read.
type cursor struct{ rest []byte }

func (c *cursor) at(literal string) bool {
	return len(c.rest) >= len(literal) && string(c.rest[:len(literal)]) == literal
}

func (c *cursor) skip(literal string) bool {
	if !c.at(literal) {
		return false
	}
	c.rest = c.rest[len(literal):]
	return true
}

func (c *cursor) structure(v reflect.Value) bool {
	first := true
	return c.skip("{") && c.members(v, &first) && c.skip("}")
}

// members reads the members of v; first tells that none stands before them.
func (c *cursor) members(v reflect.Value, first *bool) bool {
	for _, f := range canonicalFieldsOf(v.Type()) {
		field := v.Field(f.index)
		if f.lead == "" {
			if !c.members(field, first) {
				return false
			}
			continue
		}
		before := c.rest
		if !*first && !c.skip(",") || !c.skip(f.lead) {
			if f.required {
				return false
			}
			c.rest = before
			continue
		}
		*first = false
		if !c.value(field) || f.required && isZeroCount(field) {
			return false
		}
	}
	return true
}

// isZeroCount tells a required count or instant that is 0, which counts as missing.
func isZeroCount(v reflect.Value) bool {
	return v.CanUint() && v.Uint() == 0 || v.CanInt() && v.Int() == 0
}

func (c *cursor) value(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Int64:
		return c.scalar(v)
	case reflect.Uint64:
		var n uint64
		ok := c.count(&n)
		v.SetUint(n)
		return ok
	case reflect.Bool:
		v.SetBool(c.skip("true"))
		return v.Bool() || c.skip("false")
	case reflect.Struct:
		return c.structure(v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return c.value(v.Elem())
	case reflect.Slice:
		return c.list(v)
	}
	return false
}

func (c *cursor) scalar(v reflect.Value) bool {
	if !c.skip(`"`) {
		return false
	}
	text, ok := c.text()
	if !ok {
		return false
	}
	target, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr())
	return ok && target.UnmarshalText(text) == nil
}

// count reads up to 19 digits, which cannot overflow; what has more is left to Strict.
func (c *cursor) count(target *uint64) bool {
	i, n := 0, uint64(0)
	for i < len(c.rest) && i < 20 && '0' <= c.rest[i] && c.rest[i] <= '9' {
		n = 10*n + uint64(c.rest[i]-'0')
		i++
	}
	ok := i > 0 && i < 20 && (i == 1 || c.rest[0] != '0')
	*target, c.rest = n, c.rest[i:]
	return ok
}

// list reads a list that is not empty; Encode leaves empty ones out.
func (c *cursor) list(v reflect.Value) bool {
	if !c.skip("[") {
		return false
	}
	for !c.skip("]") {
		if v.Len() > 0 && !c.skip(",") {
			return false
		}
		v.Grow(1)
		v.SetLen(v.Len() + 1)
		if !c.value(v.Index(v.Len() - 1)) {
			return false
		}
	}
	return v.Len() > 0
}
