package seal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sort"
	"sync"
	"syscall"
	"time"

	"starledger/events"
	"starledger/events/proof"
)

// maxBatch bounds one pass, and with it the memory it takes: 16,384 leaf records are 4.5 MB.
const maxBatch = 64 * proof.TileWidth

// savedEvery is after how many events the file of cases is written again, and so about the number
// of records that a start has to look at.
const savedEvery = 4 * maxBatch

// Signer is the signing key of the log, a note.Signer of golang.org/x/mod/sumdb. Its name is the
// origin of the log.
type Signer interface {
	Name() string
	KeyHash() uint32
	Sign(message []byte) ([]byte, error)
}

// Config is what a Sealer works with.
type Config struct {
	Log     Log
	Archive Archive
	// Tiles are the public files.
	Tiles *TileDir
	// Stream is LEDGER_CP, shared by all nodes. Files lies on another disk.
	Stream Checkpoints
	Files  *CheckpointDir
	// Nodes is Stream as several nodes share it; nil when this one is alone.
	Nodes Shared
	// CasesFile is where the ends of the cases are remembered; not among the public files.
	CasesFile string
	Key       Signer
	// Policy names the log's own key, the witnesses, and how many must cosign before a checkpoint
	// is published.
	Policy *proof.Policy
	// Witnesses reaches the witnesses of the policy. May be nil when there are none.
	Witnesses Witnesses
	Now       func() time.Time
	Logger    *slog.Logger
}

// A Sealer seals one log. One goroutine calls Run; everything else may be called by any.
type Sealer struct {
	cfg    Config
	origin string
	key    proof.Log // verifies what Key signs

	// Of the goroutine that seals.
	tree    *proof.Tree // may be ahead of head within a pass
	head    proof.Head  // what the tiles are known to hold
	edge    [][]byte    // the leaf records of the last bundle, when it is not full
	cases   *cases
	ahead   []landing // checkpoints that are known and that the tree has to meet before it is signed again
	stream  end       // of Stream
	files   end       // of Files
	founded bool      // a checkpoint exists that the tree has met
	lost    bool      // a pass failed: find out what landed before the next
	others  others    // what other nodes do

	urgent chan struct{}
	board  board // what everybody may know

	publishing sync.Mutex

	// Of the goroutine that asks the witnesses.
	witnesses []witnessing
	asked     uint64 // size of the checkpoint they were asked about last
	all       bool   // whether all of them cosigned it
}

// A landing is a checkpoint somebody knows of.
type landing struct {
	Signed
	place string
}

// Open finds out what is known of the log, refuses a log that any of it contradicts, and brings the
// local files to where the newest checkpoint is. It signs no events: only Run does, and at the very
// first start the empty tree is signed, so that there is something to ask the witnesses with.
//
// The error is an events.ErrIntegrity that names what disagrees when the log, the archive, a
// checkpoint file, LEDGER_CP, the published checkpoint or a witness knows a larger tree than the
// others can, or another root. Nothing is signed then. A witness that cannot be reached, or does
// not know the log, does not hold up the start.
func Open(ctx context.Context, cfg Config) (*Sealer, error) {
	s := &Sealer{cfg: cfg, origin: cfg.Key.Name(), urgent: make(chan struct{}, 1), board: newBoard()}
	for _, l := range cfg.Policy.Logs {
		if l.Key.Name() == s.origin && l.Key.KeyHash() == cfg.Key.KeyHash() {
			s.key = l
		}
	}
	if s.key.Key == nil {
		return nil, fmt.Errorf("open the sealer: the witness policy does not name the key of %s", s.origin)
	}
	for _, w := range cfg.Policy.Witnesses {
		s.witnesses = append(s.witnesses, witnessing{Witness: w})
	}
	s.board.expect(cfg.Policy.Witnesses)
	if err := s.start(ctx); err != nil {
		return nil, fmt.Errorf("open the sealer of %s: %w", s.origin, err)
	}
	return s, nil
}

func (s *Sealer) start(ctx context.Context) error {
	err := s.settle(ctx)
	for errors.Is(err, events.ErrConflict) { // another node began at the same time
		err = s.settle(ctx)
	}
	if err != nil {
		return err
	}
	return s.askAll(ctx)
}

// settle lets the tree meet every checkpoint that is known, and signs the empty one when there is none.
func (s *Sealer) settle(ctx context.Context) error {
	if err := s.recover(ctx); err != nil {
		return err
	}
	if err := s.learn(ctx); err != nil {
		return err
	}
	told := s.cfg.Now()
	for !s.settled() {
		if err := s.pass(ctx, s.target(0)); err != nil {
			return err
		}
		if now := s.cfg.Now(); now.Sub(told) >= tellEvery && len(s.ahead) > 0 {
			told = now
			s.cfg.Logger.Info("meeting the checkpoints that are known",
				"sealed", s.head.Size, "of", s.ahead[len(s.ahead)-1].Size, "checkpoints_left", len(s.ahead))
		}
	}
	return nil
}

