package projections

import (
	"context"

	"starledger/events"
)

// ForgetCases makes the follower keep no case but the last, so that every other event reads one again.
func (v *Views) ForgetCases() { v.folded = 0 }

// Spill makes the follower's connection keep hardly any page in memory, so that what is built stands in the
// file long before it is committed.
func (v *Views) Spill() {
	if _, err := v.store.write.Exec("PRAGMA cache_size = 10"); err != nil {
		panic(err)
	}
}

// Unpaused makes Run review at once whatever goes on.
func (r *Reviews) Unpaused() { r.pause = 0 }

// ForgetAudits has the next analytics read every audit again, as the first after a start.
func (v *Views) ForgetAudits() { v.audited = newAuditedRows() }

// Round does what Run does until it waits for more.
func (r *Reviews) Round(ctx context.Context) error {
	upTo, err := r.resume(ctx)
	if err == nil && upTo.seen < r.views.moves.position().seq {
		_, err = r.round(ctx, upTo)
	}
	return err
}

// ReviewedBy has reviews be made and kept as by another program, from the next opening of their file on.
func (v *Views) ReviewedBy(program events.Digest) {
	v.shelf.mu.Lock()
	defer v.shelf.mu.Unlock()
	v.shelf.program = func() (events.Digest, error) { return program, nil }
	if err := v.shelf.disconnect(); err != nil {
		panic(err)
	}
}

// RankTimes is how lead times are summed up.
var RankTimes = leadTime
