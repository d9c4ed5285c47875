package main

import (
	"reflect"
	"strings"
	"testing"

	"starledger/events"
)

// The table of scalars and the types that events use are the same: a new text type without its
// grammar stops the generator, and a line that nothing uses is found here.
func TestScalarsAreThoseOfTheCatalogue(t *testing.T) {
	c, err := readComments("../../events")
	if err != nil {
		t.Fatal(err)
	}
	list, err := catalogue(c, events.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, e := range list {
		collect(e.attributes, used)
		collect(e.data, used)
	}
	for name := range used {
		if _, known := scalars[name]; !known {
			t.Errorf("%s is not in the table", name)
		}
	}
	for name := range scalars {
		if !used[name] {
			t.Errorf("%s is in the table, but in no event", name)
		}
	}
}

func collect(s *shape, used map[string]bool) {
	if s.form == text {
		used[s.name] = true
	}
	if s.element != nil {
		collect(s.element, used)
	}
	for _, m := range s.members {
		collect(m.shape, used)
	}
}

func TestShapeRefuses(t *testing.T) {
	c := &comments{
		types: map[string]string{"documented": "Documented."},
		fields: map[string]map[string]string{"documented": {
			"Real": "A number with a fraction.", "Yes": "A flag.", "Word": "A word.", "Bare": "No name.",
		}},
	}
	for name, x := range map[string]struct {
		field reflect.StructField
		want  string
	}{
		"a float":                      {field[float64]("Real", `json:"real"`), "no place"},
		"a flag that can only be true": {field[bool]("Yes", `json:"yes"`), "pointer"},
		"a text without grammar":       {field[documented]("Word", `json:"word"`), "neither"},
		"a text without comment":       {field[bare]("Word", `json:"word"`), "no comment"},
		"a member without comment":     {field[uint64]("Silent", `json:"silent"`), "comment"},
		"a member without name":        {field[uint64]("Bare", ``), "name"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.memberOf(x.field, c.fields["documented"][x.field.Name])
			if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("got %v, want an error about %q", err, x.want)
			}
		})
	}
}

type (
	documented string
	bare       string
)

func field[T any](name, tag string) reflect.StructField {
	return reflect.StructField{Name: name, Type: reflect.TypeFor[T](), Tag: reflect.StructTag(tag)}
}
