package checks_test

import (
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

const cloneID = events.CaseID("01JD3Z0000000000000000000D")

// told is an application of an organization in which something was found.
func told(t *testing.T, id events.CaseID, organization events.Organization, statement events.Text, evidence ...events.Evidence) *Story {
	open := Open(events.Certification, "gbt27922-2011")
	open.Organization = organization
	s := Empty(t, id).Do(open, &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}, Plan(events.InitialAudit))
	return s.As(Lead, "lead_auditor").Do(&decide.RaiseFinding{Audit: 1, Clause: "5.1.1.1", Category: "observation", Statement: statement, Evidence: evidence})
}

// later gives the events of a story the sequences behind those of another.
func later(s *Story) *Story {
	for _, e := range s.History {
		e.Seq++
	}
	return s
}

// The later of two organizations that share a statement or a piece of evidence is named, at the event
// that repeats it; the earlier is not, and one organization may say the same in two cases.
func TestCopiesAreListed(t *testing.T) {
	const long, short = "25 份维修单中 3 份没有客户签字", "未见记录"
	star, moon := events.Organization{Name: "华星电器服务有限公司", USCC: "91440101MA5DEMA001"}, events.Organization{Name: "明月电器服务有限公司"}
	renamed := events.Organization{Name: "华星电器", USCC: star.USCC}
	for _, row := range []struct {
		name          string
		first, second *Story
		want          checks.Result
	}{
		{"the same statement", told(t, CaseID, star, long), told(t, cloneID, moon, long), checks.Warned},
		{"the same but for spaces and punctuation", told(t, CaseID, star, long), told(t, cloneID, moon, "25份维修单中，3份没有客户签字。"), checks.Warned},
		{"another number in it", told(t, CaseID, star, long), told(t, cloneID, moon, "25 份维修单中 4 份没有客户签字"), checks.Pass},
		{"a short statement", told(t, CaseID, star, short), told(t, cloneID, moon, short), checks.Pass},
		{"the same photograph", told(t, CaseID, star, short, Photo), told(t, cloneID, moon, short, Photo), checks.Warned},
		{"the same organization", told(t, CaseID, star, long), told(t, cloneID, star, long), checks.Pass},
		{"the same organization by another name", told(t, CaseID, star, long), told(t, cloneID, renamed, long), checks.Pass},
	} {
		later(row.second)
		gathered := checks.Gather(nil)
		gathered.Add(row.second.Case, row.second.History)
		gathered.Add(row.first.Case, row.first.History)
		ground := gathered.Ground(row.first.Setting.Schemes)
		for _, s := range []*Story{row.first, row.second} {
			outcomes, err := checks.ReviewOn(ground, s.Case.ID, s.History)
			if err != nil {
				t.Fatal(err)
			}
			got, want := outcome(outcomes, "COPY-01"), checks.Pass
			if s == row.second {
				want = row.want
			}
			if got.Result != want || want == checks.Warned && !slices.Equal(got.Events, []uint64{s.History[len(s.History)-1].Seq}) {
				t.Errorf("%s, case %s: %s %v %v", row.name, s.Case.ID, got.Result, got.Events, got.Detail)
			}
		}
	}
}

// How long a statement has to be is the body's to say, for what is recorded from then on.
func TestShortCopiesAreAParameter(t *testing.T) {
	first, second := told(t, CaseID, events.Organization{Name: "甲"}, "未见记录"), later(told(t, cloneID, events.Organization{Name: "乙"}, "未见记录"))
	registry := events.NewCase(events.Registry)
	registry.Parameters = []events.Parameter{{Entry: events.Entry{Seq: 1}, ParameterSet: events.ParameterSet{Parameter: checks.CopyCharacters, Value: "4"}}}
	gathered := checks.Gather(registry)
	gathered.Add(first.Case, first.History)
	gathered.Add(second.Case, second.History)
	outcomes, err := checks.ReviewOn(gathered.Ground(first.Setting.Schemes), second.Case.ID, second.History)
	if err != nil {
		t.Fatal(err)
	}
	if got := outcome(outcomes, "COPY-01"); got.Result != checks.Warned {
		t.Errorf("%s %v", got.Result, got.Detail)
	}
}

// A number that another case used first is taken; the first use is not.
func TestNumbersAreGathered(t *testing.T) {
	first, second := planned(t).Decided(1, events.ToGrant).Certified(), later(planned(t).Decided(1, events.ToGrant).Certified())
	gathered := checks.Gather(nil)
	gathered.Add(first.Case, first.History)
	gathered.Add(second.Case, second.History)
	for s, want := range map[*Story]checks.Result{first: checks.Pass, second: checks.Warned} {
		outcomes, err := checks.ReviewOn(gathered.Ground(s.Setting.Schemes), CaseID, s.History)
		if err != nil {
			t.Fatal(err)
		}
		if got := outcome(outcomes, "CERT-01"); got.Result != want {
			t.Errorf("%s: %v, want %s", got.Result, got.Detail, want)
		}
	}
}

func outcome(outcomes []checks.Outcome, code string) checks.Outcome {
	return outcomes[slices.IndexFunc(outcomes, func(o checks.Outcome) bool { return o.Check.Code == code })]
}
