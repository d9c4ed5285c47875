package proof

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Policy is whom somebody trusts: logs, witnesses, and how many of them must have signed. An
// assessor brings their own.
type Policy struct {
	Logs      []Log
	Witnesses []Witness
	quorum    *voter // nil when no cosignature is required
}

// A Log is a log that a policy accepts. The name of its key is the origin of its checkpoints.
type Log struct {
	Key note.Verifier
	URL string // empty when the policy has none
}

// A Witness is a witness that a policy knows.
type Witness struct {
	Name string // in the policy; the key has a name of its own
	Key  note.Verifier
	URL  string // empty when the policy has none
}

// voter is a witness or a group of voters.
type voter struct {
	witness int // index in Policy.Witnesses; only where there are no members
	need    int // how many of the members
	members []*voter
}

// A Judgement is what a policy says of a checkpoint that one of its logs signed.
type Judgement struct {
	Checkpoint   Checkpoint
	Cosignatures []Cosignature // all valid ones, in the order of the policy
	// Satisfied tells whether the quorum signed.
	Satisfied bool
	// Time is the earliest time at which the quorum was complete: with two of three witnesses the
	// time of the second. So one witness with a wrong clock does not decide alone. Zero when the
	// policy is not satisfied or requires no cosignature.
	Time time.Time
}

// A Cosignature is the valid signature of a witness of the policy.
type Cosignature struct {
	Witness string // its name in the policy
	Time    time.Time
}

// Judge reads a signed checkpoint. It is an ErrRefuted when no log of the policy signed it, or
// when a signature by a key of the policy is wrong. Too few witnesses are no error: that is what
// Satisfied is for.
func (p *Policy) Judge(signed []byte) (Judgement, error) {
	var logs, witnesses []note.Verifier
	for _, l := range p.Logs {
		logs = append(logs, l.Key)
	}
	for _, w := range p.Witnesses {
		witnesses = append(witnesses, w.Key)
	}
	checkpoint, signatures, err := open(signed, logs, witnesses)
	if err != nil {
		return Judgement{}, err
	}
	j := Judgement{Checkpoint: checkpoint}
	times := map[int]time.Time{}
	for i, w := range p.Witnesses {
		s, ok := signatureBy(signatures, w.Key)
		if !ok {
			continue
		}
		if times[i], err = cosignedAt(s); err != nil {
			return Judgement{}, fmt.Errorf("witness %s: %w", w.Name, err)
		}
		j.Cosignatures = append(j.Cosignatures, Cosignature{Witness: w.Name, Time: times[i]})
	}
	if p.quorum == nil {
		j.Satisfied = true
	} else {
		j.Time, j.Satisfied = p.quorum.since(times)
	}
	return j, nil
}

// Dates tells whether a checkpoint can be given a time: it cannot where no cosignature is required.
func (p *Policy) Dates() bool { return p.quorum != nil }

// since is when enough of the voter's members had signed, and whether they did.
func (v *voter) since(signed map[int]time.Time) (time.Time, bool) {
	if len(v.members) == 0 {
		t, ok := signed[v.witness]
		return t, ok
	}
	var times []time.Time
	for _, member := range v.members {
		if t, ok := member.since(signed); ok {
			times = append(times, t)
		}
	}
	if len(times) < v.need {
		return time.Time{}, false
	}
	slices.SortFunc(times, time.Time.Compare)
	return times[v.need-1], true
}
