package decidetest

import (
	"fmt"
	"strings"
	"time"

	"starledger/events"
	"starledger/events/decide"
	"starledger/scoring"
)

// T is what a story needs of a test; *testing.T and *rapid.T have it.
type T interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Start is when every story begins: 1 March 2026, 09:00 in Asia/Shanghai. Each event comes a minute
// after the one before.
var Start = events.InstantOf(time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC))

// The case of every story, and the people in it.
const (
	CaseID = events.CaseID("01JD3Z0000000000000000000C")

	Officer  = events.ID("chen")
	Lead     = events.ID("li")
	Auditor  = events.ID("wang")
	Reviewer = events.ID("zhao")
	Decider  = events.ID("sun")
)

// Story is a case under way.
type Story struct {
	Case    *events.Case
	History []*events.Stored
	Setting decide.Setting // of the next command; Now goes on by itself

	t T
}

// Empty is a story before its first event.
func Empty(t T, id events.CaseID) *Story {
	t.Helper()
	return &Story{
		t: t, Case: events.NewCase(id),
		Setting: decide.Setting{
			Actor: Officer, Role: "case_officer", Organization: "Body", Now: Start, Schemes: Book(t),
			Attachment: func(d events.Digest) bool { return d == Photo.SHA256 },
		},
	}
}

// Photo is the one piece of evidence whose bytes are kept.
var Photo = events.Evidence{SHA256: events.DigestOf([]byte("photo")), MediaType: "image/png", Name: "photo.png"}

// As changes who posts.
func (s *Story) As(actor, role events.ID) *Story {
	s.Setting.Actor, s.Setting.Role = actor, role
	return s
}

// Try judges a command and, when it is allowed, writes and folds the event. Errors: the refusal of
// decide; anything else ends the test, since an allowed event has to encode and fold.
func (s *Story) Try(cmd decide.Command) (*events.Stored, error) {
	s.t.Helper()
	verdict, err := decide.Decide(s.Case, cmd, s.Setting)
	if err != nil {
		return nil, err
	}
	return s.write(verdict), nil
}

// Force writes an event that decide was not asked about, as a foreign or a faulty server could have.
func (s *Story) Force(payload events.Payload) *Story {
	s.t.Helper()
	s.write(&decide.Verdict{Data: payload, Effective: s.Setting.Now})
	return s
}

func (s *Story) write(v *decide.Verdict) *events.Stored {
	s.t.Helper()
	stored, err := events.Encode(s.event(v))
	if err != nil {
		s.t.Fatalf("%T was allowed, but: %v", v.Data, err)
	}
	stored.Seq = 10 * stored.CaseSeq // other cases lie between
	if err := s.Case.Follow(stored); err != nil {
		s.t.Fatalf("%T was allowed, but: %v", v.Data, err)
	}
	s.History = append(s.History, stored)
	s.Setting.Now += events.Instant(time.Minute / time.Microsecond)
	return stored
}

// Do is Try for commands that have to be allowed.
func (s *Story) Do(commands ...decide.Command) *Story {
	s.t.Helper()
	for _, cmd := range commands {
		if _, err := s.Try(cmd); err != nil {
			s.t.Fatalf("%T %+v: %v", cmd, cmd, err)
		}
	}
	return s
}

func (s *Story) event(v *decide.Verdict) events.Event {
	n := s.Case.Head.CaseSeq + 1
	e := events.Event{Data: v.Data, Attributes: events.Attributes{
		ID: events.EventID(fmt.Sprintf("01JD3Z%020d", n)), Source: "ledger.example.org/2026", Subject: s.Case.ID,
		Time: max(s.Setting.Now, s.Case.Head.Time), DataSchema: events.DigestOf([]byte(v.Data.EventType())),
		CaseSeq: n, PrevDigest: events.NoDigest, EffectiveTime: v.Effective,
		ActorID: s.Setting.Actor, ActorRole: s.Setting.Role, OnBehalfOf: v.OnBehalfOf,
		Reason: v.Reason, Note: v.Note, Nonce: events.Random16(strings.Repeat("A", 22)),
	}}
	if n == 1 {
		e.CaseSalt = events.Random32(strings.Repeat("A", 43))
	} else {
		e.PrevDigest = events.PrevDigest(s.Case.Head.Digest)
	}
	return e
}

// Audit is the audit with this number.
func (s *Story) Audit(number uint64) *events.Audit {
	s.t.Helper()
	a := s.Case.Audit(number)
	if a == nil {
		s.t.Fatalf("there is no audit %d", number)
	}
	return a
}

// Scheme is one version of a scheme of the book.
func (s *Story) Scheme(id, version string) *scoring.Scheme {
	s.t.Helper()
	scheme, ok := s.Setting.Schemes.Find(id, version)
	if !ok {
		s.t.Fatalf("there is no scheme %s@%s", id, version)
	}
	return scheme
}
