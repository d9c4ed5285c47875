package decide_test

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// Whatever is asked, in whatever order: a command is refused with a code, or gives an event that is
// encoded and folded (Try holds that); the stored bodies alone give the same case again; and the fold
// in the order of effect never fails.
func TestAnyCommands(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := Empty(rt, CaseID)
		s.Do(Open(rapid.SampledFrom([]events.CaseKind{"certification", "certification", "internal", "second_party"}).Draw(rt, "kind"),
			rapid.SampledFrom([]decide.SchemeRef{"gbt27922-2011", "cts-2025", Strict}).Draw(rt, "scheme")))
		if rapid.Bool().Draw(rt, "well begun") {
			kind := events.InitialAudit
			if s.Case.Kind == events.Internal {
				kind = events.InternalAudit
			}
			s.Do(&decide.ReviewApplication{Reasoned: Because, Outcome: "accepted"}, Plan(kind)).OnSite(1)
			if rapid.Bool().Draw(rt, "assessed") {
				s.AssessAll(1)
			}
		}
		live := replay{Case: events.NewCase(CaseID)}
		rt.Repeat(map[string]func(*rapid.T){
			"commands":  func(rt *rapid.T) { attempts(rt, s) },
			"next step": func(rt *rapid.T) { proceed(rt, s) },
			"":          func(rt *rapid.T) { live.sound(rt, s) },
		})
		afterwards := replay{Case: events.NewCase(CaseID)}
		afterwards.sound(rt, s)
		inOrderOfEffect(rt, s)
	})
}

var people = []events.ID{Officer, Lead, Auditor, Reviewer, Decider}

func attempts(rt *rapid.T, s *Story) {
	for range rapid.IntRange(1, 6).Draw(rt, "commands") {
		attempt(rt, s)
	}
}

// attempt posts any command by anybody.
func attempt(rt *rapid.T, s *Story) {
	actor := rapid.SampledFrom(people).Draw(rt, "actor")
	role := rapid.SampledFrom([]events.ID{"lead_auditor", "lead_auditor", "lead_auditor", "service_manager"}).Draw(rt, "role")
	refusable(rt, s.As(actor, role), commands(s).Draw(rt, "command"))
}

// refusable tells whether a command was allowed; what is refused is refused with a code.
func refusable(rt *rapid.T, s *Story, cmd decide.Command) bool {
	_, err := s.Try(cmd)
	var refusal *decide.Refusal
	if err != nil && !errors.As(err, &refusal) {
		rt.Fatalf("%T %+v: %v", cmd, cmd, err)
	}
	if refusal != nil && !slices.Contains(decide.Codes, refusal.Code) {
		rt.Fatalf("%T is refused with %s, which is not in Codes", cmd, refusal.Code)
	}
	return err == nil
}

// proceed posts the next step of the process: the first that is allowed.
func proceed(rt *rapid.T, s *Story) {
	a := s.Case.LastAudit()
	if a == nil {
		a = &events.Audit{Number: 1}
	} else if a.Report == nil && s.Case.Closed == nil {
		mend(s.As(Lead, "lead_auditor"), a)
	}
	leads := map[events.AuditKind][]events.Recommendation{
		events.InitialAudit: {"grant", "grant", "refuse"}, events.SurveillanceAudit: {"maintain", "change_grade"}, events.SpecialAudit: {"maintain"},
		events.RecertificationAudit: {"renew"}, events.InternalAudit: {"maintain"}, "": {"grant"},
	}
	to := rapid.SampledFrom(leads[a.Kind]).Draw(rt, "to")
	next := rapid.SampledFrom([]events.AuditKind{"surveillance", "special", "recertification"}).Draw(rt, "next")
	for _, step := range []struct {
		actor events.ID
		cmd   decide.Command
	}{
		{Officer, &decide.ReviewApplication{Reasoned: Because, Outcome: "accepted"}},
		{Lead, &decide.ReviewDocuments{Reasoned: Because, Audit: a.Number, Outcome: "accepted"}},
		{Lead, &decide.OpenAudit{Audit: a.Number, HeldAt: *At(0)}},
		{Lead, &decide.CloseAudit{Audit: a.Number, HeldAt: *At(0)}},
		{Lead, &decide.ReportAudit{Audit: a.Number, Recommendation: to, Summary: "seen"}},
		{Reviewer, &decide.ReviewAudit{Reasoned: Because, Audit: a.Number, Outcome: "confirmed"}},
		{Decider, &decide.MakeDecision{Reasoned: Because, Audit: a.Number, Decision: to}},
		{Officer, &decide.IssueCertificate{Number: "N1", ValidFrom: "2026-03-01", ValidUntil: "2029-02-28"}},
		{Officer, Plan("initial")}, {Officer, Plan("internal")}, {Officer, Plan(next)},
	} {
		if refusable(rt, s.As(step.actor, "lead_auditor"), step.cmd) {
			return
		}
	}
}

