package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"starledger/scoring"
)

// The template has every indicator and a null wherever the body has to decide; filled in, it is a scheme
// that scores, and as it is, it is none.
func TestTemplate(t *testing.T) {
	text, err := template("completeness")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(text), `"points": null`); got != 88 {
		t.Errorf("%d clauses without points", got)
	}
	if _, err := scoring.ParseScheme(text); err == nil {
		t.Error("the template is a scheme as it is")
	}
	var document map[string]any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{
		"version": "1", "in_force_from": "2027-01-01", "minimum": "70",
		"bonus":              map[string]any{"each": "1", "max": 1},
		"grades":             []any{map[string]any{"id": "qualified", "name": map[string]any{"zh": "达标级"}, "min": "70"}},
		"special_deductions": map[string]any{"each": "1", "limit": map[string]any{"operator": ">", "count": 5}, "triggers": []any{map[string]any{"id": "law", "name": map[string]any{"zh": "法律"}}}},
	} {
		if was, there := document[name]; was != nil || !there {
			t.Errorf("%s is %v", name, was)
		}
		document[name] = value
	}
	for i, clause := range document["clauses"].([]any) {
		clause.(map[string]any)["points"] = map[bool]string{true: "13", false: "1"}[i == 0]
	}
	filled, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	if scheme, err := scoring.ParseScheme(filled); err != nil || !scheme.Scorable() {
		t.Errorf("filled in: %v", err)
	}
}

// A shipped scheme with points keeps them: a body changes what it wants to change.
func TestTemplateWithPoints(t *testing.T) {
	text, err := template("gbt27922-2011")
	if err != nil || strings.Contains(string(text), `"points": null`) || !strings.Contains(string(text), `"version": null`) {
		t.Errorf("%.300s, %v", text, err)
	}
	if _, err := template("none"); err == nil || errors.Is(err, errForeign) {
		t.Errorf("an unknown scheme: %v", err)
	}
}
