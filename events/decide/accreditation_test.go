package decide_test

import (
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// other is a case that the assessor looks at.
const other = events.CaseID("01JD3Z0000000000000000000D")

func reviewOf(from, until events.Date) *decide.OpenAccreditation {
	return &decide.OpenAccreditation{Organization: events.Organization{Name: "某认证有限公司"}, Scope: "fields 01 and 03", From: from, Until: until}
}

func reviewing(t T) *Story {
	return noCase(t).As("cnas-01", "assessor").Do(reviewOf("2025-03-01", "2026-02-28"))
}

func caseList(size uint64) *decide.ListCases {
	return &decide.ListCases{Digest: Photo.SHA256, Size: size}
}

var accreditations = []row{
	{"a period that has not begun", noCase, reviewOf("2026-03-02", "2026-12-31"), decide.Broken, decide.InFuture, "/from", ""},
	{"a period that ends before it begins", noCase, reviewOf("2025-03-01", "2025-02-28"), decide.Broken, decide.DatesOutOfOrder, "/until", ""},
	{"a review opened in a case", opened, reviewOf("2025-03-01", "2026-02-28"), decide.Standing, decide.CaseExists, "", ""},
	{"a note in a certification", opened, &decide.NoteReview{Statement: "x"}, decide.Broken, decide.NoReview, "", ""},
	{"a view in a certification", opened, &decide.ViewCase{Case: other, AsOf: 1}, decide.Broken, decide.NoReview, "", ""},
	{"an audit in a review", reviewing, Plan("initial"), decide.Broken, decide.IsReview, "", ""},
	{"an application in a review", reviewing, acceptance, decide.Broken, decide.IsReview, "", ""},
	{"a note about the registry", reviewing, &decide.NoteReview{About: events.Registry, Statement: "x"}, decide.Broken, decide.UnknownCase, "/about", ""},
	{"a view of the grants", reviewing, &decide.ViewCase{Case: events.Access, AsOf: 1}, decide.Broken, decide.UnknownCase, "/case", ""},
	{"a list of a certification", opened, caseList(1), decide.Broken, decide.NoReview, "", ""},
	{"a list of nothing", reviewing, caseList(0), decide.Broken, decide.NoCasesToList, "", ""},
	{"a list of too much", reviewing, caseList(100_001), decide.Broken, decide.SampleTooLarge, "", ""},
	{"a list of the assessor's own", reviewing, population(7), decide.Broken, decide.IsReview, "", ""},
	{"a sample of no list", reviewing, &decide.DrawSample{Audit: events.ReviewItself, Population: "P1", Size: 1}, decide.NotFound, decide.UnknownPopulation, "", ""},
	{"a sample before the seal", then(reviewing, caseList(40)), &decide.DrawSample{Audit: events.ReviewItself, Population: "P1", Size: 1},
		decide.Broken, decide.PopulationUnsealed, "", ""},
}

// A review: the list, the sample that anyone can repeat, what was looked at and what was noted.
func TestAccreditationReview(t *testing.T) {
	checkpoint := events.CheckpointName{Size: 1000, Root: events.DigestOf([]byte("root"))}
	s := reviewing(t).Do(caseList(40), &decide.DrawSample{Audit: events.ReviewItself, Population: "P1", Size: 5, Checkpoint: &checkpoint})
	before := s.Case.Clone()
	s.Do(&decide.ViewCase{Case: other, AsOf: 41}, &decide.NoteReview{About: other, Seq: 40, Statement: "the report names no sample"},
		&decide.NoteReview{Statement: "records are complete"},
		&decide.DrawSample{Common: decide.Common{Reason: "one case was closed"}, Audit: events.ReviewItself, Population: "P1", Size: 5, Redraw: true, Checkpoint: &checkpoint},
		&decide.CloseCase{Reasoned: Because})
	review := s.Case.Accreditation
	p := s.Case.PopulationOf(events.ReviewItself, "P1")
	if p.Subject != "2025-03-01 – 2026-02-28" || len(p.Draws) != 2 || !slices.Equal(p.Draws[0].Items, checks.Draw(CaseID, p, 1, checkpoint, 5)) || slices.Equal(p.Draws[0].Items, p.Draws[1].Items) {
		t.Errorf("drawn: %+v", p.Draws)
	}
	if len(review.Views) != 1 || review.Notes[1].AccreditationNoted.Note != "N2" || review.Notes[0].AccreditationNoted.Seq != 40 {
		t.Errorf("%+v", review)
	}
	if then := before.Accreditation; len(then.Notes)+len(then.Views) != 0 || len(before.PopulationOf(events.ReviewItself, "P1").Draws) != 1 {
		t.Errorf("a copy noticed what came later: %+v", then)
	}
	if s.Case.Kind != events.AccreditationReview || checks.Deadlines(before) != nil {
		t.Errorf("%s %v", s.Case.Kind, checks.Deadlines(before))
	}
}
