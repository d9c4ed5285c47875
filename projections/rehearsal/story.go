package rehearsal

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/oklog/ulid/v2"

	"starledger/events"
	"starledger/scoring"
)

// A story is one case that is being told.
type story struct {
	id        events.CaseID
	number    int
	steps     []step
	told      int
	previous  events.PrevDigest
	effective events.Instant
	scheme    *scoring.Scheme
	nonce     uint64
}

// step is what is posted next, by whom and why.
type step struct {
	actor  events.ID
	role   events.ID
	reason events.Text
	data   events.Payload
}

func (s *story) done() bool { return s.told == len(s.steps) }

func (s *story) next() (events.Attributes, events.Payload) {
	now := s.steps[s.told]
	s.told++
	s.nonce++
	attributes := events.Attributes{
		ID: events.EventID(name(uint64(s.number), s.nonce)), Source: "rehearsal.example/2024", Subject: s.id,
		DataSchema: events.DigestOf([]byte(now.data.EventType())),
		CaseSeq:    uint64(s.told), PrevDigest: s.previous, ActorID: now.actor, ActorRole: now.role, Reason: now.reason,
		IdempotencyKey: events.Key(fmt.Sprintf("%s-%d", s.id, s.told)),
		RequestDigest:  events.DigestOf([]byte(s.id)),
		Nonce:          events.Random16(filler(s.nonce, uint64(s.number), 16)),
	}
	if s.told == 1 {
		attributes.PrevDigest = events.NoDigest
		attributes.CaseSalt = events.Random32(filler(s.nonce, uint64(s.number), 32))
	}
	return attributes, now.data
}

func (s *story) say(actor, role events.ID, reason events.Text, data events.Payload) {
	s.steps = append(s.steps, step{actor, role, reason, data})
}

// name is a ULID that depends on two numbers alone.
func name(a, b uint64) string {
	var id ulid.ULID
	binary.BigEndian.PutUint64(id[2:], a)
	binary.BigEndian.PutUint32(id[12:], uint32(b))
	return id.String()
}

// filler stands where earnest ledgers have random bytes.
func filler(a, b uint64, size int) string {
	raw := make([]byte, size)
	binary.BigEndian.PutUint64(raw, a)
	binary.BigEndian.PutUint64(raw[8:], b)
	return base64.RawURLEncoding.EncodeToString(raw)
}
