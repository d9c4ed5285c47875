package events

import (
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"
)

// The pen writes what the library would write, and fails where it would, whatever stands in an event: also
// what Decode then refuses, such as empty texts, and what is no text at all.
func TestPenWritesLikeTheLibrary(t *testing.T) {
	for _, zero := range Catalogue() {
		t.Run(shortType(zero.EventType()), rapid.MakeCheck(func(t *rapid.T) {
			payload := reflect.New(reflect.TypeOf(zero)).Elem()
			var e Event
			fill(t, reflect.ValueOf(&e.Attributes).Elem())
			fill(t, payload)
			e.Data = payload.Interface().(Payload)
			want, wrong := json.Marshal(&struct {
				Attributes
				Data Payload `json:"data"`
			}{e.Attributes, e.Data})
			got, failed := e.write()
			if (failed != nil) != (wrong != nil) || wrong == nil && string(got) != string(want) {
				t.Fatalf("%s %v\nthe library: %s %v", got, failed, want, wrong)
			}
		}))
	}
}

// fill draws a value, down to the ends of its lists.
func fill(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.Just(""), rapid.StringN(0, 12, -1), rapid.SampledFrom([]string{"a\"\\\n", "\u2028<&>\x7f", "\xff"})).Draw(t, "text"))
	case reflect.Int64:
		v.SetInt(rapid.Int64Range(-1<<57, 1<<60).Draw(t, "instant"))
	case reflect.Uint64:
		v.SetUint(rapid.Uint64().Draw(t, "count"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "present") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem())
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(0, 2).Draw(t, "length"), 2))
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	default:
		t.Fatalf("the pen knows no %s", v.Type())
	}
}

// An instant is written in the layout that is promised, also before 1970 and at the ends of what can be written.
func TestInstantIsWrittenInItsLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := Instant(rapid.Int64Range(-62_135_596_800_000_000, 253_402_300_799_999_999).Draw(t, "micros"))
		if got, err := i.AppendText([]byte("at ")); err != nil || string(got) != "at "+i.String() {
			t.Fatalf("%s %v, not %s", got, err, i)
		}
	})
}
