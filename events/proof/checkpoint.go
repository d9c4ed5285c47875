package proof

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
)

const (
	maxOrigin = 255
	// maxNote bounds a signed checkpoint: ample for 100 cosignatures, which is what sumdb/note reads.
	maxNote = 64 << 10
)

// A Checkpoint is what a log signs: its name and its tree.
type Checkpoint struct {
	Origin string
	Head
}

// Text is the body of the checkpoint (C2SP tlog-checkpoint), three lines and nothing else:
//
//	ledger.example.org/2026
//	20852163
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//
// The origin has 1 to 255 bytes without spaces, control characters or +; the size is decimal; the
// root is standard base64. Extension lines, which C2SP allows and advises against, are never
// written and refused when read: nobody can audit them.
func (c Checkpoint) Text() (string, error) {
	if !validName(c.Origin) || c.Size > MaxSize {
		return "", fmt.Errorf("%w checkpoint: origin %.40q, size %d", ErrMalformed, c.Origin, c.Size)
	}
	return string(log.Checkpoint{Origin: c.Origin, Size: c.Size, Hash: c.Root[:]}.Marshal()), nil
}

// ParseCheckpoint accepts exactly what Text writes. It says nothing about signatures; see Open.
func ParseCheckpoint(text string) (Checkpoint, error) {
	if len(text) > maxNote {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: longer than %d", ErrMalformed, maxNote)
	}
	var read log.Checkpoint
	if _, err := read.Unmarshal([]byte(text)); err != nil {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: %w", ErrMalformed, err)
	}
	c := Checkpoint{Origin: read.Origin, Head: Head{Size: read.Size}}
	if copy(c.Root[:], read.Hash) != len(read.Hash) {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: a root of %d bytes", ErrMalformed, len(read.Hash))
	}
	written, err := c.Text()
	if err != nil {
		return Checkpoint{}, err
	}
	if written != text {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: it would be written differently", ErrMalformed)
	}
	return c, nil
}

// validName accepts what may name a log or a key in a signed note.
func validName(name string) bool {
	return name != "" && len(name) <= maxOrigin && utf8.ValidString(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r == '+' })
}

// Sign signs the checkpoint with the key of the log, whose name is the origin, and returns the
// signed note. A signature cannot be taken back: a log that ever signs two trees of which one does
// not continue the other is finished. Whoever calls this has written the tiles and knows the last
// checkpoint.
func (c Checkpoint) Sign(key note.Signer) ([]byte, error) {
	text, err := c.Text()
	if err != nil {
		return nil, err
	}
	if key.Name() != c.Origin {
		return nil, fmt.Errorf("sign the checkpoint of %s: the key is that of %s", c.Origin, key.Name())
	}
	signed, err := note.Sign(&note.Note{Text: text}, key)
	if err != nil {
		return nil, fmt.Errorf("sign the checkpoint of %s: %w", c.Origin, err)
	}
	return signed, nil
}

// Open reads a signed checkpoint and returns it only when the log signed it, under its own name.
// Signatures by keys that are not given are ignored, as C2SP wants it.
func Open(signed []byte, key note.Verifier) (Checkpoint, error) {
	c, _, err := open(signed, []note.Verifier{key}, nil)
	return c, err
}

// open checks every signature by one of the keys; one that is wrong condemns the whole note. One
// by a log with the name of the origin must be among them.
func open(signed []byte, logs, witnesses []note.Verifier) (Checkpoint, []note.Signature, error) {
	verifiers := note.VerifierList(append(append([]note.Verifier{}, logs...), witnesses...)...)
	n, err := openNote(signed, verifiers)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	for _, key := range logs {
		if _, ok := signatureBy(n.Sigs, key); ok && key.Name() == c.Origin {
			return c, n.Sigs, nil
		}
	}
	return Checkpoint{}, nil, fmt.Errorf("%w checkpoint: not signed by a known key of %s", ErrRefuted, c.Origin)
}

// openNote is note.Open with a limit and with our kinds of errors.
func openNote(signed []byte, known note.Verifiers) (*note.Note, error) {
	if len(signed) > maxNote {
		return nil, fmt.Errorf("%w checkpoint: a note of more than %d bytes", ErrMalformed, maxNote)
	}
	n, err := note.Open(signed, known)
	var unsigned *note.UnverifiedNoteError
	var wrong *note.InvalidSignatureError
	switch {
	case err == nil:
		return n, nil
	case errors.As(err, &unsigned), errors.As(err, &wrong):
		return nil, fmt.Errorf("%w checkpoint: %w", ErrRefuted, err)
	default:
		return nil, fmt.Errorf("%w checkpoint: %w", ErrMalformed, err)
	}
}

// unverified reads the checkpoint of a note whoever signed it, for the sake of its form.
func unverified(signed []byte) (Checkpoint, error) {
	_, err := openNote(signed, note.VerifierList())
	var unsigned *note.UnverifiedNoteError
	if !errors.As(err, &unsigned) {
		return Checkpoint{}, err
	}
	return ParseCheckpoint(unsigned.Note.Text)
}

func signatureBy(signatures []note.Signature, key note.Verifier) (note.Signature, bool) {
	for _, s := range signatures {
		if s.Name == key.Name() && s.Hash == key.KeyHash() {
			return s, true
		}
	}
	return note.Signature{}, false
}
