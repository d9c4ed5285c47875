package projections

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// folding is a case on its way through the log: the fold and what was derived from it so far, so
// that an event costs only what it touches.
type folding struct {
	no        uint64
	of        *events.Case
	shown     standing
	findings  int // open
	audits    []judged
	statuses  []status // of the certificates
	deadlines []checks.Deadline
	waits     []wait
	whole     bool   // nothing is trimmed, since an earlier audit was touched
	trimmed   uint64 // audits up to this number have lost what their score rests on
	size      int    // of the bodies that what is kept came from, about
}

// judged is the score of one audit as it stands.
type judged struct {
	number  uint64
	open    int // findings
	score   tallied
	since   uint64 // sequence of the event that made the score, apart from its progress
	running checks.Running
}

// follow folds the next event of the case, which stands slim beside it, and derives what it changes. What
// does not continue the case, or leads to facts that cannot be scored, is a DamageError.
func (f *folding) follow(e, slim *events.Stored, schemes *scoring.Book) (moment, error) {
	if err := f.of.Follow(slim); err != nil {
		return moment{}, err
	}
	f.size += len(e.Body)
	m := moment{Stored: e, no: f.no, before: f.shown}
	touched := touchOf(e.Data).of(e.Data, f.of)
	if touched.findings {
		f.recount(touched.audit)
		m.finding, m.findingStage = findingMoved(f.of, e.Data)
	}
	moves, err := scoreMoves(touched, f.of, schemes)
	if err != nil {
		return moment{}, &events.DamageError{Seq: e.Seq, Reason: "belongs to an audit whose scheme is not known", Err: err}
	}
	if moves {
		scored, err := f.judge(e, touched, schemes)
		if err != nil {
			return moment{}, &events.DamageError{Seq: e.Seq, Reason: "leaves a case that cannot be scored", Err: err}
		}
		m.scored = scored
	}
	if touched.certificates {
		m.statuses = f.restate()
	}
	if touched.reach != assesses && touched.reach != scores && !touched.findings {
		f.shown = stand(f.of)
		m.deadlines = f.await()
	}
	m.now, m.scope, m.organization = f.shown, f.of.Scope, f.of.Organization
	m.assessed, m.findings = f.assessed(), f.findings
	if certificate := f.of.Certificate(); certificate != nil {
		m.certificate = certificate.Seq
	}
	m.reported, m.decided = f.report(e.Data), f.course(e.Data)
	if touched.reach != assesses || f.left() == 0 {
		m.waits = f.wait() // while a clause is left, an assessment changes nothing of it
	}
	if decision, ok := e.Data.(events.DecisionMade); ok && decision.Audit > f.trimmed && !f.whole {
		f.trim(decision.Audit)
	}
	return m, nil
}

// trim forgets what the scores of the audits rest on up to one that was decided: it is most of a case,
// and nothing touches it again unless an old audit is opened up (TIME-03).
func (f *folding) trim(decided uint64) {
	for i := range f.of.Audits {
		if a := &f.of.Audits[i]; a.Number <= decided {
			a.Assessments, a.Deductions, a.Deletions, a.Specials, a.Bonuses = nil, nil, nil, nil, nil
		}
	}
	for i := range f.audits {
		if j := &f.audits[i]; j.number <= decided {
			j.running = checks.Running{}
		}
	}
	f.trimmed, f.size = decided, f.size/4
}

// misses tells whether the event touches or reports an audit that was trimmed; then the case is read again.
func (f *folding) misses(e *events.Stored) bool {
	if report, is := events.Reported(e.Data); is {
		return report.Audit <= f.trimmed
	}
	t := touchOf(e.Data)
	return t.reach != untouched && t.reach != starts && t.reach != restores && t.audit <= f.trimmed
}

// assessed is how many clauses are assessed in the latest audit.
func (f *folding) assessed() int {
	for i := len(f.audits) - 1; i >= 0; i-- {
		if f.audits[i].number == f.shown.audit {
			return f.audits[i].score.assessed
		}
	}
	return 0
}

// audit is what is known of an audit.
func (f *folding) audit(number uint64) *judged {
	at := slices.IndexFunc(f.audits, func(j judged) bool { return j.number == number })
	if at < 0 {
		at = len(f.audits)
		f.audits = append(f.audits, judged{number: number})
	}
	return &f.audits[at]
}

// recount counts the open findings of an audit again.
func (f *folding) recount(audit uint64) {
	j, open := f.audit(audit), openFindings(f.of.Audit(audit))
	f.findings += open - j.open
	j.open = open
}

// judge brings the score of an audit up to date; nil when nothing but its progress is another.
func (f *folding) judge(e *events.Stored, t touch, schemes *scoring.Book) (*rescored, error) {
	j := f.audit(t.audit)
	outcome, err := j.running.Score(f.of.Audit(t.audit), e.Data, schemes)
	if err != nil {
		return nil, err
	}
	r := rescored{audit: t.audit, clause: t.clause, previous: j.since, before: j.score, after: tallyOf(outcome)}
	j.score = r.after
	if !r.changed() {
		return nil, nil
	}
	j.since = e.Seq
	moved := r // of those that are not, none is kept
	return &moved, nil
}

// restate brings the statuses of the certificates up to date, and gives those that are new.
func (f *folding) restate() []status {
	before := f.statuses
	f.statuses = statusesOf(f.of)
	return slices.DeleteFunc(slices.Clone(f.statuses), func(s status) bool { return slices.Contains(before, s) })
}
