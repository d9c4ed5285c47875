package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"time"

	"starledger/events"
	"starledger/projections"
)

// A view is the case of the path at the point in time that was asked for.
type view struct {
	of      *events.Case // shared, read only
	asked   projections.Point
	at      projections.Resolved
	caseSeq uint64 // the last event of the case that counts; on the effective axis the last recorded
}

// view waits for min_seq and folds the case up to as_of. It writes no header yet, so that a
// refusal that follows is not kept by a cache for a year.
func (s *Server) view(c *call) (*view, error) {
	asked, err := pointOf(c.query)
	if err != nil {
		return nil, err
	}
	if err := s.caughtUp(c); err != nil {
		return nil, err
	}
	of, at, err := s.views.At(c.Context(), c.history.Case.ID, asked)
	if err != nil {
		return nil, pointProblem(err, "as_of")
	}
	v := &view{of, asked, at, of.Head.CaseSeq}
	if v.caseSeq == 0 {
		v.caseSeq, err = s.recorded(c.Context(), of.ID, at.Seq)
	}
	return v, err
}

// instant is the point that the view came to, for what is shown beside it: a time on the recorded axis was
// resolved once, and everything uses the sequence that it came to.
func (v *view) instant() projections.Point {
	if v.asked.Time > 0 && v.at.Axis == projections.Recorded {
		return projections.Point{Seq: v.at.Seq}
	}
	return v.asked
}

// recorded counts the events of a case up to a sequence.
func (s *Server) recorded(ctx context.Context, id events.CaseID, upTo uint64) (uint64, error) {
	h, err := s.views.History(ctx, id)
	if err != nil {
		return 0, fmt.Errorf("count the events of case %s: %w", id, err)
	}
	return countUpTo(h.Seqs, upTo), nil
}

// countUpTo counts those of ascending sequences that are not beyond upTo.
func countUpTo(seqs []uint64, upTo uint64) uint64 {
	return uint64(sort.Search(len(seqs), func(i int) bool { return seqs[i] > upTo }))
}

// show answers with what was made of the view.
func (v *view) show(w http.ResponseWriter, body any) error {
	setETag(w, v.caseSeq)
	keepable(w, v.asked)
	return writeJSON(w, http.StatusOK, body)
}

// patience is how long the contract lets min_seq wait.
const patience = 5 * time.Second

// caughtUp waits until the read models have applied min_seq. A caller that has just posted passes
// the seq of the answer and reads its own write, on whichever node.
func (s *Server) caughtUp(c *call) error {
	seq, err := minSeqOf(c.query)
	if err != nil || seq == 0 {
		return err
	}
	return s.waitFor(c.Context(), seq)
}

// waitFor waits until the read models have applied a sequence.
func (s *Server) waitFor(ctx context.Context, seq uint64) error {
	patient, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	err := s.views.WaitFor(patient, seq)
	if ctx.Err() == nil && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, projections.ErrStopped)) {
		return refuse(http.StatusServiceUnavailable, "not-caught-up", "seq", strconv.FormatUint(seq, 10)).retryAfter(1)
	}
	return err
}

func minSeqOf(query url.Values) (uint64, error) {
	if !query.Has("min_seq") {
		return 0, nil
	}
	seq, ok := parseSeq(query.Get("min_seq"))
	if !ok || seq == 0 {
		return 0, malformed("min-seq-malformed").at("min_seq")
	}
	return seq, nil
}
