package main

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"starledger/events"
)

func TestEveryEventTypeHasASentenceInBothLanguages(t *testing.T) {
	told := map[events.Type]bool{}
	c := events.NewCase(caseA)
	for _, e := range story(t, wholeStory()...) {
		if err := c.Apply(e); err != nil {
			t.Fatalf("%s: %v", e.Type, err)
		}
		told[e.Type] = true
		if _, known := sentences[e.Type]; !known {
			t.Errorf("%s has no sentence", e.Type)
			continue
		}
		text := sentences[e.Type].tell(e.Data, c)
		if !strings.ContainsFunc(text.zh, isHan) || text.en == "" {
			t.Errorf("%s says %q and %q", e.Type, text.zh, text.en)
		}
		if strings.Contains(text.zh+text.en, "%!") {
			t.Errorf("%s has a wording that does not fit its arguments: %q and %q", e.Type, text.zh, text.en)
		}
	}
	for _, payload := range events.Catalogue() {
		if !told[payload.EventType()] {
			t.Errorf("the story does not tell %s", payload.EventType())
		}
	}
	if len(sentences) != len(events.Catalogue()) {
		t.Errorf("%d sentences for %d event types", len(sentences), len(events.Catalogue()))
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func TestSentences(t *testing.T) {
	for _, l := range []language{chinese, english} {
		var text strings.Builder
		c := events.NewCase(caseA)
		for _, e := range story(t, wholeStory()...) {
			if err := c.Follow(e); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&text, "%s %s\n", e.ActorID, sentenceOf(e, c).in(l))
		}
		golden(t, "sentences."+string(l)+".txt", text.String())
	}
}

func TestEveryValueHasAName(t *testing.T) {
	everyNamed(t, caseKinds, new(events.CaseKind))
	everyNamed(t, outletKinds, new(events.OutletKind))
	everyNamed(t, qualificationKinds, new(events.QualificationKind))
	everyNamed(t, applicationOutcomes, new(events.ApplicationOutcome))
	everyNamed(t, auditKinds, new(events.AuditKind))
	everyNamed(t, teamRoles, new(events.TeamRole))
	everyNamed(t, auditModes, new(events.AuditMode))
	everyNamed(t, documentsOutcomes, new(events.DocumentsOutcome))
	everyNamed(t, results, new(events.AssessmentResult))
	everyNamed(t, assessmentMethods, new(events.Method))
	everyNamed(t, categories, new(events.FindingCategory))
	everyNamed(t, severities, new(events.Severity))
	everyNamed(t, correctionOutcomes, new(events.CorrectionOutcome))
	everyNamed(t, bases, new(events.DeductionBasis))
	everyNamed(t, recommendations, new(events.Recommendation))
	everyNamed(t, reviewOutcomes, new(events.ReviewOutcome))
	for _, id := range []string{"gbt27922-2011", "cts-2025"} {
		for _, trigger := range shippedScheme(t, id).SpecialDeductions.Triggers {
			if triggers[events.ID(trigger.ID)].zh == "" {
				t.Errorf("trigger %s of %s has no name", trigger.ID, id)
			}
		}
	}
}

// everyNamed holds a list of names to the values of its type.
func everyNamed[T ~string, P interface{ Values() []T }](t *testing.T, names map[T]phrase, of P) {
	t.Helper()
	for _, value := range of.Values() {
		if name := names[value]; name.zh == "" || name.en == "" {
			t.Errorf("%T %s has no name", value, value)
		}
	}
	if len(names) != len(of.Values()) {
		t.Errorf("%T has names for values it has not", of)
	}
}
