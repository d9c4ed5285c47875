package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"starledger/events"
)

// Run follows the log from the position of the read models, until ctx ends (then it returns nil) or
// something is wrong. A gap, an unknown type, a body that cannot be decoded, a broken chain, or a
// log that no longer has what the read models saw is an events.ErrIntegrity that names the sequence;
// the read models then stand before it. Run may be called again, never twice at the same time.
func (v *Views) Run(ctx context.Context) error {
	err := v.follow(ctx)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = nil
	}
	v.moves.stop(err)
	return err
}

func (v *Views) follow(ctx context.Context) (err error) {
	// A batch that is being written is finished or given up as a whole, whatever ends ctx.
	steady := context.WithoutCancel(ctx)
	at, err := v.store.position(steady)
	if err != nil {
		return err
	}
	conn, err := v.store.write.Conn(steady)
	if err != nil {
		return fmt.Errorf("open the read model for writing: %w", err)
	}
	f, err := newFollower(steady, &v.cfg, conn, at, v.folded)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	defer func() { err = errors.Join(err, f.w.close(steady)) }()
	if at.indexed {
		if err := f.w.share(steady); err != nil {
			return err
		}
	}

	last, err := v.cfg.Log.Last(ctx)
	if err != nil {
		return fmt.Errorf("find the end of the log: %w", err)
	}
	if err := f.confirm(ctx, last); err != nil {
		return err
	}
	v.moves.start(f.at)
	return v.keepUp(ctx, steady, f, last)
}

// tellEvery is how often whoever waits for the read models is told how far they are.
const tellEvery = 5 * time.Second

// keepUp applies what the log has up to target in large batches, and from there on whatever comes. Building
// is one batch up to target.
func (v *Views) keepUp(ctx, steady context.Context, f *follower, target uint64) error {
	reading, stop := context.WithCancel(ctx)
	chunks, wait := decode(reading, v.cfg.Log, f.at.seq+1, v.moves.linger)
	defer wait()
	defer stop()
	if err := v.commit(steady, f, target); err != nil {
		return err
	}
	told := time.Now()
	for batch := 0; ; {
		c, ok := next(ctx, chunks)
		if !ok {
			return errors.Join(v.commit(steady, f, target), ctx.Err())
		}
		failed := f.applyAll(steady, c.stored)
		if failed != nil && !errors.Is(failed, events.ErrIntegrity) {
			return failed // something was not written, so the batch is given up
		}
		if failed == nil {
			failed = c.err
		}
		batch += len(c.stored)
		c.spend()
		following := f.at.seq >= target
		if !following && time.Since(told) > tellEvery {
			told = time.Now()
			v.cfg.Logger.Info("bringing the read models up to date", "done", f.at.seq, "of", target)
		}
		caughtUp := following && len(chunks) == 0
		if failed == nil && !caughtUp && f.goesOn(batch, target) {
			continue
		}
		if err := v.commit(steady, f, target); err != nil || failed != nil {
			return errors.Join(failed, err)
		}
		batch = 0
	}
}

// next is the next chunk, decoded; false when ctx has ended. The last chunk has the error that ended
// the reading, so the channel is not closed before that was seen.
func next(ctx context.Context, chunks <-chan *chunk) (*chunk, bool) {
	select {
	case c, ok := <-chunks:
		if !ok {
			return nil, false
		}
		<-c.decoded
		return c, true
	case <-ctx.Done():
		return nil, false
	}
}

// commit ends the batch and tells those who wait for the position.
func (v *Views) commit(ctx context.Context, f *follower, target uint64) error {
	building := !f.at.indexed
	if err := f.commit(ctx, target); err != nil {
		return err
	}
	if building && f.at.indexed {
		v.cfg.Logger.Info("read models built", "events", f.at.seq)
	}
	v.moves.to(f.at)
	return nil
}
