package events

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Attributes are the CloudEvents context attributes of an event, in the order in which they are
// stored. The body is written once, with the members in this order and no white space between
// them, and is hashed as it stands; nothing is ever written again to be verified.
//
// What may change: nothing in the meaning of a member. A new optional member may be added at the
// place where it reads best, since stored bodies are never re-encoded.
type Attributes struct {
	// CloudEvents version, always 1.0.
	SpecVersion SpecVersion `json:"specversion"`
	// ULID of the event, monotonic within the server that wrote it. It names the event, it does not order it.
	ID EventID `json:"id"`
	// Origin of the log, such as ledger.example.org/2026. It ties the event to its log.
	Source Source `json:"source"`
	// Event type, starledger.<noun>.<verb>.v<n>, an explicit string for ever.
	Type Type `json:"type"`
	// Case the event belongs to: the ULID of a case, or registry or access for facts of the whole ledger.
	Subject CaseID `json:"subject"`
	// When the ledger recorded the event: server clock, UTC, never decreasing within a case.
	Time Instant `json:"time"`
	// Media type of data, always application/json.
	DataContentType DataContentType `json:"datacontenttype"`
	// SHA-256 of the JSON Schema of the event type.
	DataSchema Digest `json:"dataschema"`
	// Number of the event within its case, from 1, without gaps.
	CaseSeq uint64 `json:"caseseq"`
	// SHA-256 of the stored body of the previous event of this case, or - for its first event.
	PrevDigest PrevDigest `json:"prevdigest"`
	// When it happened, as opposed to when it was recorded.
	EffectiveTime Instant `json:"effectivetime"`
	// Who posted the event; an id, not a name.
	ActorID ID `json:"actorid"`
	// Role in which the actor posted it.
	ActorRole ID `json:"actorrole"`
	// Organization for which the actor posted it, when that is not the certification body.
	OnBehalfOf Text `json:"onbehalfof,omitzero"`
	// Why. Required for revocation, withdrawal, deletion, decision, closure and late entry.
	Reason Text `json:"reason,omitzero"`
	// Remark of the actor.
	Note Text `json:"note,omitzero"`
	// 32 random bytes in base64url without padding, only in the first event of a case. Hides the
	// case in what is published about the log.
	CaseSalt Random32 `json:"casesalt,omitzero"`
	// Idempotency-Key of the request.
	IdempotencyKey Key `json:"idempotencykey,omitzero"`
	// SHA-256 of the request (method, path, query and body bytes), with which a retry is told from a reused key.
	RequestDigest Digest `json:"requestdigest,omitzero"`
	// Place in the batch it was posted in, counted from 0; absent for the first and when posted alone.
	BatchIndex uint64 `json:"batchindex,omitzero"`
	// Number of events in the batch it was posted in; absent when it was posted alone.
	BatchCount uint64 `json:"batchcount,omitzero"`
	// Id shared by all that belongs to one piece of work.
	CorrelationID ID `json:"correlationid,omitzero"`
	// Id of the event that caused this one.
	CausationID ID `json:"causationid,omitzero"`
	// 16 random bytes in base64url without padding, so that the hash of the body gives nothing away.
	Nonce Random16 `json:"nonce"`
}

// Event is one fact: the attributes and the typed payload.
type Event struct {
	Attributes
	Data Payload
}

// Payload is the data of one event type. The set of payloads is closed: see catalogue.go.
type Payload interface {
	// EventType is the type the payload is stored under, for ever.
	EventType() Type
	// apply folds the payload, which came with e, into c. It fails only when e refers to what c
	// does not have; whether the event was allowed is not asked again.
	apply(c *Case, e *Stored) error
}

// Stored is an event together with its bytes and its place in the log.
type Stored struct {
	Seq    uint64 // position in the whole log; 0 for an event that is only imagined (dry run, what-if)
	Digest Digest // of Body
	Body   []byte // the stored bytes
	Event
}

// body is the stored form: the attributes, then data.
type body struct {
	Attributes
	Data jsontext.Value `json:"data"`
}

// Encode writes e in its stored form. The attributes that depend only on the type are filled in.
// It fails when the result would not decode again, or is larger than MaxBody.
func Encode(e Event) (*Stored, error) {
	e.SpecVersion, e.DataContentType, e.Type = "1.0", "application/json", e.Data.EventType()
	text, err := e.write()
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Type, err)
	}
	if len(text) > MaxBody {
		return nil, fmt.Errorf("encode %s of %d bytes: %w", e.Type, len(text), ErrTooLarge)
	}
	stored, err := Decode(text)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Type, err)
	}
	return stored, nil
}

