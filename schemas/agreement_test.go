package schemas_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"starledger/events"
	"starledger/schemas"
)

// What the decoder accepts and what the schema accepts is the same. In every golden body, every
// member is left out, made null and given another type, and each kind of member is pushed to the
// edges of its grammar; the two have to give the same answer to each of these documents.
func TestDecoderAndSchemasAgree(t *testing.T) {
	validate := compiled(t)
	accepted, refused := 0, 0
	bodies, edged := goldenBodies(t), map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		mutate(t, name, bodies[name], edged, func(what string, changed []byte) {
			agree := compare(validate, changed)
			if agree.err != nil {
				t.Errorf("%s, %s: %v", name, what, agree.err)
			}
			if agree.accepted {
				accepted++
			} else {
				refused++
			}
		})
	}
	t.Logf("%d documents accepted by both, %d refused", accepted, refused)
	if accepted < 1000 || refused < 5000 {
		t.Errorf("only %d documents accepted and %d refused: the table has shrunk", accepted, refused)
	}
}

func FuzzAgreement(f *testing.F) {
	validate := compiled(f)
	for _, body := range goldenBodies(f) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if agree := compare(validate, body); agree.err != nil {
			t.Error(agree.err)
		}
	})
}

// answer is what decoder and schema say about one document.
type answer struct {
	accepted bool
	err      error // not nil when they differ without a known reason
}

func compare(validate validators, body []byte) answer {
	_, decodeErr := events.Decode(body)
	if reason := beyondSchemas(body); reason != "" {
		if decodeErr == nil {
			return answer{err: fmt.Errorf("the decoder accepts what is %s", reason)}
		}
		return answer{}
	}
	schemaErr := validate.event(body)
	if (decodeErr == nil) == (schemaErr == nil) {
		return answer{accepted: decodeErr == nil}
	}
	for _, d := range differences {
		if schemaErr == nil && d.refused(body) {
			return answer{}
		}
	}
	return answer{err: fmt.Errorf("the decoder says %v, the schema says %v", decodeErr, schemaErr)}
}

// beyondSchemas tells why a schema cannot be asked about a document: it sees a value, not the text
// that was parsed. The decoder refuses all of these.
func beyondSchemas(body []byte) string {
	if len(body) > events.MaxBody {
		return "too large"
	}
	if !jsontext.Value(body).IsValid() {
		return "not strict JSON: a name twice, bad UTF-8, half a surrogate pair, a second value"
	}
	tokens := jsontext.NewDecoder(bytes.NewReader(body))
	for {
		token, err := tokens.ReadToken()
		if err != nil {
			return "" // the end: the text is valid
		}
		if token.Kind() == '0' && strings.ContainsAny(token.String(), ".eE-") {
			return "a number not written in digits alone, such as 1.0, 1e2 or -0, which are integers to a schema"
		}
	}
}

// differences are the documents that a schema accepts and the decoder refuses, each with its
// reason. There are none the other way round.
var differences = []struct {
	reason  string
	refused func(body []byte) bool
}{
	{"JSON Schema cannot compare two members", func(body []byte) bool {
		var e attributes
		return json.Unmarshal(body, &e) == nil && e.EffectiveTime > e.Time
	}},
	{"JSON Schema cannot compare two members", func(body []byte) bool {
		var e attributes
		return json.Unmarshal(body, &e) == nil && e.BatchCount > 0 && e.BatchIndex >= e.BatchCount
	}},
	{"the first instant of 1970 is how the decoder recognises a missing time", func(body []byte) bool {
		return bytes.Contains(body, []byte(`"1970-01-01T00:00:00.000000Z"`))
	}},
	{"no instant is in the year 0, which a pattern could say only unreadably", func(body []byte) bool {
		return bytes.Contains(body, []byte(`"0000-`))
	}},
}

type attributes struct {
	Time          string `json:"time"` // instants sort as text
	EffectiveTime string `json:"effectivetime"`
	BatchIndex    uint64 `json:"batchindex"`
	BatchCount    uint64 `json:"batchcount"`
}

// validators are the compiled schemas by event type.
type validators map[string]*jsonschema.Schema

func compiled(t testing.TB) validators {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat() // a date that does not exist is known by its format alone
	list := validators{}
	for _, eventType := range schemas.EventTypes() {
		text, _, _ := schemas.Event(eventType)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(eventType, document); err != nil {
			t.Fatal(err)
		}
		if list[eventType], err = compiler.Compile(eventType); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// event validates a body against the schema of its type; a body of no known type is refused.
func (v validators) event(body []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	members, _ := document.(map[string]any)
	eventType, _ := members["type"].(string)
	schema, known := v[eventType]
	if !known {
		return fmt.Errorf("there is no schema of %q", eventType)
	}
	return schema.Validate(document)
}

func goldenBodies(t testing.TB) map[string][]byte {
	t.Helper()
	const dir = "../events/testdata/golden"
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%d golden bodies in %s: %v", len(names), dir, err)
	}
	bodies := map[string][]byte{}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bodies[filepath.Base(name)] = body
	}
	return bodies
}
