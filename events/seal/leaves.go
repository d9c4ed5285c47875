package seal

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"starledger/events"
	"starledger/events/proof"
)

// previous is what the next leaf of a case needs of the leaf before; the zero value stands for a
// case without leaves.
type previous struct {
	seq     uint64
	caseSeq uint64
	hash    proof.Hash // of the leaf
	name    proof.Hash // what leaves call the case
	body    events.Digest
	time    events.Instant
}

// leafOf is the leaf of an event, which must continue its case where before ends and belong to the
// log called origin. What does not is a DamageError: either the event or the one before is not what
// was appended.
func leafOf(e *events.Stored, before previous, origin string) (proof.Leaf, error) {
	damage := func(format string, args ...any) (proof.Leaf, error) {
		return proof.Leaf{}, &events.DamageError{Seq: e.Seq, Reason: fmt.Sprintf(format, args...)}
	}
	follows := events.NoDigest
	if before.caseSeq > 0 {
		follows = events.PrevDigest(before.body)
	}
	switch {
	case string(e.Source) != origin:
		return damage("belongs to the log %s, not to %s", e.Source, origin)
	case e.CaseSeq != before.caseSeq+1:
		return damage("is event %d of case %s, of which %d are sealed", e.CaseSeq, e.Subject, before.caseSeq)
	case e.PrevDigest != follows:
		return damage("continues %s, but the event of case %s sealed before it is %s", e.PrevDigest, e.Subject, follows)
	case e.Time < before.time:
		return damage("was recorded at %s, before the previous event of case %s (%s)", e.Time, e.Subject, before.time)
	}
	leaf := proof.Leaf{Seq: e.Seq, Time: e.Time.Time(), Case: before.name, CaseSeq: e.CaseSeq, Prev: before.hash}
	if _, err := hex.Decode(leaf.Body[:], []byte(strings.TrimPrefix(string(e.Digest), "sha256:"))); err != nil {
		return damage("has the digest %s", e.Digest)
	}
	if e.CaseSeq == 1 {
		var salt [32]byte
		if n, err := base64.RawURLEncoding.Decode(salt[:], []byte(e.CaseSalt)); err != nil || n != len(salt) {
			return damage("has no salt for case %s", e.Subject)
		}
		leaf.Case = proof.CaseCommitment(salt, string(e.Subject))
	}
	return leaf, nil
}

// previousOf is what the leaf says to the next one of its case.
func previousOf(l proof.Leaf, record []byte) previous {
	return previous{
		seq: l.Seq, caseSeq: l.CaseSeq, hash: proof.LeafHash(record), name: l.Case,
		body: events.Digest("sha256:" + hex.EncodeToString(l.Body[:])), time: events.InstantOf(l.Time),
	}
}
