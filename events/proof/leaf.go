package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// A Leaf is what the tree says about one event. It gives nothing of the event away: the case is
// hidden behind a salt that only the case's first event holds, the body behind its nonce.
type Leaf struct {
	Seq     uint64    // sequence of the event in the log: index of the leaf + 1
	Time    time.Time // when the event was recorded, in whole microseconds
	Case    Hash      // CaseCommitment of the case
	CaseSeq uint64    // number of the event within its case, from 1
	Prev    Hash      // leaf hash of the previous event of the case; zero for its first
	Body    [sha256.Size]byte
}

const (
	leafTime = "2006-01-02T15:04:05.000000Z"
	// maxLeaf is the length of a leaf with the longest numbers.
	maxLeaf = 280
)

// leafFields are the beginnings of the lines of a leaf, in their order.
var leafFields = [...]string{"starledger-leaf/v1", "seq ", "time ", "case ", "caseseq ", "prev ", "body sha256:"}

// Append appends the record of the leaf to b. A record is seven lines of ASCII, each ended by one
// newline, and nothing else:
//
//	starledger-leaf/v1
//	seq 3
//	time 2026-11-01T02:02:00.000000Z
//	case 9CDKyfRFP2NBs-hI_4gtn412lm_cuMpHjwsYsIloukI
//	caseseq 2
//	prev 88zmP9xTn7IqvY91r2Y7qNaaewKE0EYnamIWFHdl5UU=
//	body sha256:9deb03778ce6ca46060ad6ed605491ca185d89d8979eca334e11c55ac60e11d8
//
// The numbers seq, from 1, and caseseq, from 1 and never above seq, are decimal without leading
// zeros. The time is UTC with six decimals. The case is a SHA-256 in base64url without padding, see
// CaseCommitment. The previous leaf is a leaf hash in standard base64 with padding; it is - exactly
// where caseseq is 1. The body is the SHA-256 of the stored bytes of the event in lower-case hex,
// as sha256sum prints it.
//
// The format is frozen: another field would be starledger-leaf/v2, and old leaves stay as they are.
// A leaf outside this grammar is an error and nothing is appended: a record that cannot be read
// back must never get into a tree.
func (l Leaf) Append(b []byte) ([]byte, error) {
	if err := l.check(); err != nil {
		return b, err
	}
	b = append(b, "starledger-leaf/v1\nseq "...)
	b = strconv.AppendUint(b, l.Seq, 10)
	b = append(b, "\ntime "...)
	b = l.Time.UTC().AppendFormat(b, leafTime)
	b = append(b, "\ncase "...)
	b = base64.RawURLEncoding.AppendEncode(b, l.Case[:])
	b = append(b, "\ncaseseq "...)
	b = strconv.AppendUint(b, l.CaseSeq, 10)
	b = append(b, "\nprev "...)
	if l.CaseSeq == 1 {
		b = append(b, '-')
	} else {
		b = base64.StdEncoding.AppendEncode(b, l.Prev[:])
	}
	b = append(b, "\nbody sha256:"...)
	b = hex.AppendEncode(b, l.Body[:])
	return append(b, '\n'), nil
}

// check tells what keeps the leaf from being written.
func (l Leaf) check() error {
	year := l.Time.UTC().Year()
	switch {
	case l.Seq < 1 || l.Seq > MaxSize:
		return fmt.Errorf("%w leaf: seq %d is not within 1 to %d", ErrMalformed, l.Seq, uint64(MaxSize))
	case l.CaseSeq < 1 || l.CaseSeq > l.Seq:
		return fmt.Errorf("%w leaf %d: caseseq %d is not within 1 to seq", ErrMalformed, l.Seq, l.CaseSeq)
	case (l.CaseSeq == 1) != (l.Prev == Hash{}):
		return fmt.Errorf("%w leaf %d: the first of a case has no previous leaf, every other has one", ErrMalformed, l.Seq)
	case year < 1 || year > 9999 || l.Time.Nanosecond()%1000 != 0:
		return fmt.Errorf("%w leaf %d: %s is not a time in whole microseconds", ErrMalformed, l.Seq, l.Time)
	}
	return nil
}

