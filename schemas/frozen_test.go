package schemas_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"starledger/schemas"
)

const frozenFile = "frozen.txt"

// A released schema never changes, since stored events name it by its digest: not even a word of a
// comment. This test fails when one has changed or is gone, and when one is not listed yet.
func TestReleasedSchemasAreFrozen(t *testing.T) {
	frozen := frozenDigests(t)
	for _, eventType := range schemas.EventTypes() {
		_, digest, _ := schemas.Event(eventType)
		switch released, listed := frozen[eventType]; {
		case !listed:
			t.Errorf("%s is new. When its wording is final, add this line to %s by hand:\n%s %s",
				eventType, frozenFile, shortName(eventType), digest)
		case digest != released:
			t.Errorf("the schema of %s was released as %s and is now %s. Take the change back and write it as a new version of the type (.v2, with the old one kept).",
				eventType, released, digest)
		}
	}
	for eventType := range frozen {
		if _, _, ok := schemas.Event(eventType); !ok {
			t.Errorf("the released schema of %s is gone: a ledger that holds such an event could not be read", eventType)
		}
	}
}

func frozenDigests(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open(frozenFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	digests := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		name, digest, ok := strings.Cut(lines.Text(), " ")
		eventType := "starledger." + name
		if _, twice := digests[eventType]; !ok || twice {
			t.Fatalf("%s: the line %q is not a type and its digest, once for each", frozenFile, lines.Text())
		}
		digests[eventType] = digest
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return digests
}

func shortName(eventType string) string { return strings.TrimPrefix(eventType, "starledger.") }
