package bundle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
	"starledger/scoring"
)

// Options say how to verify. The zero value trusts the policy in the bundle, which proves nothing about
// who signed it; a check says so.
type Options struct {
	// Policy is the text of the verifier's own policy; nil to take the bundle's.
	Policy []byte
	// Remember is a directory where this machine keeps the checkpoints that it found sound, to compare
	// later bundles with; empty for none.
	Remember string
	// Leaves is a directory where the leaves of a log are kept between visits; empty for none.
	Leaves string
	// Skew is how far a recorded time may lie outside of its bounds; 0 for DefaultSkew.
	Skew time.Duration
	// Lag is how late the first witness may have seen an event before that is worth a warning; 0 for
	// DefaultLag.
	Lag time.Duration
	// Progress, when set, is told what is being checked and how far that is.
	Progress func(check *Check, done, total uint64)
}

const (
	// DefaultSkew covers 5 s between the clocks of nodes, the whole seconds of cosignatures, sealing
	// within a second, and the time a witness may take to answer.
	DefaultSkew = time.Minute
	// DefaultLag is some attempts to reach a witness.
	DefaultLag = 10 * time.Minute
)

// ErrPolicy says that the verifier's own policy cannot be read: nothing was verified.
var ErrPolicy = errors.New("the policy cannot be read")

// Verify checks the bundle in the file and says what it proves. Whatever is wrong with the bundle is in
// the verdict; an error means that it could not be verified: ErrPolicy, a file that cannot be read or
// written, or ctx has ended.
func Verify(ctx context.Context, path string, o Options) (*Verdict, error) {
	v := &verification{ctx: ctx, path: path, options: o.filled(), failed: map[string]bool{}}
	if o.Policy != nil {
		policy, err := proof.ParsePolicy(o.Policy)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPolicy, err)
		}
		v.policy = policy
	}
	defer v.close()
	verdict := &Verdict{Sound: true}
	for _, check := range Checks {
		outcome, err := v.check(check)
		if err != nil {
			return nil, fmt.Errorf("verify %s: check %d %s: %w", path, check.Number, check.Code, err)
		}
		verdict.Checks = append(verdict.Checks, outcome)
		verdict.Sound = verdict.Sound && outcome.Result != checks.Fail
	}
	v.tell(verdict)
	if err := v.keep(verdict.Sound); err != nil {
		return nil, fmt.Errorf("verify %s: %w", path, err)
	}
	return verdict, nil
}

func (o Options) filled() Options {
	if o.Skew == 0 {
		o.Skew = DefaultSkew
	}
	if o.Lag == 0 {
		o.Lag = DefaultLag
	}
	if o.Progress == nil {
		o.Progress = func(*Check, uint64, uint64) {}
	}
	return o
}

// A verification is one run. The checks fill it in their order.
type verification struct {
	ctx     context.Context // of the one call of Verify
	path    string
	options Options
	running *Check
	failed  map[string]bool // codes of the checks that failed or could not be judged

	archive  *archive                   // archive
	policy   *proof.Policy              // policy; the verifier's own from the beginning
	note     []byte                     // checkpoint
	head     proof.Checkpoint           // checkpoint
	quorumAt time.Time                  // checkpoint: when its quorum was complete; zero without witnesses
	id       events.CaseID              // events
	events   []*events.Stored           // events, by sequence
	book     *scoring.Book              // documents
	cases    map[events.CaseID]*chained // chain
	older    []older                    // read by leaves, judged by history
	roots    map[uint64]proof.Hash      // leaves: of the sizes that were asked for
	owned    map[proof.Hash][]leafAt    // leaves: those of the cases in the bundle
	back     Outcome                    // leaves: those whose time goes back
	kept     atomic.Int64               // leaves: entry bundles that came from the directory of leaves
	seen     memory                     // what this machine remembers
	reviews  []Review                   // score: of each case, as the conformance checks judge it
}

// check runs one check, unless one that it needs has failed.
func (v *verification) check(c *Check) (Outcome, error) {
	o := Outcome{Check: c, Result: checks.Pass}
	v.running = c
	var missing []string
	for _, code := range c.needs {
		if v.failed[code] {
			missing = append(missing, code)
		}
	}
	if len(missing) > 0 {
		names := strings.Join(missing, ", ")
		o.skip(wordf("因未通过 %s，无法判断", "cannot be judged, since this did not pass: %s", names))
		v.failed[c.Code] = true
		return o, nil
	}
	v.progress(0, 1)
	err := c.run(v, &o)
	v.failed[c.Code] = o.Result == checks.Fail
	if err == nil {
		err = v.ctx.Err()
	}
	return o, err
}

func (v *verification) progress(done, total uint64) { v.options.Progress(v.running, done, total) }

// tell says which bundle the verdict is about, as far as that was found out.
func (v *verification) tell(verdict *Verdict) {
	if !v.failed["checkpoint"] {
		verdict.Origin, verdict.Size, verdict.Root = v.head.Origin, v.head.Size, v.head.Root.String()
	}
	if v.archive != nil {
		verdict.Profile = v.profile()
	}
	verdict.Case = v.id
	for _, r := range v.reviews {
		if !slices.Contains(inEvery, r.Case) {
			verdict.Reviews = append(verdict.Reviews, r)
		}
	}
	if len(v.cases) > 0 {
		verdict.Cases = v.others()
	}
	if own := v.cases[v.id]; own != nil {
		verdict.CaseSeq = own.state.Head.CaseSeq
	}
}

// profile is known by the leaves: only an assessor's bundle has any.
func (v *verification) profile() Profile {
	if len(v.archive.kinds[entryTile]) > 0 {
		return Assessor
	}
	return Client
}

func (v *verification) close() {
	if v.archive != nil {
		_ = v.archive.close() // it was only read
	}
}
