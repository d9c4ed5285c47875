package archive

import (
	"bytes"
	"context"
	"errors"
	"iter"

	"starledger/events"
)

// Report says what CatchUp found.
type Report struct {
	Compared uint64 // events that are in both copies, byte for byte the same
	Appended uint64 // events that only the store had, and are safe in the archive now
}

// CatchUp compares the records of a store, which begin at sequence 1, with the archive and appends
// what the archive lacks. It is for the time before anything may change the store: afterwards the
// archive holds everything that could be read. It stops at the first error of records; what came
// before is synced even then, so that a repair loses nothing of it. Errors:
//
//   - a *events.DamageError naming the first sequence at which the copies differ;
//   - a *events.GapError when the store ends before the archive does;
//   - the error that records ended with, joined with the GapError if that holds as well and the
//     error is no ErrIntegrity by itself.
func (a *Archive) CatchUp(ctx context.Context, records iter.Seq2[events.Record, error]) (Report, error) {
	last, _ := a.Last()
	next, stop := iter.Pull2(a.lines(1, last))
	defer stop()
	var done Report
	err := a.catchUp(ctx, records, last, next, &done)
	if done.Compared < last && ctx.Err() == nil && !namesSequence(err) {
		err = errors.Join(err, &events.GapError{Want: done.Compared + 1})
	}
	return done, errors.Join(err, a.Sync())
}

func (a *Archive) catchUp(ctx context.Context, records iter.Seq2[events.Record, error], last uint64,
	archived func() (line, error, bool), done *Report) error {
	for rec, err := range records {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if want := done.Compared + done.Appended + 1; rec.Seq != want {
			return &events.GapError{Want: want, Got: rec.Seq}
		}
		if rec.Seq > last {
			if err := a.Append(rec); err != nil {
				return err
			}
			done.Appended++
			continue
		}
		copied, err, _ := archived()
		if err != nil {
			return err
		}
		if !bytes.Equal(copied.text, rec.Body) {
			return &events.DamageError{Seq: rec.Seq, Reason: "the store and the archive hold different bytes"}
		}
		done.Compared++
	}
	return nil
}

// namesSequence says whether an error names the place already.
func namesSequence(err error) bool { return errors.Is(err, events.ErrIntegrity) }
