package decide_test

import (
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func population(size uint64) *decide.RecordPopulation {
	return &decide.RecordPopulation{Audit: 1, Subject: "repair orders of October", Clause: "5.3.1.4", Digest: Photo.SHA256, Size: size, Items: size}
}

func sampleOf(size uint64) *decide.DrawSample {
	return &decide.DrawSample{Audit: 1, Population: "P1", Size: size, Checkpoint: &events.CheckpointName{Size: 1000, Root: events.DigestOf([]byte("root"))}}
}

func redraw(reason events.Text) *decide.DrawSample {
	d := sampleOf(3)
	d.Redraw, d.Reason = true, reason
	return d
}

func listed(t T) *Story { return planned(t).Do(population(1200)) }

var samplings = []row{
	{"a population of audit 2", planned, &decide.RecordPopulation{Audit: 2, Subject: "x", Digest: Photo.SHA256, Size: 1}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a population of an unknown clause", planned, &decide.RecordPopulation{Audit: 1, Subject: "x", Clause: "9.9", Digest: Photo.SHA256, Size: 1},
		decide.Broken, decide.UnknownClause, "/clause", ""},
	{"a population too large", planned, population(100_001), decide.Broken, decide.SampleTooLarge, "/size", ""},
	{"a population whose list is not kept", planned, &decide.RecordPopulation{Audit: 1, Subject: "x", Digest: lost.SHA256, Size: 1},
		decide.Broken, decide.UnknownAttachment, "/digest", ""},
	{"a draw in audit 2", listed, &decide.DrawSample{Audit: 2, Population: "P1", Size: 1}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a draw from P9", planned, &decide.DrawSample{Audit: 1, Population: "P9", Size: 1}, decide.NotFound, decide.UnknownPopulation, "", ""},
	{"a population larger than its list", planned, &decide.RecordPopulation{Audit: 1, Subject: "x", Digest: Photo.SHA256, Size: 413, Items: 412},
		decide.Broken, decide.PopulationSize, "/size", ""},
	{"a population smaller than its list", planned, &decide.RecordPopulation{Audit: 1, Subject: "x", Digest: Photo.SHA256, Size: 411, Items: 412},
		decide.Broken, decide.PopulationSize, "/size", ""},
	{"a draw before it is sealed", listed, &decide.DrawSample{Audit: 1, Population: "P1", Size: 1}, decide.Broken, decide.PopulationUnsealed, "", ""},
	{"a sample larger than the population", listed, sampleOf(1201), decide.Broken, decide.SampleTooLarge, "/size", ""},
	{"a draw twice", then(listed, sampleOf(3)), sampleOf(3), decide.Standing, decide.DrawStands, "", ""},
	{"a redraw without reason", then(listed, sampleOf(3)), redraw(""), decide.Malformed, decide.RedrawNeedsReason, "/reason", ""},
}

// A redraw is another sample, and it is counted; whoever knows the entries before it gets the same.
func TestDraws(t *testing.T) {
	s := listed(t).Do(sampleOf(3), redraw("two orders were of another year"))
	if again := s.Do(population(90)).Audit(1).Population("P2"); again == nil || again.Size != 90 {
		t.Errorf("another population is %+v", again)
	}
	p := s.Audit(1).Population("P1")
	if len(p.Draws) != 2 || slices.Equal(p.Draws[0].Items, p.Draws[1].Items) {
		t.Fatalf("%+v", p.Draws)
	}
	for i, d := range p.Draws {
		if d.Draw != uint64(i+1) || !slices.Equal(d.Items, checks.Draw(CaseID, p, d.Draw, d.Checkpoint, len(d.Items))) {
			t.Errorf("draw %d: %+v", i+1, d.SampleDrawn)
		}
	}
}

// A checkpoint that does not cover the population is the server's mistake, not the caller's.
func TestDrawUnderAnEarlierCheckpoint(t *testing.T) {
	d := sampleOf(3)
	d.Checkpoint.Size = 1
	if _, err := listed(t).Try(d); err == nil {
		t.Error("drawn")
	}
}
