// Package proof is the mathematics of the sealed log: leaves, the Merkle tree over them, tiles,
// checkpoints, proofs, cosignatures of witnesses, trust policies and the bounds on recorded times.
// It guarantees that whatever it accepts follows from the bytes, the sizes and the keys it was
// given. It reads no file, no clock and no randomness, and it trusts nobody: where bytes come from,
// which keys are trusted and what to do about a refusal is left to the callers.
//
// Formats are those of C2SP (tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature,
// tlog-proof, tlog-policy), so that tools that are not ours can check this log. The Merkle
// arithmetic is that of golang.org/x/mod/sumdb/tlog, which has guarded every Go build since 2019;
// nothing of it is written again here.
package proof

import (
	"crypto/sha256"
	"errors"

	"golang.org/x/mod/sumdb/tlog"
)

// What is refused is refused for one of two reasons, and callers tell them apart with errors.Is.
var (
	// ErrMalformed is the kind of error for bytes that are not in the format they should be in.
	ErrMalformed = errors.New("malformed")
	// ErrRefuted is the kind of error for well-formed bytes that do not prove what they claim:
	// another root, a hash that does not fit, a signature that does not verify or is missing.
	ErrRefuted = errors.New("refuted")
)

// MaxSize is the largest number of leaves of a tree that is dealt with. At a million leaves a
// second it lasts for 36,000 years; it keeps every index of a stored hash within 63 bits.
const MaxSize = 1 << 60

// maxPath bounds the hashes of a proof: no tree within MaxSize needs more, and C2SP allows a
// witness no more.
const maxPath = 63

// Hash is a SHA-256 of the tree, of a leaf or of a node.
type Hash = tlog.Hash

// Head is a tree as it is signed: the number of its leaves and their root hash.
type Head struct {
	Size uint64
	Root Hash
}

// EmptyRoot is the root of the tree without leaves: the SHA-256 of nothing (RFC 6962, 2.1).
func EmptyRoot() Hash { return sha256.Sum256(nil) }