// ParseLeaf reads a record. It accepts exactly what Append writes.
func ParseLeaf(record []byte) (Leaf, error) {
	if len(record) > maxLeaf {
		return Leaf{}, fmt.Errorf("%w leaf: %d bytes, more than %d", ErrMalformed, len(record), maxLeaf)
	}
	var values [len(leafFields)]string
	rest := record
	for i, field := range leafFields {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		value, found := bytes.CutPrefix(line, []byte(field))
		if !found {
			return Leaf{}, fmt.Errorf("%w leaf: line %d does not start with %q", ErrMalformed, i+1, field)
		}
		values[i], rest = string(value), after
	}
	l, err := leafOf(values)
	if err != nil {
		return Leaf{}, err
	}
	// Writing it again settles every detail of the grammar, and that there is nothing more.
	written, err := l.Append(make([]byte, 0, maxLeaf))
	if err != nil {
		return Leaf{}, err
	}
	if !bytes.Equal(written, record) {
		return Leaf{}, fmt.Errorf("%w leaf %d: it would be written differently", ErrMalformed, l.Seq)
	}
	return l, nil
}

// leafOf decodes the values of the lines. It is generous, since Append is not.
func leafOf(values [len(leafFields)]string) (l Leaf, err error) {
	if l.Seq, err = strconv.ParseUint(values[1], 10, 64); err != nil {
		return Leaf{}, fmt.Errorf("%w leaf: seq: %w", ErrMalformed, err)
	}
	if l.Time, err = time.Parse(leafTime, values[2]); err != nil {
		return Leaf{}, fmt.Errorf("%w leaf %d: time: %w", ErrMalformed, l.Seq, err)
	}
	if err := decode32(&l.Case, base64.RawURLEncoding.DecodeString, values[3]); err != nil {
		return Leaf{}, fmt.Errorf("%w leaf %d: case: %w", ErrMalformed, l.Seq, err)
	}
	if l.CaseSeq, err = strconv.ParseUint(values[4], 10, 64); err != nil {
		return Leaf{}, fmt.Errorf("%w leaf %d: caseseq: %w", ErrMalformed, l.Seq, err)
	}
	if values[5] != "-" {
		if err := decode32(&l.Prev, base64.StdEncoding.DecodeString, values[5]); err != nil {
			return Leaf{}, fmt.Errorf("%w leaf %d: prev: %w", ErrMalformed, l.Seq, err)
		}
	}
	if err := decode32((*Hash)(&l.Body), hex.DecodeString, values[6]); err != nil {
		return Leaf{}, fmt.Errorf("%w leaf %d: body: %w", ErrMalformed, l.Seq, err)
	}
	return l, nil
}

// decode32 decodes text of exactly 32 bytes.
func decode32(into *Hash, decode func(string) ([]byte, error), text string) error {
	decoded, err := decode(text)
	if err != nil {
		return err
	}
	if len(decoded) != len(into) {
		return fmt.Errorf("%d bytes, not %d", len(decoded), len(into))
	}
	copy(into[:], decoded)
	return nil
}

// LeafHash is the hash of a record in the tree (RFC 6962, 2.1): SHA-256(0x00 ‖ record).
func LeafHash(record []byte) Hash { return tlog.RecordHash(record) }

// CaseCommitment is how a case is called in its leaves:
//
//	SHA-256("starledger-case/v1\0" ‖ salt ‖ "\0" ‖ caseID)
//
// salt are the 32 raw bytes of the casesalt of the case's first event. Who holds that event can
// find the leaves of the case; who holds the leaves only cannot even try out case ids.
func CaseCommitment(salt [32]byte, caseID string) Hash {
	message := make([]byte, 0, 96)
	message = append(message, "starledger-case/v1\x00"...)
	message = append(message, salt[:]...)
	message = append(message, 0)
	message = append(message, caseID...)
	return sha256.Sum256(message)
}
