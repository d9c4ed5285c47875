package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"starledger/events"
	"starledger/events/decide"
	"starledger/scoring"
)

// postScheme registers a version of a scheme. The body is the document itself, as getScheme shows it,
// beside what may stand in the body of every command.
func (s *Server) postScheme(w http.ResponseWriter, c *call) error {
	p, body, err := s.posting(w, c, events.Registry)
	if err != nil {
		return err
	}
	registration := &decide.RegisterScheme{}
	p.bad = readScheme(body, registration)
	p.entries = []entry{{command: registerScheme, cmd: registration}}
	return s.answer(w, c, p)
}

// readScheme parts the document from the members of the command.
func readScheme(body []byte, into *decide.RegisterScheme) error {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(body, &members); err != nil {
		return decodeProblem(err, body, "")
	}
	common := map[string]jsontext.Value{}
	for _, name := range []string{"effective_at", "reason", "note"} {
		if value, given := members[name]; given {
			common[name] = value
			delete(members, name)
		}
	}
	text, err := json.Marshal(common, json.Deterministic(true))
	if err != nil {
		return malformed("json-malformed")
	}
	if err := decode(text, &into.Common, ""); err != nil {
		return err
	}
	document, err := json.Marshal(members, json.Deterministic(true))
	if err != nil {
		return malformed("json-malformed")
	}
	into.Scheme, err = scoring.ParseScheme(document)
	return schemeProblem(err)
}

// schemeProblem tells everything that is wrong with a document, each at its place: 400 when it is no
// scheme document, 422 when it breaks a rule.
func schemeProblem(err error) error {
	var problems scoring.ProblemList
	if !errors.As(err, &problems) {
		return err
	}
	told := refuse(http.StatusUnprocessableEntity, "scheme-invalid")
	for _, p := range problems {
		fault := Fault{p.Pointer, p.Code, map[string]string{"problem": p.Message}}
		if code, malformed := malformedScheme[p.Code]; malformed {
			fault = Fault{p.Pointer, code, map[string]string{"expected": "other"}}
		}
		told.Errors = append(told.Errors, fault)
	}
	if errors.Is(err, scoring.ErrMalformed) {
		told.Status, told.Code, told.Args = http.StatusBadRequest, told.Errors[0].Code, told.Errors[0].Args
	}
	return told
}

// malformedScheme says in the codes of every body what scoring found malformed.
var malformedScheme = map[string]string{
	"malformed": "json-malformed", "unknown-member": "member-unknown", "duplicate-member": "member-repeated",
	"wrong-type": "member-invalid", "missing-member": "member-missing", "too-large": "body-too-large",
}

// differenceBody is one difference between two versions of a scheme.
type differenceBody struct {
	Path   string  `json:"path"`
	Change string  `json:"change"` // added, removed, changed
	A      rawJSON `json:"a,omitzero"`
	B      rawJSON `json:"b,omitzero"`
	Text   string  `json:"text"`
}

// compareSchemes lists what differs between two versions, in words as well.
func (s *Server) compareSchemes(w http.ResponseWriter, c *call) error {
	if err := s.registryNow(c); err != nil {
		return err
	}
	a, err := s.versionOf(c, "a")
	if err != nil {
		return err
	}
	b, err := s.versionOf(c, "b")
	if err != nil {
		return err
	}
	changes, err := scoring.Diff(a, b)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept-Language")
	return writePage(w, c, mapped(changes, func(d *scoring.Change) differenceBody { return differenceOf(d, c.language) }), 0)
}

func (s *Server) versionOf(c *call, parameter string) (*scoring.Scheme, error) {
	if !c.query.Has(parameter) {
		return nil, malformed("parameter-missing", "parameter", parameter).at(parameter)
	}
	scheme, ok := s.book().Find(c.part("id"), c.query.Get(parameter))
	if !ok {
		return nil, notFound("unknown-scheme", "scheme", clip(c.part("id")+"@"+c.query.Get(parameter)))
	}
	return scheme, nil
}

func differenceOf(d *scoring.Change, in language) differenceBody {
	body := differenceBody{Path: d.Path, Change: "changed", A: rawJSON(d.A), B: rawJSON(d.B)}
	switch {
	case len(d.A) == 0:
		body.Change = "added"
	case len(d.B) == 0:
		body.Change = "removed"
	}
	body.Text = in.text("difference:"+body.Change, map[string]string{
		"path": strings.ReplaceAll(strings.TrimPrefix(d.Path, "/"), "/", " › "), "a": plainly(d.A), "b": plainly(d.B),
	})
	return body
}

// plainly is a JSON value as people read it.
func plainly(v jsontext.Value) string {
	if v.Kind() == '"' {
		if text, err := jsontext.AppendUnquote(nil, v); err == nil {
			return string(text)
		}
	}
	return string(v)
}
