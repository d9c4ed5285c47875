package proof

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

const (
	// typeEd25519 and typeCosignature are the signature types of C2SP signed-note.
	typeEd25519     = 0x01
	typeCosignature = 0x04

	timestampSize   = 8
	cosignatureSize = timestampSize + ed25519.SignatureSize
)

// A Cosigner is the key of a witness. Its signature says: as of this time, this is the largest
// tree of the log that I have seen, and it continues every other one I cosigned. The time comes
// from the caller, which is why the signer of transparency-dev/formats, with its own clock, is not used.
type Cosigner struct {
	name string
	key  ed25519.PrivateKey
}

// WitnessKey writes the key pair of a witness from 32 random bytes: the signing key, to be kept
// secret, and the verifier key, to be registered with logs and in policies.
//
//	PRIVATE+KEY+<name>+<key id>+<base64 of 0x04 and the seed>
//	<name>+<key id>+<base64 of 0x04 and the public key>
//
// The type 0x04 keeps them from being used for anything but cosignatures.
func WitnessKey(name string, seed [ed25519.SeedSize]byte) (signing, verifier string, err error) {
	if !validName(name) {
		return "", "", fmt.Errorf("%w witness name %.40q", ErrMalformed, name)
	}
	c := Cosigner{name: name, key: ed25519.NewKeyFromSeed(seed[:])}
	secret := base64.StdEncoding.EncodeToString(append([]byte{typeCosignature}, seed[:]...))
	signing = fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, c.verifier().KeyHash(), secret)
	public := base64.StdEncoding.EncodeToString(append([]byte{typeCosignature}, c.public()...))
	return signing, fmt.Sprintf("%s+%08x+%s", name, c.verifier().KeyHash(), public), nil
}

// NewCosigner reads a signing key as WitnessKey writes it. Its errors never quote the key.
func NewCosigner(signing string) (*Cosigner, error) {
	rest, found := strings.CutPrefix(signing, "PRIVATE+KEY+")
	name, id, seed, err := splitKey(rest)
	if !found || err != nil {
		return nil, fmt.Errorf("%w signing key of a witness", ErrMalformed)
	}
	c := &Cosigner{name: name, key: ed25519.NewKeyFromSeed(seed)}
	if c.verifier().KeyHash() != id {
		return nil, fmt.Errorf("%w signing key of witness %s: the key id does not fit", ErrMalformed, name)
	}
	return c, nil
}

// NewWitness reads a verifier key as WitnessKey writes it.
func NewWitness(verifier string) (note.Verifier, error) {
	name, id, public, err := splitKey(verifier)
	if err != nil {
		return nil, fmt.Errorf("%w witness key %.80q: %w", ErrMalformed, verifier, err)
	}
	w := witness{name: name, key: public}
	if w.KeyHash() != id {
		return nil, fmt.Errorf("%w witness key %.80q: the key id does not fit", ErrMalformed, verifier)
	}
	return w, nil
}

// splitKey takes a key of type 0x04 apart: <name>+<key id>+<base64 of 0x04 and 32 bytes>.
func splitKey(text string) (name string, id uint32, key []byte, err error) {
	name, rest, _ := strings.Cut(text, "+")
	hex8, base64Key, _ := strings.Cut(rest, "+")
	parsed, err := strconv.ParseUint(hex8, 16, 32)
	if err != nil || !validName(name) || fmt.Sprintf("%08x", parsed) != hex8 {
		return "", 0, nil, fmt.Errorf("not of the form name+id+key")
	}
	decoded, err := base64.StdEncoding.Strict().DecodeString(base64Key)
	if err != nil || len(decoded) == 0 {
		return "", 0, nil, fmt.Errorf("the key is not base64")
	}
	if decoded[0] != typeCosignature || len(decoded) != 1+ed25519.PublicKeySize {
		return "", 0, nil, fmt.Errorf("not a key for Ed25519 cosignatures (type 4)")
	}
	return name, uint32(parsed), decoded[1:], nil
}