// mend assesses what is left, and again what contradicts the deductions (R13).
func mend(s *Story, a *events.Audit) {
	number := a.Number
	s.AssessAll(number)
	for _, x := range slices.Clone(s.Audit(number).Assessments) {
		a = s.Audit(number)
		deducted := slices.ContainsFunc(a.Deductions, func(d events.Deduction) bool { return d.Clause == x.Clause && d.Revoked == nil })
		if a.Deleted(x.Clause) != nil || deducted == (x.Result == events.Nonconforming) {
			continue
		}
		again := &decide.RecordAssessment{Audit: number, Clause: x.Clause, Result: events.Conforming, Rating: x.Rating}
		if deducted {
			again.Result = events.Nonconforming
		}
		s.Do(again)
	}
}

// A replay is a case made of the stored bodies alone.
type replay struct {
	*events.Case
	upTo int
}

// sound folds the bodies that are new and compares the replay with the live case.
func (r *replay) sound(rt *rapid.T, s *Story) {
	if r.upTo == len(s.History) {
		return // the last command was refused
	}
	for _, e := range s.History[r.upTo:] {
		again, err := events.Decode(e.Body)
		if err != nil {
			rt.Fatal(err)
		}
		again.Seq = e.Seq
		if err := r.Follow(again); err != nil {
			rt.Fatal(err)
		}
	}
	r.upTo = len(s.History)
	if !reflect.DeepEqual(s.Case, r.Case) {
		rt.Fatalf("replay is not live (-live +replay):\n%s", gocmp.Diff(s.Case, r.Case, gocmp.AllowUnexported(events.Certificate{})))
	}
}

func inOrderOfEffect(rt *rapid.T, s *Story) {
	ordered := slices.Clone(s.History)
	slices.SortStableFunc(ordered, func(a, b *events.Stored) int {
		return cmp.Or(cmp.Compare(a.EffectiveTime, b.EffectiveTime), cmp.Compare(a.Seq, b.Seq))
	})
	c := events.NewCase(s.Case.ID)
	for _, e := range ordered {
		if err := c.Apply(e); err != nil {
			rt.Fatalf("in the order of effect: %v", err)
		}
	}
}

// Taking a deduction back gives the score back, whatever else stands.
func TestAnyRevocationRestores(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := found(rt)
		for range rapid.IntRange(0, 8).Draw(rt, "before") {
			attempt(rt, s)
		}
		before := final(rt, s)
		cmd := rapid.SampledFrom([]decide.Command{
			whole(anyClause(rt)), share(anyClause(rt), 2, 7), deletion(anyClause(rt)), special("F1"), bonus(),
		}).Draw(rt, "taken")
		if _, err := s.As(Lead, "lead_auditor").Try(cmd); err != nil {
			return
		}
		s.Do(takenBack(s.Audit(1)))
		if got := final(rt, s); got != before {
			rt.Fatalf("%T taken back: the score is %s, it was %s", cmd, got, before)
		}
	})
}

// takenBack is the revocation of the newest entry of an audit.
func takenBack(a *events.Audit) decide.Command {
	revocations := map[uint64]decide.Command{}
	for _, d := range a.Deductions {
		revocations[d.Seq] = revokeDeduction(d.Deduction)
	}
	for _, x := range a.Deletions {
		revocations[x.Seq] = revokeDeletion(string(x.Deletion))
	}
	for _, special := range a.Specials {
		revocations[special.Seq] = &decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: special.Special}
	}
	for _, b := range a.Bonuses {
		revocations[b.Seq] = revokeBonus(b.BonusGranted.Bonus)
	}
	newest := uint64(0)
	for seq := range revocations {
		newest = max(newest, seq)
	}
	return revocations[newest]
}

func anyClause(rt *rapid.T) events.Clause {
	return rapid.SampledFrom([]events.Clause{"5.1.1.1", "5.2.2.1", "5.3.1.4", "5.3.2.2", "9.9"}).Draw(rt, "clause")
}

// Reviewing a case that was posted under the checks finds nothing.
func TestAnyCasePassesItsReview(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := planned(rt).OnSite(1).AssessAll(1)
		rt.Repeat(map[string]func(*rapid.T){
			"commands":  func(rt *rapid.T) { attempts(rt, s) },
			"next step": func(rt *rapid.T) { proceed(rt, s) },
		})
		outcomes, err := checks.ReviewOn(checks.Ground{Schemes: s.Setting.Schemes}, s.Case.ID, s.History)
		if err != nil {
			rt.Fatal(err)
		}
		for _, o := range outcomes {
			if o.Result == checks.Fail {
				rt.Fatalf("%s fails: %v", o.Check.Code, o.Detail)
			}
		}
	})
}
