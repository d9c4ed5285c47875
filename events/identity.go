package events

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// EventID is the ULID of an event.
type EventID string

// UnmarshalText accepts a ULID in its canonical upper case.
func (id *EventID) UnmarshalText(b []byte) error {
	if !isULID(b) {
		return fmt.Errorf("%q is not a ULID", clip(b))
	}
	*id = EventID(b)
	return nil
}

// CaseID is the ULID of a case, or the name of one of the ledger's own cases.
type CaseID string

// The cases of the ledger itself: facts that belong to no organization's case.
const (
	Registry CaseID = "registry" // schemes, approvals
	Access   CaseID = "access"   // grants to accreditation assessors
)

// UnmarshalText accepts a ULID in its canonical upper case, registry and access.
func (id *CaseID) UnmarshalText(b []byte) error {
	word, ok := caseNames.word(b)
	if !ok {
		return fmt.Errorf("%q is not a case", clip(b))
	}
	*id = CaseID(word)
	return nil
}

func isCase(b []byte) bool { return isULID(b) || CaseID(b) == Registry || CaseID(b) == Access }

func isULID(b []byte) bool {
	return len(b) == ulid.EncodedSize && b[0] <= '7' && consistsOf(b, &ulidDigits)
}

// IDs makes ULIDs that increase strictly within one server.
type IDs struct {
	mu      sync.Mutex
	entropy *ulid.MonotonicEntropy
	last    uint64 // milliseconds, so that a clock set back does not make ids go back
}

// NewIDs draws randomness from random, which must be cryptographically strong in earnest.
func NewIDs(random io.Reader) *IDs { return &IDs{entropy: ulid.Monotonic(random, 0)} }

// Next is a ULID for something that happens at now.
func (ids *IDs) Next(now time.Time) (string, error) {
	ids.mu.Lock()
	defer ids.mu.Unlock()
	ids.last = max(ids.last, ulid.Timestamp(now))
	id, err := ulid.New(ids.last, ids.entropy)
	if err != nil {
		return "", fmt.Errorf("make a ULID: %w", err)
	}
	return id.String(), nil
}

// Source is the origin of a log: 1 to 128 visible ASCII characters.
type Source string

// UnmarshalText accepts the grammar of Source.
func (s *Source) UnmarshalText(b []byte) error {
	if !isSource(b) {
		return fmt.Errorf("%q is not the origin of a log", clip(b))
	}
	*s = Source(b)
	return nil
}

func isSource(b []byte) bool { return isVisible(b, 128) }

// Key is an Idempotency-Key: 1 to 128 visible ASCII characters.
type Key string

// UnmarshalText accepts the grammar of Key.
func (k *Key) UnmarshalText(b []byte) error {
	if !isKey(b) {
		return fmt.Errorf("an idempotency key is 1 to 128 visible ASCII characters")
	}
	*k = Key(b)
	return nil
}

func isKey(b []byte) bool { return isVisible(b, 128) }

// SpecVersion is the version of CloudEvents.
type SpecVersion string

// UnmarshalText accepts 1.0.
func (v *SpecVersion) UnmarshalText(b []byte) error { return enum(v, b, v.Values()) }

// Values lists what is accepted.
func (*SpecVersion) Values() []SpecVersion { return []SpecVersion{"1.0"} }

// DataContentType is the media type of data.
type DataContentType string

// UnmarshalText accepts application/json.
func (v *DataContentType) UnmarshalText(b []byte) error { return enum(v, b, v.Values()) }

// Values lists what is accepted.
func (*DataContentType) Values() []DataContentType { return []DataContentType{"application/json"} }

// PrevDigest is a digest, or - in the first event of a case.
type PrevDigest string

// NoDigest stands where there is no previous event.
const NoDigest PrevDigest = "-"

// UnmarshalText accepts a digest or -.
func (p *PrevDigest) UnmarshalText(b []byte) error {
	if !isPrevDigest(b) {
		return fmt.Errorf("%q is neither a digest nor -", clip(b))
	}
	*p = PrevDigest(b)
	return nil
}

func isPrevDigest(b []byte) bool { return string(b) == string(NoDigest) || isDigest(b) }

// Random16 is 16 random bytes, base64url without padding.
type Random16 string

// UnmarshalText accepts exactly 16 bytes.
func (r *Random16) UnmarshalText(b []byte) error { return randomText(r, b, isRandom16(b), 16) }

// Random32 is 32 random bytes, base64url without padding.
type Random32 string

// UnmarshalText accepts exactly 32 bytes.
func (r *Random32) UnmarshalText(b []byte) error { return randomText(r, b, isRandom32(b), 32) }

func randomText[T ~string](target *T, b []byte, fits bool, size int) error {
	if !fits {
		return fmt.Errorf("not %d bytes in base64url without padding", size)
	}
	*target = T(b)
	return nil
}

// The last digit of 16 bytes has two bits of them, that of 32 bytes four; its other bits are 0.
func isRandom16(b []byte) bool { return isRandom(b, 22, "AQgw") }
func isRandom32(b []byte) bool { return isRandom(b, 43, "AEIMQUYcgkosw048") }

func isRandom(b []byte, digits int, last string) bool {
	return len(b) == digits && consistsOf(b, &base64Digits) && strings.IndexByte(last, b[digits-1]) >= 0
}

// RandomText reads size bytes from random in the form of Random16 and Random32.
func RandomText(random io.Reader, size int) (string, error) {
	raw := make([]byte, size)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("read %d random bytes: %w", size, err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

func isVisible(b []byte, most int) bool {
	for _, c := range b {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(b) > 0 && len(b) <= most
}

// MediaType is a media type without parameters, as in image/png.
type MediaType string

// UnmarshalText accepts type/subtype in visible ASCII, at most 127 characters.
func (m *MediaType) UnmarshalText(b []byte) error {
	if !isMediaType(b) {
		return fmt.Errorf("%q is not a media type like image/png", clip(b))
	}
	*m = MediaType(b)
	return nil
}

func isMediaType(b []byte) bool {
	kind, subtype, ok := strings.Cut(string(b), "/")
	return ok && kind != "" && subtype != "" && isVisible(b, 127) && !strings.ContainsAny(kind+subtype, "/;,\"")
}

// CertificateNumber is the number of a certificate as printed: 1 to 64 visible ASCII characters.
type CertificateNumber string

// UnmarshalText accepts the grammar of CertificateNumber.
func (n *CertificateNumber) UnmarshalText(b []byte) error {
	if !isVisible(b, 64) {
		return fmt.Errorf("%q is not a certificate number", clip(b))
	}
	*n = CertificateNumber(b)
	return nil
}
