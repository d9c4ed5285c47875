package archive

import (
	"encoding/json"
	"testing"
)

// Whatever subjectOf accepts is one JSON object, and a plain decoder finds the same subject in it.
func FuzzSubjectOf(f *testing.F) {
	for _, body := range []string{
		`{"subject":"case1","n":1}`, `{"subject":"a"} {}`, `{"subject":"a"}}`, `{"subject":"a",}`, `{"subject":"a","subject":"b"}`,
		`{"Subject":"a"}`, `{"subject":7}`, `{"data":{"subject":"x"},"subject":"y"}`, `[]`, `{`, ``, `{"subject":"\u0061"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := subjectOf(body)
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
