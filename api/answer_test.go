package api

import (
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// The answers to commands are written as the JSON library would write them, whatever stands in them.
func TestAnswersAreWrittenLikeTheLibrary(t *testing.T) {
	full := answerBody{}
	fillAnswer(t, reflect.ValueOf(&full).Elem())
	failed := full
	failed.Score = &markBody{Final: "0"}
	for name, body := range map[string]any{
		"empty": &answerBody{}, "full": &full, "no grade": &failed,
		"batch": &list[answerBody]{Items: []answerBody{full, failed}}, "empty batch": &list[answerBody]{},
	} {
		want, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := events.Canonical(body); err != nil || string(got) != string(want) {
			t.Errorf("%s: %s %v\nthe library: %s", name, got, err, want)
		}
	}
}

// fillAnswer gives every member a value, so that one the pen does not know is found here.
func fillAnswer(t *testing.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(`"text"`)
	case reflect.Int64:
		v.SetInt(1_793_498_520_123_456)
	case reflect.Uint64:
		v.SetUint(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fillAnswer(t, v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAnswer(t, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAnswer(t, v.Index(0))
		fillAnswer(t, v.Index(1))
	default:
		t.Fatalf("no value for a %s", v.Type())
	}
}
