package events

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Decode never panics, and what it accepts is written again as an event of the same meaning.
func FuzzDecode(f *testing.F) {
	for _, body := range goldenBodies(f) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		stored, err := Decode(body)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Errorf("%v is of another kind", err)
			}
			return
		}
		if stored.Digest != DigestOf(body) || !bytes.Equal(stored.Body, body) {
			t.Error("the bytes kept are not those decoded")
		}
		again, err := Encode(stored.Event)
		if err != nil {
			t.Fatalf("accepted, but cannot be written again: %v", err)
		}
		if diff := cmp.Diff(stored.Event, again.Event, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("written again it means something else: %s", diff)
		}
		twice, err := Encode(again.Event)
		if err != nil || !bytes.Equal(twice.Body, again.Body) {
			t.Errorf("written twice it differs: %v", err)
		}
	})
}

// What no single grammar holds. The base is a later event of a case.
func TestAttributesHaveToAgree(t *testing.T) {
	for name, x := range map[string]struct {
		change func(e *Event)
		want   string // "" when it is accepted
	}{
		"as it is":                       {func(*Event) {}, ""},
		"a first event":                  {func(e *Event) { e.CaseSeq, e.PrevDigest, e.CaseSalt = 1, NoDigest, salt }, ""},
		"a first event with a previous":  {func(e *Event) { e.CaseSeq, e.CaseSalt = 1, salt }, "prevdigest"},
		"a first event without salt":     {func(e *Event) { e.CaseSeq, e.PrevDigest = 1, NoDigest }, "casesalt"},
		"a later event without previous": {func(e *Event) { e.PrevDigest = NoDigest }, "prevdigest"},
		"a later event with salt":        {func(e *Event) { e.CaseSalt = salt }, "casesalt"},
		"a key with its request":         {func(e *Event) { e.IdempotencyKey, e.RequestDigest = "k", digestA }, ""},
		"a key without its request":      {func(e *Event) { e.IdempotencyKey = "k" }, "requestdigest"},
		"a request without its key":      {func(e *Event) { e.RequestDigest = digestA }, "requestdigest"},
		"first of a batch":               {func(e *Event) { e.BatchCount = 50 }, ""},
		"last of a batch":                {func(e *Event) { e.BatchIndex, e.BatchCount = 49, 50 }, ""},
		"one behind the last":            {func(e *Event) { e.BatchIndex, e.BatchCount = 50, 50 }, "batchindex"},
		"a place in no batch":            {func(e *Event) { e.BatchIndex = 1 }, "batchindex"},
		"effective as recorded":          {func(e *Event) { e.EffectiveTime = e.Time }, ""},
		"effective later than recorded":  {func(e *Event) { e.EffectiveTime = e.Time + 1 }, "effectivetime"},
		"no number in the case":          {func(e *Event) { e.CaseSeq = 0 }, "caseseq"},
	} {
		t.Run(name, func(t *testing.T) {
			e := leastEvent(CaseClosed{})
			x.change(&e)
			_, err := Encode(e)
			switch {
			case x.want == "" && err != nil:
				t.Error(err)
			case x.want != "" && (!errors.Is(err, ErrMalformed) || !strings.Contains(err.Error(), x.want)):
				t.Errorf("got %v, want a refusal that speaks of %s", err, x.want)
			}
		})
	}
}

