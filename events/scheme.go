package events

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// SchemeDocument is a certification scheme in its canonical form: one JSON object on one line, as text,
// so that the SHA-256 of exactly these bytes is the digest that audits are pinned to. At most 100000
// characters.
type SchemeDocument string

const maxSchemeDocument = 100_000

// UnmarshalText accepts what can be one JSON object without control characters; whether it is a scheme
// is asked when it is registered, and again by whoever builds the book of schemes.
func (d *SchemeDocument) UnmarshalText(b []byte) error {
	s := string(b)
	control := strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' || control || utf8.RuneCountInString(s) > maxSchemeDocument {
		return errors.New("not a scheme document on one line")
	}
	*d = SchemeDocument(s)
	return nil
}

// SchemeRegistered registers a version of a certification scheme: the body's own weights, limits,
// grades, filing number and days of force. It stands in the registry case and is never changed; another
// version supersedes it, and audits stay pinned to the one they were planned under.
type SchemeRegistered struct {
	// The version, and the digest of its document.
	Scheme SchemeName `json:"scheme"`
	// The canonical document.
	Document SchemeDocument `json:"document"`
}

// EventType is starledger.scheme.registered.v1.
func (SchemeRegistered) EventType() Type { return "starledger.scheme.registered.v1" }

// Registration is a registered version of a scheme.
type Registration struct {
	Entry
	SchemeRegistered
}

func (d SchemeRegistered) apply(c *Case, e *Stored) error {
	c.Registrations = append(c.Registrations, Registration{entryOf(e), d})
	return nil
}