// tellEvery is how often a long start says how far it is. A node that joins with an empty directory makes the
// tree anew, and meets every checkpoint that there ever was.
const tellEvery = 5 * time.Second

// settled tells whether the tree has met every checkpoint that is known, of which there is one.
func (s *Sealer) settled() bool { return s.founded && len(s.ahead) == 0 }

// seal goes through steps 1 to 5 until everything that is in the log now is sealed. When another node was faster
// it goes on from that one's checkpoint.
func (s *Sealer) seal(ctx context.Context) error {
	err := s.passes(ctx)
	if errors.Is(err, events.ErrConflict) {
		err = s.passes(ctx)
	}
	return err
}

// passes seals in as many passes as it takes. What is appended meanwhile is left to the next call: under
// load there is always something more, and each pass syncs files on the disk that appends wait for. After
// an error the next call begins by finding out what landed, exactly as a new process would.
func (s *Sealer) passes(ctx context.Context) error {
	if s.lost {
		if err := s.recover(ctx); err != nil {
			return err
		}
	}
	if err := s.learn(ctx); err != nil {
		s.lost = true
		return err
	}
	last, err := s.lookAtLog(ctx)
	if err != nil {
		return err
	}
	s.others.behind = time.Time{} // nothing is
	for {
		to := s.target(last)
		if to == s.head.Size && s.settled() {
			return s.adopt(ctx)
		}
		if s.settled() && !s.isTurn(last) {
			return s.adopt(ctx)
		}
		if err := s.pass(ctx, to); err != nil {
			s.lost = true
			return err
		}
	}
}

// lookAtLog is the end of the log, which must not be before what is sealed.
func (s *Sealer) lookAtLog(ctx context.Context) (last uint64, err error) {
	if last, err = s.cfg.Log.Last(ctx); err != nil {
		return 0, fmt.Errorf("find the end of the log: %w", err)
	}
	if sealed := s.board.sealed().Size; last < sealed {
		return 0, s.behind(disagree("the log ends at sequence %d, but the tree of size %d is sealed", last, sealed))
	}
	s.board.saw(last, s.cfg.Now())
	return last, nil
}

// target is the size that the next pass goes to: that of the farthest known checkpoint within maxBatch events
// when there is one ahead, otherwise last, the end of the log, but never more than maxBatch events on. A tree
// that is not settled goes to no end of the log yet.
func (s *Sealer) target(last uint64) uint64 {
	most := s.head.Size + maxBatch
	switch {
	case len(s.ahead) > 0:
		within := sort.Search(len(s.ahead), func(i int) bool { return s.ahead[i].Size > most })
		if within == 0 {
			return most
		}
		return s.ahead[within-1].Size
	case !s.founded:
		return 0
	}
	return min(last, most)
}

// pass goes through steps 1 to 5 once.
func (s *Sealer) pass(ctx context.Context, to uint64) error {
	b, err := s.copyTail(ctx, s.head.Size+1, to) // 1, 2
	if err != nil {
		return err
	}
	if err := s.writeTiles(b); err != nil { // 3
		return err
	}
	if len(s.ahead) > 0 && to < s.ahead[0].Size {
		s.cases.add(b.heads, to)
		return nil // half-way to a known checkpoint: signing here could contradict it
	}
	if err := s.meetBetween(); err != nil { // 4, 5 of those that the pass has gone by
		return err
	}
	next, err := s.signOrMeet() // 4
	if err != nil {
		return err
	}
	if err := s.keep(ctx, next); err != nil { // 5
		return err
	}
	s.founded = true
	if len(s.ahead) > 0 {
		s.ahead = s.ahead[1:]
	}
	s.cases.add(b.heads, to)
	s.board.seal(next, s.cfg.Now()) // from here on steps 6 and 7 may begin
	if s.cases.size >= s.cases.kept+savedEvery {
		s.saveCases()
	}
	return nil
}

// saveCases makes the next start faster. Without the file it takes longer, and that is all.
func (s *Sealer) saveCases() {
	if err := s.cases.save(s.cfg.CasesFile); err != nil {
		s.cfg.Logger.Warn("the next start will take longer", "error", err)
	}
}

// passing tells whether an error may be gone at the next attempt, which begins by finding out what
// landed. Everything else ends Run: after a write failed for no known reason nobody knows what is on the
// disk before it is opened again, and an integrity error is for people.
func passing(err error) bool {
	return !errors.Is(err, events.ErrIntegrity) &&
		(errors.Is(err, events.ErrUnavailable) || errors.Is(err, events.ErrUnknown) || errors.Is(err, events.ErrConflict) || diskFull(err))
}

// diskFull tells that a local file could not be written for want of room, or of quota.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
