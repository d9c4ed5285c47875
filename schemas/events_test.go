package schemas_test

import (
	"testing"

	"starledger/events"
	"starledger/schemas"
)

func TestEveryEventTypeHasASchema(t *testing.T) {
	for _, payload := range events.Catalogue() {
		text, digest, ok := schemas.Event(string(payload.EventType()))
		if !ok {
			t.Errorf("%s has none", payload.EventType())
		}
		if digest != string(events.DigestOf(text)) {
			t.Errorf("the digest of %s is %s, not that of its bytes", payload.EventType(), digest)
		}
	}
	if listed, known := len(schemas.EventTypes()), len(events.Catalogue()); listed != known {
		t.Errorf("%d schemas for %d event types", listed, known)
	}
}

func TestUnknownEventTypeHasNoSchema(t *testing.T) {
	for _, eventType := range []string{"", "starledger.deduction.applied.v0", "deduction.applied.v1", "starledger.../schemes/x"} {
		if text, digest, ok := schemas.Event(eventType); ok || text != nil || digest != "" {
			t.Errorf("%q has the schema %s", eventType, digest)
		}
	}
}
