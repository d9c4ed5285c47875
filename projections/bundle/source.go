package bundle

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"starledger/events"
	"starledger/events/proof"
	"starledger/scoring"
)

// A Profile says for whom a bundle is.
type Profile string

// The profiles.
const (
	// Assessor carries the leaves of the whole log, which tell of no client, and so proves that the
	// case is complete.
	Assessor Profile = "assessor"
	// Client carries nothing of others. It proves everything up to its last event, and cannot exclude
	// later ones.
	Client Profile = "client"
)

// UnmarshalText accepts the profiles.
func (p *Profile) UnmarshalText(b []byte) error {
	switch Profile(b) {
	case Assessor, Client:
		*p = Profile(b)
		return nil
	}
	return fmt.Errorf("the profiles are %s and %s", Assessor, Client)
}

// A Request says which bundle is wanted.
type Request struct {
	// Case is the case that the bundle is about. With an accreditation review come the cases that it drew.
	Case    events.CaseID
	Profile Profile
	// Since is the size of the tree that the assessor has the leaves of, 0 for none: full entry bundles
	// below it are left out. In a client's bundle it is the size that the client has seen: the tiles
	// that tie the two trees together are carried.
	Since uint64
}

// A Source is what a bundle is written from. All of it may be asked by several goroutines.
type Source struct {
	// Bodies reads the stored bytes at ascending sequences; an events.Log does.
	Bodies interface {
		ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error]
	}
	// Seqs are the log sequences of a case, ascending; none when there is no such case.
	Seqs func(ctx context.Context, id events.CaseID) ([]uint64, error)
	// Tiles are the public files of the log.
	Tiles interface {
		ReadTile(t proof.Tile) ([]byte, error)
	}
	// Published is the note at /log/checkpoint; nil when there is none yet.
	Published func() []byte
	// Checkpoints are the older notes.
	Checkpoints interface {
		Read(size uint64) ([]byte, error)
		Sizes(from uint64) iter.Seq2[uint64, error]
	}
	// Policy is the text at /log/policy.
	Policy []byte
	// Schemes finds the version of a scheme that an audit is pinned to.
	Schemes func() *scoring.Book
	// Attachment opens the evidence with this digest. An fs.ErrNotExist is left out of the bundle, and
	// Verify says so.
	Attachment Opener
}

// Errors of Write, besides those of the source.
var (
	// ErrNotPublished says that no checkpoint with its quorum covers the case yet: try again a little later.
	ErrNotPublished = errors.New("no published checkpoint covers the case yet")
	// ErrNoCase says that there is no such case.
	ErrNoCase = errors.New("there is no such case")
)
