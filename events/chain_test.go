package events

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const chainCase CaseID = "01JD3Z0000000000000000000C"

// whole compares cases to the last detail, also what only package events sees.
var whole = cmp.Exporter(func(reflect.Type) bool { return true })

// next is the event that continues the case with data, one second after the last.
func next(t fataler, c *Case, data Payload) *Stored {
	t.Helper()
	e := leastEvent(data)
	e.Subject, e.CaseSeq = c.ID, c.Head.CaseSeq+1
	e.Time = heldAt + Instant(e.CaseSeq)*1_000_000
	e.EffectiveTime = e.Time
	e.PrevDigest = PrevDigest(c.Head.Digest)
	if e.CaseSeq == 1 {
		e.PrevDigest, e.CaseSalt = NoDigest, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	}
	stored, err := Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	stored.Seq = 100 + e.CaseSeq
	return stored
}

type fataler interface {
	Helper()
	Fatal(...any)
}

// follow folds the payloads as the next events and returns these.
func follow(t fataler, c *Case, payloads ...Payload) []*Stored {
	t.Helper()
	var list []*Stored
	for _, data := range payloads {
		e := next(t, c, data)
		if err := c.Follow(e); err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// drawCase is a case of random but fitting events.
func drawCase(t *rapid.T) (*Case, []*Stored) {
	c := NewCase(chainCase)
	list := follow(t, c, examples[0].full, examples[2].least)
	return c, append(list, drawMore(t, c)...)
}

// drawMore continues the case with those of some drawn examples that fit it.
func drawMore(t *rapid.T, c *Case) []*Stored {
	var list []*Stored
	for _, x := range rapid.SliceOfN(rapid.SampledFrom(examples), 1, 20).Draw(t, "examples") {
		data := x.full
		if rapid.Bool().Draw(t, "least") {
			data = x.least
		}
		e := next(t, c, data)
		if c.Clone().Follow(e) == nil {
			list = append(list, follow(t, c, data)...)
		}
	}
	return list
}

// verify reads records as every reader of a ledger does, and compares the end with the head that
// is known from elsewhere.
func verify(records []Record, head Digest) error {
	c := NewCase(chainCase)
	for _, r := range records {
		e, err := DecodeRecord(r)
		if err != nil {
			return err
		}
		if err := c.Follow(e); err != nil {
			return err
		}
	}
	if c.Head.Digest != head {
		return errors.New("the case ends elsewhere")
	}
	return nil
}

func recordsOf(list []*Stored) []Record {
	records := make([]Record, len(list))
	for i, e := range list {
		records[i] = Record{Seq: e.Seq, Case: string(e.Subject), Body: slices.Clone(e.Body)}
	}
	return records
}

func TestEveryChangeOfHistoryIsDetected(t *testing.T) {
	changes := map[string]func(*rapid.T, []Record) []Record{
		"a bit flipped": func(t *rapid.T, list []Record) []Record {
			body := list[rapid.IntRange(0, len(list)-1).Draw(t, "event")].Body
			body[rapid.IntRange(0, len(body)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			return list
		},
		"an event dropped": func(t *rapid.T, list []Record) []Record {
			i := rapid.IntRange(0, len(list)-1).Draw(t, "event")
			return slices.Delete(list, i, i+1)
		},
		"an event twice": func(t *rapid.T, list []Record) []Record {
			i := rapid.IntRange(0, len(list)-1).Draw(t, "event")
			return slices.Insert(list, i, list[i])
		},
		"two events swapped": func(t *rapid.T, list []Record) []Record {
			i := rapid.IntRange(0, len(list)-2).Draw(t, "event")
			j := rapid.IntRange(i+1, len(list)-1).Draw(t, "other event")
			list[i].Body, list[j].Body = list[j].Body, list[i].Body
			return list
		},
		"an event filed under another case": func(t *rapid.T, list []Record) []Record {
			list[rapid.IntRange(0, len(list)-1).Draw(t, "event")].Case = string(Registry)
			return list
		},
	}
	for name, change := range changes {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			c, list := drawCase(t)
			records := recordsOf(list)
			if err := verify(records, c.Head.Digest); err != nil {
				t.Fatalf("unchanged: %v", err)
			}
			if verify(change(t, records), c.Head.Digest) == nil {
				t.Error("not detected")
			}
		}))
	}
}

func TestReplayEqualsLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		live, list := drawCase(t)
		replayed := NewCase(chainCase)
		for _, r := range recordsOf(list) {
			e, err := DecodeRecord(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := replayed.Follow(e); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(live, replayed, whole); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCloneIsIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		original, list := drawCase(t)
		clone := original.Clone()
		again := func(c *Case) string { return cmp.Diff(refold(t, list), c, whole) }
		if diff := again(clone); diff != "" {
			t.Fatalf("the clone differs: %s", diff)
		}
		drawMore(t, clone)
		if diff := again(original); diff != "" {
			t.Fatalf("folding the clone changed the original: %s", diff)
		}
		clone = original.Clone()
		drawMore(t, original)
		if diff := again(clone); diff != "" {
			t.Fatalf("folding the original changed the clone: %s", diff)
		}
	})
}

