package scoring

import (
	"errors"
	"fmt"
	"strings"
)

// A Problem is one thing wrong with a scheme document, at one place.
type Problem struct {
	Pointer string `json:"pointer"` // JSON pointer (RFC 6901); empty: the whole document
	Code    string `json:"code"`    // stable, kebab-case
	Message string `json:"message"` // English, for people
}

// A ProblemList is everything that was found wrong. It is the error of ParseScheme.
type ProblemList []Problem

// ErrMalformed is the kind of a ProblemList about a document that is no scheme document at all:
// broken JSON, an unknown, duplicate or missing member, a wrong type. Other lists are about a
// well-formed document that breaks a rule.
var ErrMalformed = errors.New("malformed scheme document")

// Codes of a malformed document.
const (
	codeMalformed = "malformed"
	codeUnknown   = "unknown-member"
	codeDuplicate = "duplicate-member"
	codeType      = "wrong-type"
	codeMissing   = "missing-member"
	codeTooLarge  = "too-large"
)

func (l ProblemList) Error() string {
	lines := make([]string, 0, len(l))
	for _, p := range l {
		lines = append(lines, fmt.Sprintf("%s: %s (%s)", p.Pointer, p.Message, p.Code))
	}
	return "scheme document: " + strings.Join(lines, "; ")
}

// Is makes errors.Is(err, ErrMalformed) answer.
func (l ProblemList) Is(target error) bool {
	if target != ErrMalformed {
		return false
	}
	for _, p := range l {
		switch p.Code {
		case codeMalformed, codeUnknown, codeDuplicate, codeType, codeMissing:
			return true
		}
	}
	return false
}

// maxProblems keeps the answer to a hopeless document short.
const maxProblems = 50

func (l *ProblemList) add(pointer, code, format string, args ...any) {
	if len(*l) < maxProblems {
		*l = append(*l, Problem{pointer, code, fmt.Sprintf(format, args...)})
	}
}
