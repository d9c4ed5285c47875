package archive

import (
	"encoding/json"
	"testing"
)

// Whatever subjectOf accepts is one JSON object, and a plain decoder finds the same subject in it; the
// short way to it and the long one never differ.
func FuzzSubjectOf(f *testing.F) {
	for _, body := range []string{
		`{"subject":"case1","n":1}`, `{"subject":"a"} {}`, `{"subject":"a"}}`, `{"subject":"a",}`, `{"subject":"a","subject":"b"}`,
		`{"Subject":"a"}`, `{"subject":7}`, `{"data":{"subject":"x"},"subject":"y"}`, `[]`, `{`, ``, `{"subject":"\u0061"}`,
		`{"id":"1","subject":"a","n":{"x":[1]}}`, `{"id":"1","subject":"a","subject":"b"}`, `{"id":"1","subject":"a","\u0073ubject":"b"}`,
		`{"id":{"x":1,"subject":"a"}}`, `{"id":"1","subject":"a"`, `,"subject":"a"`, `{"id":"x,","subject":"a"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := subjectOf(body)
		if long, failed := anySubjectOf(body); long != got || (failed == nil) != (err == nil) {
			t.Fatalf("%q: got %q, %v; the long way %q, %v", body, got, err, long, failed)
		}
		if err != nil {
			return
		}
		var members map[string]any
		if err := json.Unmarshal(body, &members); err != nil {
			t.Fatalf("%q is accepted: %v", body, err)
		}
		if members["subject"] != got {
			t.Fatalf("%q: got %q, want %q", body, got, members["subject"])
		}
	})
}