// ErrMalformed is the kind of every refusal of Decode.
var ErrMalformed = errors.New("not an event of this ledger")

// Decode reads a stored body. It refuses unknown members, duplicate names, null, trailing data,
// missing members, values outside their grammar and unknown types, each with ErrMalformed. The
// result has no Seq; whoever read the body from a log sets it.
func Decode(text []byte) (*Stored, error) {
	stored := new(Stored)
	if err := stored.decode(text); err != nil {
		return nil, err
	}
	return stored, nil
}

func (s *Stored) decode(text []byte) error {
	if len(text) > MaxBody {
		return fmt.Errorf("%w: %d bytes, more than %d", ErrMalformed, len(text), MaxBody)
	}
	*s = Stored{}
	s.Digest, s.Body = DigestOf(text), text
	if err := s.read(text); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if err := s.coherent(); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return nil
}

// read reads text into e, and its data as the payload of its type.
func (e *Event) read(text []byte) error {
	if data, of, ok := e.Attributes.canonical(text); ok {
		if e.Data, ok = of.canonical(data); ok {
			return nil
		}
	}
	var b body
	if err := Strict(text, &b); err != nil {
		return err
	}
	data, err := catalogue[b.Type].decode(b.Data)
	if err != nil {
		return fmt.Errorf("data of %s: %w", b.Type, err)
	}
	e.Attributes, e.Data = b.Attributes, data
	return nil
}

// DecodeRecord decodes a record of the log and compares its routing with the body. What it
// refuses is a DamageError with the sequence.
func DecodeRecord(r Record) (*Stored, error) {
	stored := new(Stored)
	if err := DecodeInto(stored, r); err != nil {
		return nil, err
	}
	return stored, nil
}

// DecodeInto is DecodeRecord for who has many to decode and keeps none: it makes the event in stored, whatever
// that held. After an error stored holds rubbish.
func DecodeInto(stored *Stored, r Record) error {
	if err := stored.decode(r.Body); err != nil {
		return &DamageError{Seq: r.Seq, Reason: "cannot be decoded", Err: err}
	}
	if string(stored.Subject) != r.Case {
		return &DamageError{Seq: r.Seq, Reason: fmt.Sprintf("is filed under case %s but belongs to %s", r.Case, stored.Subject)}
	}
	stored.Seq = r.Seq
	return nil
}

// coherent holds the attributes against each other, which no single grammar can.
func (s *Stored) coherent() error {
	first := s.CaseSeq == 1
	switch {
	case first != (s.PrevDigest == NoDigest):
		return errors.New("prevdigest is - exactly where caseseq is 1")
	case first != (s.CaseSalt != ""):
		return errors.New("casesalt stands exactly where caseseq is 1")
	case (s.IdempotencyKey == "") != (s.RequestDigest == ""):
		return errors.New("idempotencykey and requestdigest come together")
	case s.BatchCount == 0 && s.BatchIndex != 0, s.BatchCount != 0 && s.BatchIndex >= s.BatchCount:
		return errors.New("batchindex is below batchcount")
	case s.EffectiveTime > s.Time:
		return errors.New("effectivetime is later than time")
	}
	return nil
}

// Strict decodes one JSON document into the struct that target points to: UTF-8, no unknown or
// duplicate member, no null, nothing behind it, and every member present whose json tag has
// neither omitzero nor inline. The error is the decoder's, or a *MissingError.
func Strict(text []byte, target any) error {
	if at := findNull(text); at >= 0 {
		return fmt.Errorf("null at byte %d: leave the member out instead", at)
	}
	return strictWithoutNull(text, target)
}

func strictWithoutNull(text []byte, target any) error {
	if err := json.Unmarshal(text, target, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	if missing := present(reflect.ValueOf(target).Elem()); missing != nil {
		return missing
	}
	return nil
}

// findNull is the offset of the first null outside strings, or -1.
func findNull(text []byte) int {
	if !bytes.Contains(text, []byte("null")) {
		return -1
	}
	inString := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case !inString && c == 'n':
			return i
		}
	}
	return -1
}
