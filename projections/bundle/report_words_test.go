package bundle

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"starledger/events"
	"starledger/schemas"
	"starledger/scoring"
)

type said struct{ ZH, EN string }

type reportGlossary struct {
	UI, Faults, Events map[string]said
	Effects            map[string]string
	Names              map[string]map[string]said
}

func readReportGlossary(t testing.TB) reportGlossary {
	t.Helper()
	var g reportGlossary
	if err := json.Unmarshal(reportWords, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestReportSpeaksBothLanguages(t *testing.T) {
	g := readReportGlossary(t)
	for _, words := range []map[string]said{g.UI, g.Faults, g.Events, flat(g.Names)} {
		for key, word := range words {
			if word.ZH == "" || word.EN == "" {
				t.Errorf("%s is %+v", key, word)
			}
			if !slices.Equal(places(word.ZH), places(word.EN)) {
				t.Errorf("%s has the places %q in Chinese and %q in English", key, places(word.ZH), places(word.EN))
			}
		}
	}
	for key, word := range g.Events {
		if !strings.ContainsFunc(word.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s says %q", key, word.ZH)
		}
	}
}

func flat(tables map[string]map[string]said) map[string]said {
	all := map[string]said{}
	for table, names := range tables {
		for value, name := range names {
			all[table+" "+value] = name
		}
	}
	return all
}

var place = regexp.MustCompile(`\{[^}]*\}`)

func places(template string) []string {
	found := place.FindAllString(template, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Every phrase that a script asks for is there, and nothing is there that no script asks for.
func TestReportScriptsFindTheirWords(t *testing.T) {
	g := readReportGlossary(t)
	script, err := reportScript(reportScriptNames)
	if err != nil {
		t.Fatal(err)
	}
	for key := range g.UI {
		name, _, dynamic := strings.Cut(key, "_")
		if !strings.Contains(script, "'"+key+"'") && !(dynamic && strings.Contains(script, "`"+name+"_${")) {
			t.Errorf("no script asks for %s", key)
		}
	}
	asked := regexp.MustCompile(`(?:ui|heading)\('([^']+)'`)
	for _, match := range asked.FindAllStringSubmatch(script, -1) {
		if _, known := g.UI[match[1]]; !known {
			t.Errorf("a script asks for %s, which has no words", match[1])
		}
	}
	faults := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?:malformed|refuted)\('([^']+)'`).FindAllStringSubmatch(script, -1) {
		faults[match[1]] = true
		if _, known := g.Faults[match[1]]; !known {
			t.Errorf("fault %s has no words", match[1])
		}
	}
	for code := range g.Faults {
		if !faults[code] {
			t.Errorf("no script knows the fault %s", code)
		}
	}
}

func TestReportTellsEveryEvent(t *testing.T) {
	g := readReportGlossary(t)
	for _, payload := range events.Catalogue() {
		if _, told := g.Events[string(payload.EventType())]; !told {
			t.Errorf("%s has no sentence", payload.EventType())
		}
	}
	if len(g.Events) != len(events.Catalogue()) {
		t.Errorf("%d sentences for %d event types", len(g.Events), len(events.Catalogue()))
	}
	for name := range g.Effects {
		if _, told := g.Events[name]; !told {
			t.Errorf("%s moves the score and is no event", name)
		}
	}
}

func TestReportNamesEveryValue(t *testing.T) {
	names := readReportGlossary(t).Names
	namesAll(t, names["caseKinds"], new(events.CaseKind))
	namesAll(t, names["applicationOutcomes"], new(events.ApplicationOutcome))
	namesAll(t, names["auditKinds"], new(events.AuditKind))
	namesAll(t, names["outletKinds"], new(events.OutletKind))
	namesAll(t, names["qualificationKinds"], new(events.QualificationKind))
	namesAll(t, names["teamRoles"], new(events.TeamRole))
	namesAll(t, names["auditModes"], new(events.AuditMode))
	namesAll(t, names["documentsOutcomes"], new(events.DocumentsOutcome))
	namesAll(t, names["results"], new(events.AssessmentResult))
	namesAll(t, names["methods"], new(events.Method))
	namesAll(t, names["categories"], new(events.FindingCategory))
	namesAll(t, names["severities"], new(events.Severity))
	namesAll(t, names["correctionOutcomes"], new(events.CorrectionOutcome))
	namesAll(t, names["bases"], new(events.DeductionBasis))
	namesAll(t, names["recommendations"], new(events.Recommendation))
	namesAll(t, names["reviewOutcomes"], new(events.ReviewOutcome))
	documents, err := schemas.Schemes()
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, grade := range scheme.Grades {
			if names["grades"][grade.ID].ZH == "" {
				t.Errorf("grade %s of %s has no name", grade.ID, scheme.ID)
			}
		}
		for _, trigger := range scheme.SpecialDeductions.Triggers {
			if names["triggers"][trigger.ID].ZH == "" {
				t.Errorf("trigger %s of %s has no name", trigger.ID, scheme.ID)
			}
		}
	}
}

// namesAll holds a table of names to the values of its type.
func namesAll[T ~string, P interface{ Values() []T }](t *testing.T, names map[string]said, of P) {
	t.Helper()
	for _, value := range of.Values() {
		if _, named := names[string(value)]; !named {
			t.Errorf("%T %s has no name", value, value)
		}
	}
	if len(names) != len(of.Values()) {
		t.Errorf("%d names for the %d values of %s", len(names), len(of.Values()), fmt.Sprintf("%T", of))
	}
}
