package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"starledger/events"
)

// Role is what somebody does in the certification body, or outside it.
type Role events.ID

// The roles of the contract.
const (
	CaseOfficer    Role = "case_officer"    // applications, plans
	Auditor        Role = "auditor"         //
	LeadAuditor    Role = "lead_auditor"    //
	ServiceManager Role = "service_manager" // internal evaluation only
	Reviewer       Role = "reviewer"        //
	DecisionMaker  Role = "decision_maker"  //
	Quality        Role = "quality"         //
	Assessor       Role = "assessor"        // reads and verifies
	Admin          Role = "admin"           // schemes, actors; never writes to a case
)

// Roles lists them in the order in which they are tried when one person has several.
func Roles() []Role {
	return []Role{CaseOfficer, LeadAuditor, Auditor, ServiceManager, Reviewer, DecisionMaker, Quality, Assessor, Admin}
}

// UnmarshalText accepts one of Roles.
func (r *Role) UnmarshalText(b []byte) error {
	if !slices.Contains(Roles(), Role(b)) {
		return fmt.Errorf("%q is not a role", clip(string(b)))
	}
	*r = Role(b)
	return nil
}

// tokenEntry is one line of the tokens file.
type tokenEntry struct {
	Token        string      `json:"token"`
	Actor        events.ID   `json:"actor"`
	Name         events.Text `json:"name,omitzero"`
	Organization events.Text `json:"organization,omitzero"`
	Roles        []Role      `json:"roles"`
}

// minToken is the shortest token accepted: 16 characters of a random text are about 80 bits.
const minToken = 16

// Tokens says who may sign in. Only the SHA-256 of a token is kept.
type Tokens struct{ entries []signIn }

type signIn struct {
	hash  [sha256.Size]byte
	actor *Actor
}

// LoadTokens reads a tokens file. It refuses a file that others than its owner may read, anything
// malformed, a token that is too short or given twice, and an actor given twice.
func LoadTokens(path string) (*Tokens, error) {
	text, err := readPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("tokens file: %w", err)
	}
	tokens, err := ParseTokens(text)
	if err != nil {
		return nil, fmt.Errorf("tokens file %s: %w", path, err)
	}
	return tokens, nil
}

// readPrivate judges the mode of the file it has opened, not of the name, which could be replaced.
func readPrivate(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read: nothing can be lost
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s may be read by others (mode %04o): chmod 600 it", path, info.Mode().Perm())
	}
	return io.ReadAll(file)
}

// ParseTokens reads the text of a tokens file. Its errors never quote a token.
func ParseTokens(text []byte) (*Tokens, error) {
	var file struct {
		Entries []tokenEntry `json:"entries"`
	}
	wrapped := append(append([]byte(`{"entries":`), text...), '}')
	if err := events.Strict(wrapped, &file); err != nil {
		return nil, placeOnly(decodeProblem(err, wrapped, ""))
	}
	tokens := &Tokens{}
	for i, e := range file.Entries {
		if err := tokens.add(e); err != nil {
			return nil, fmt.Errorf("entry %d (actor %s): %w", i, e.Actor, err)
		}
	}
	return tokens, nil
}

// placeOnly says where a file is wrong without quoting what stands there, which may be a token.
func placeOnly(p *Problem) error {
	for _, fault := range p.Errors {
		return fmt.Errorf("%s at %s", p.Code, strings.TrimPrefix(fault.Pointer, "/entries"))
	}
	return errors.New(p.Code)
}

func (t *Tokens) add(e tokenEntry) error {
	added := signIn{sha256.Sum256([]byte(e.Token)), newActor(e)}
	switch {
	case len(e.Token) < minToken:
		return fmt.Errorf("the token has fewer than %d characters", minToken)
	case !visible(e.Token):
		return errors.New("the token has characters other than visible ASCII")
	case slices.Contains(e.Roles, ServiceManager) && e.Organization == "":
		return errors.New("a service manager belongs to an organization")
	}
	for _, known := range t.entries {
		if known.hash == added.hash {
			return errors.New("the token is given twice")
		}
		if known.actor.ID == e.Actor {
			return errors.New("the actor is given twice")
		}
	}
	t.entries = append(t.entries, added)
	return nil
}

// find is who has the token; nil for nobody. Every entry is compared, in constant time, so that
// the time taken says nothing about how near a guess was.
func (t *Tokens) find(token string) *Actor {
	if t == nil {
		return nil
	}
	var found *Actor
	hash := sha256.Sum256([]byte(token))
	for i := range t.entries {
		if subtle.ConstantTimeCompare(hash[:], t.entries[i].hash[:]) == 1 {
			found = t.entries[i].actor
		}
	}
	return found
}

func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return s != ""
}
