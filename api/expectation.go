package api

import (
	"fmt"
	"reflect"
	"strings"

	"starledger/events"
	"starledger/events/decide"
)

// expectations say what a member of a type has to look like, by the key of a text.
var expectations = map[reflect.Type]string{
	reflect.TypeFor[events.Clause]():            "clause",
	reflect.TypeFor[events.Date]():              "date",
	reflect.TypeFor[events.Decimal]():           "decimal",
	reflect.TypeFor[events.Digest]():            "digest",
	reflect.TypeFor[events.ID]():                "id",
	reflect.TypeFor[events.MediaType]():         "media-type",
	reflect.TypeFor[events.Number]():            "number",
	reflect.TypeFor[events.Text]():              "text",
	reflect.TypeFor[events.Type]():              "type",
	reflect.TypeFor[events.USCC]():              "uscc",
	reflect.TypeFor[events.CertificateNumber](): "certificate-number",
	reflect.TypeFor[decide.GrantedCases]():      "granted-cases",
	reflect.TypeFor[decide.SchemeRef]():         "scheme",
	reflect.TypeFor[decide.Timestamp]():         "time",
}

// expectation is what a member of type t has to look like: the key of a text, or, for an
// enumeration, the words it accepts.
func expectation(t reflect.Type) string {
	if t == nil {
		return "other"
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if key, known := expectations[t]; known {
		return key
	}
	if words := accepted(t); words != "" {
		return words
	}
	switch t.Kind() {
	case reflect.Uint64, reflect.Int:
		return "count"
	case reflect.Bool:
		return "bool"
	case reflect.String:
		return "string"
	case reflect.Slice:
		return "list"
	case reflect.Struct:
		return "object"
	}
	return "other"
}

// accepted lists the values of an enumeration of package events.
func accepted(t reflect.Type) string {
	values := reflect.New(t).MethodByName("Values")
	if !values.IsValid() || values.Type().NumIn() != 0 || values.Type().NumOut() != 1 {
		return ""
	}
	list := values.Call(nil)[0]
	words := make([]string, list.Len())
	for i := range words {
		words[i] = fmt.Sprint(list.Index(i))
	}
	return strings.Join(words, ", ")
}
