package scoring

import (
	"errors"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxSchemeBytes bounds a document; the HTTP API takes no larger body either.
const maxSchemeBytes = 1 << 20

// Members a document must have, and those it must have before it can score. Weights, minimum and
// grades of a scheme may be unknown; then it is kept for reading.
var (
	requiredMembers = []string{
		"id", "version", "title", "source", "in_force_from", "method", "full_marks", "chapters",
		"clauses", "whole_deductions", "sampled_deductions", "deletions",
	}
	requiredToScore = []string{"special_deductions", "bonus", "minimum", "grades"}
)

// ParseScheme reads a scheme document. It refuses unknown members, duplicate names and trailing
// data, and everything the rules cannot work with; the error is a ProblemList. A document whose
// clauses all lack points is taken, and is not Scorable.
func ParseScheme(b []byte) (*Scheme, error) {
	if len(b) > maxSchemeBytes {
		return nil, ProblemList{{"", codeTooLarge, "a scheme document has at most 1 MiB"}}
	}
	s := new(Scheme)
	if err := json.Unmarshal(b, s, json.RejectUnknownMembers(true)); err != nil {
		return nil, malformed(err)
	}
	if missing := s.missing(b); len(missing) > 0 {
		return nil, missing
	}
	if s.Cap == "" {
		s.Cap = "100" // R11: not stated anywhere, so a parameter with this default
	}
	if problems := s.check(); len(problems) > 0 {
		return nil, problems
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	return s, nil
}

// malformed says where the decoder gave up. Its own words stay inside: they name Go types.
func malformed(err error) ProblemList {
	var semantic *json.SemanticError
	if errors.As(err, &semantic) {
		pointer := string(semantic.JSONPointer)
		if errors.Is(err, json.ErrUnknownName) {
			return ProblemList{{pointer, codeUnknown, "there is no such member"}}
		}
		return ProblemList{{pointer, codeType, "the value has the wrong type"}}
	}
	pointer := "" // an error of another kind has no place
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		pointer = string(syntactic.JSONPointer)
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return ProblemList{{pointer, codeDuplicate, "the name occurs twice"}}
	}
	return ProblemList{{pointer, codeMalformed, "not one JSON value in UTF-8"}}
}

// missing finds members that are absent or null. b was decoded before.
func (s *Scheme) missing(b []byte) ProblemList {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(b, &members); err != nil {
		return malformed(err)
	}
	required := requiredMembers
	if slices.ContainsFunc(s.Clauses, func(c Clause) bool { return c.Points != nil }) {
		required = slices.Concat(required, requiredToScore)
	}
	var problems ProblemList
	for _, name := range required {
		if value, ok := members[name]; !ok || value.Kind() == 'n' {
			problems.add("/"+name, codeMissing, "the member is missing")
		}
	}
	return problems
}
