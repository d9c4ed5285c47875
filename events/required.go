package events

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// MissingError names a member that has to be there.
type MissingError struct {
	Pointer string // RFC 6901
}

func (e *MissingError) Error() string { return fmt.Sprintf("%s is missing", e.Pointer) }

// A member is required unless its json tag says omitzero. A required member is never zero: the
// grammars exclude the empty string, counts start at 1, and a count that may be 0 is a pointer, as
// is a struct that may be left out. So "missing" can be read off the decoded struct, in one place for every event and command.
type requirement struct {
	index    int
	name     string // JSON name, empty for an embedded struct
	required bool
	nested   bool // a struct, a pointer to one, or a slice of them: look inside
}

var requirements sync.Map // reflect.Type -> []requirement

func requirementsOf(t reflect.Type) []requirement {
	if known, ok := requirements.Load(t); ok {
		return known.([]requirement)
	}
	var list []requirement
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		r := requirement{index: i, name: name, nested: isNested(field.Type)}
		r.required = name != "" && !strings.Contains(options, "omitzero")
		if r.required || r.nested {
			list = append(list, r)
		}
	}
	requirements.Store(t, list)
	return list
}

func isNested(t reflect.Type) bool {
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}

// present names the first required member that v lacks. Pointers are put together only on the way
// out of a failure: this runs for every event that is read.
func present(v reflect.Value) *MissingError {
	for _, r := range requirementsOf(v.Type()) {
		field := v.Field(r.index)
		if r.required && isAbsent(field) {
			return &MissingError{"/" + r.name}
		}
		if !r.nested {
			continue
		}
		if missing := presentInside(field); missing != nil {
			return missing.under(r.name)
		}
	}
	return nil
}

// under is the same miss seen from one level further out; an embedded struct is no level.
func (e *MissingError) under(name string) *MissingError {
	if name == "" {
		return e
	}
	return &MissingError{"/" + name + e.Pointer}
}

func isAbsent(field reflect.Value) bool {
	if field.Kind() == reflect.Slice {
		return field.Len() == 0
	}
	return field.IsZero()
}

func presentInside(field reflect.Value) *MissingError {
	switch field.Kind() {
	case reflect.Struct:
		return present(field)
	case reflect.Pointer:
		if field.IsNil() {
			return nil
		}
		return present(field.Elem())
	}
	for i := range field.Len() {
		if missing := present(field.Index(i)); missing != nil {
			return missing.under(strconv.Itoa(i))
		}
	}
	return nil
}