const salt Random32 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func TestBodyThatIsTooLarge(t *testing.T) {
	long := Text(strings.Repeat("审", MaxText))
	e := leastEvent(CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1", Statement: long})
	if _, err := Encode(e); err != nil {
		t.Fatalf("one long text: %v", err)
	}
	many := Evidence{SHA256: digestA, MediaType: "image/png", Name: long}
	e.Data = CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1", Statement: long, Evidence: []Evidence{
		many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many, many,
	}}
	if _, err := Encode(e); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	if _, err := Decode(make([]byte, MaxBody+1)); !errors.Is(err, ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestEncodeRefusesWhatCannotBeWritten(t *testing.T) {
	e := leastEvent(AuditOpened{Audit: 1, HeldAt: 1 << 62})
	if _, err := Encode(e); err == nil {
		t.Error("a meeting in the year 146,000 is accepted")
	}
	e = leastEvent(CaseClosed{})
	e.Time = 1 << 62
	if _, err := Encode(e); err == nil {
		t.Error("an event of the year 146,000 is accepted")
	}
}

func TestRecordIsComparedWithItsBody(t *testing.T) {
	stored, err := Encode(leastEvent(CaseClosed{}))
	if err != nil {
		t.Fatal(err)
	}
	good := Record{Seq: 7, Case: string(stored.Subject), Body: stored.Body}
	if e, err := DecodeRecord(good); err != nil || e.Seq != 7 {
		t.Errorf("got %v, %v", e, err)
	}
	for name, r := range map[string]Record{
		"filed under another case": {Seq: 7, Case: "registry", Body: stored.Body},
		"not an event":             {Seq: 7, Case: good.Case, Body: []byte("{}")},
	} {
		_, err := DecodeRecord(r)
		var damage *DamageError
		if !errors.As(err, &damage) || damage.Seq != 7 || !errors.Is(err, ErrIntegrity) {
			t.Errorf("%s: got %v", name, err)
		}
		if malformed := errors.Is(err, ErrMalformed); malformed != (name == "not an event") {
			t.Errorf("%s: malformed is %t", name, malformed)
		}
	}
}

// sheet has every kind of member that Strict looks at.
type sheet struct {
	header
	Name   Text    `json:"name"`
	Rows   []row   `json:"rows"`
	Total  *uint64 `json:"total"`
	Remark Text    `json:"remark,omitzero"`
	Extra  *row    `json:"extra,omitzero"`
	Dates  []Date  `json:"dates,omitzero"`
	Place  row     `json:"place"`
	Route  string  `json:"-"`
}

type header struct {
	Author ID `json:"author"`
}

type row struct {
	Clause Clause `json:"clause"`
	Count  uint64 `json:"count,omitzero"`
}

func TestStrict(t *testing.T) {
	const good = `{"author":"li","name":"null","rows":[{"clause":"5.1"},{"clause":"5.2","count":2}],"total":0,"place":{"clause":"5.3"}}`
	var s sheet
	if err := Strict([]byte(good), &s); err != nil {
		t.Fatal(err)
	}
	if s.Author != "li" || s.Name != "null" || len(s.Rows) != 2 || *s.Total != 0 || s.Place.Clause != "5.3" {
		t.Errorf("got %+v", s)
	}
	for name, x := range map[string]struct{ old, new, want string }{
		"null":                          {`"total":0`, `"total":null`, "null at byte 90"},
		"null behind an escaped quote":  {`"null","rows"`, `"\"null","remark":null,"rows"`, "null at byte"},
		"a member missing":              {`"name":"null",`, ``, "/name is missing"},
		"one of the embedded struct":    {`"author":"li",`, ``, "/author is missing"},
		"one inside a list":             {`{"clause":"5.2","count":2}`, `{"count":2}`, "/rows/1/clause is missing"},
		"one inside a struct":           {`{"clause":"5.3"}`, `{"count":1}`, "/place/clause is missing"},
		"one inside a pointer":          {`"place"`, `"extra":{},"place"`, "/extra/clause is missing"},
		"an empty required list":        {`[{"clause":"5.1"},{"clause":"5.2","count":2}]`, `[]`, "/rows is missing"},
		"a count that may be 0 missing": {`"total":0,`, ``, "/total is missing"},
		"an unknown member":             {`"total"`, `"totals":1,"total"`, "totals"},
		"an unknown member in a list":   {`"count":2`, `"counts":2`, "counts"},
		"a name in another case":        {`"name"`, `"Name"`, "Name"},
		"a member twice":                {`"total":0`, `"total":0,"total":0`, "duplicate"},
		"a member that is not JSON":     {`"place"`, `"Route":"x","place"`, "Route"},
		"something behind":              {`"5.3"}}`, `"5.3"}} 1`, "after"},
		"a value outside its grammar":   {`"li"`, `"-"`, "identifier"},
		"a number as text":              {`"total":0`, `"total":"0"`, "total"},
		"bad UTF-8":                     {`"null"`, "\"\xff\"", "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(good, x.old, x.new, 1)
			if bad == good {
				t.Fatalf("%s is not in %s", x.old, good)
			}
			err := Strict([]byte(bad), new(sheet))
			if err == nil {
				t.Fatalf("accepted %s", bad)
			}
			if !strings.Contains(err.Error(), x.want) {
				t.Errorf("got %v, want %s", err, x.want)
			}
		})
	}
}

func TestStrictNamesThePlace(t *testing.T) {
	err := Strict([]byte(`{"author":"li","name":"x","rows":[{"clause":" "}],"total":0,"place":{"clause":"5"}}`), new(sheet))
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) || semantic.JSONPointer != "/rows/0/clause" {
		t.Errorf("got %v", err)
	}
	var missing *MissingError
	if err := Strict([]byte(`{"author":"li","name":"x"}`), new(sheet)); !errors.As(err, &missing) || missing.Pointer != "/rows" {
		t.Errorf("got %v", err)
	}
}