func refold(t fataler, list []*Stored) *Case {
	t.Helper()
	c := NewCase(chainCase)
	for _, e := range list {
		if err := c.Follow(e); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestFollowRefuses(t *testing.T) {
	c := NewCase(chainCase)
	follow(t, c, examples[0].least, examples[2].least, examples[7].full)
	for name, x := range map[string]struct {
		change func(e *Stored)
		reason string
	}{
		"the event of another case":                     {func(e *Stored) { e.Subject = "01JD3Z0000000000000000000D" }, "belongs to case"},
		"an event after a gap":                          {func(e *Stored) { e.CaseSeq++ }, "which stands at"},
		"the event that stands there":                   {func(e *Stored) { e.CaseSeq-- }, "which stands at"},
		"a second first event":                          {func(e *Stored) { e.CaseSeq, e.PrevDigest = 1, NoDigest }, "which stands at"},
		"an event that continues another body":          {func(e *Stored) { e.PrevDigest = PrevDigest(digestA) }, "but the previous event"},
		"an event that continues nothing":               {func(e *Stored) { e.PrevDigest = NoDigest }, "but the previous event"},
		"an event recorded before the last":             {func(e *Stored) { e.Time = c.Head.Time - 1 }, "before the previous event"},
		"an event about an audit that is not there":     {func(e *Stored) { e.Data = AuditOpened{Audit: 2, HeldAt: heldAt} }, "does not fit its case"},
		"the withdrawal of a finding that is not there": {func(e *Stored) { e.Data = FindingWithdrawn{Audit: 1, Finding: "F7"} }, "does not fit its case"},
	} {
		t.Run(name, func(t *testing.T) {
			e := next(t, c, CaseClosed{})
			x.change(e)
			before := c.Clone()
			err := c.Follow(e)
			var damage *DamageError
			if !errors.As(err, &damage) || damage.Seq != e.Seq || !strings.Contains(damage.Reason, x.reason) {
				t.Errorf("got %v, want damage at %d that %s", err, e.Seq, x.reason)
			}
			if !errors.Is(err, ErrIntegrity) {
				t.Errorf("%v is not a failure of integrity", err)
			}
			if diff := cmp.Diff(before, c, whole); diff != "" {
				t.Errorf("the case was changed: %s", diff)
			}
		})
	}
}

func TestFollowAcceptsTheSameInstant(t *testing.T) {
	c := NewCase(chainCase)
	follow(t, c, examples[0].least)
	e := next(t, c, CaseClosed{})
	e.Time = c.Head.Time
	if err := c.Follow(e); err != nil {
		t.Error(err)
	}
	if c.Head != (Head{Seq: e.Seq, CaseSeq: 2, Digest: e.Digest, Time: e.Time}) {
		t.Errorf("stands at %+v", c.Head)
	}
}

// What refers to an audit, or to something in it, is refused when that is not there: each event
// type in a case that has nothing but its opening.
func TestEventsThatReferToNothingDoNotFit(t *testing.T) {
	free := []Payload{CaseOpened{}, ApplicationReviewed{}, AuditPlanned{}, CaseClosed{}, GrantMade{},
		OutletRecorded{}, SchemeRegistered{}, ApprovalRecorded{}, PersonRecorded{}, QualificationRecorded{}, ParameterSet{}, LogContinued{},
		ScopeChanged{}, AppealLodged{}, DocumentRecorded{}, PenaltyChecked{}, ContractSigned{}, CaseImported{},
		AccreditationOpened{}}
	for _, x := range examples {
		c := NewCase(chainCase)
		follow(t, c, examples[0].least)
		err := c.Follow(next(t, c, x.full))
		fits := slices.ContainsFunc(free, func(p Payload) bool { return p.EventType() == x.full.EventType() })
		if fits != (err == nil) {
			t.Errorf("%s: %v", x.full.EventType(), err)
		}
	}
}