// Cosign returns the signature line of the witness for the checkpoint (C2SP tlog-cosignature):
//
//	— <name> <base64 of key id, seconds since 1970 in 8 bytes, Ed25519 signature>
//
// What is signed is a header, the time, and the body of the checkpoint:
//
//	cosignature/v1
//	time 1679315147
//	example.com/behind-the-sofa
//	20852163
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//
// The time is cut to whole seconds. The caller has verified consistency with the last tree it
// cosigned, and has stored this one: a witness that signs two trees of which one does not continue
// the other proves nothing any more.
func (c *Cosigner) Cosign(checkpoint Checkpoint, at time.Time) (string, error) {
	text, err := checkpoint.Text()
	if err != nil {
		return "", err
	}
	if at.Unix() <= 0 {
		return "", fmt.Errorf("cosign %s at size %d: %s is not a time to sign at", checkpoint.Origin, checkpoint.Size, at)
	}
	return c.line(uint64(at.Unix()), text), nil
}

func (c *Cosigner) line(seconds uint64, text string) string {
	signature := binary.BigEndian.AppendUint32(nil, c.verifier().KeyHash())
	signature = binary.BigEndian.AppendUint64(signature, seconds)
	signature = append(signature, ed25519.Sign(c.key, cosigned(seconds, text))...)
	return fmt.Sprintf("— %s %s\n", c.name, base64.StdEncoding.EncodeToString(signature))
}

func (c *Cosigner) public() ed25519.PublicKey { return c.key.Public().(ed25519.PublicKey) }

func (c *Cosigner) verifier() witness { return witness{name: c.name, key: c.public()} }

// cosigned is the message that a witness signs.
func cosigned(seconds uint64, text string) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", seconds, text)
}

// witness verifies cosignatures; it is the note.Verifier of a key of type 0x04.
type witness struct {
	name string
	key  ed25519.PublicKey
}

func (w witness) Name() string { return w.name }

// KeyHash is the key id: SHA-256(name ‖ "\n" ‖ 0x04 ‖ public key), the first four bytes.
func (w witness) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(w.name+"\n\x04"), w.key...))
	return binary.BigEndian.Uint32(sum[:])
}

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != cosignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	return seconds > 0 && seconds <= math.MaxInt64 &&
		ed25519.Verify(w.key, cosigned(seconds, string(text)), signature[timestampSize:])
}

// cosignedAt is the time in a cosignature that was verified.
func cosignedAt(s note.Signature) (time.Time, error) {
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) != 4+cosignatureSize {
		return time.Time{}, fmt.Errorf("%w cosignature of %s", ErrMalformed, s.Name)
	}
	return time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC(), nil
}

// AddCosignature adds the cosignature of the witness, found among the signature lines that it
// answered with, to a signed checkpoint. Other lines of the answer are ignored. It is an ErrRefuted
// when the witness's line is missing or does not fit this checkpoint. A cosignature of the
// same witness that the checkpoint has already is kept, since its time may already have been told.
func AddCosignature(signed, answer []byte, witness note.Verifier) ([]byte, error) {
	text, has, err := textOf(signed, witness)
	if err != nil || has {
		return signed, err
	}
	n, err := openNote(append(bytes.Clone(signed), answer...), note.VerifierList(witness))
	if err != nil {
		return nil, fmt.Errorf("answer of witness %s: %w", witness.Name(), err)
	}
	// An empty line in the answer would have made our signatures part of the text that is signed.
	if n.Text != text {
		return nil, fmt.Errorf("%w answer of witness %s: not only signature lines", ErrMalformed, witness.Name())
	}
	return fmt.Appendf(bytes.Clone(signed), "— %s %s\n", witness.Name(), n.Sigs[0].Base64), nil
}

// textOf is the body of a signed checkpoint, and whether it has a signature by the key.
func textOf(signed []byte, key note.Verifier) (text string, has bool, err error) {
	n, err := openNote(signed, note.VerifierList(key))
	var unsigned *note.UnverifiedNoteError
	switch {
	case err == nil:
		return n.Text, true, nil
	case errors.As(err, &unsigned):
		return unsigned.Note.Text, false, nil
	default:
		return "", false, err
	}
}
