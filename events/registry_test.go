package events

import "testing"

// Validity counts in whole days of Asia/Shanghai, first and last day included, across the end of a year.
func TestApprovalsOverTime(t *testing.T) {
	c := NewCase(Registry)
	follow(t, c,
		ApprovalRecorded{Approval: "A1", Fields: []ID{"01", "03"}, From: "2023-01-01", Until: "2023-12-31"},
		ApprovalRecorded{Approval: "A2", Fields: []ID{"22"}, From: "2024-01-01"},
		ApprovalEnded{Approval: "A2", Until: "2024-06-26"})
	lastInstant := Date("2023-12-31").End()
	for _, row := range []struct {
		field ID
		day   Date
		want  bool
	}{
		{"01", "2022-12-31", false},
		{"01", "2023-01-01", true},
		{"03", DateOf(lastInstant), true},      // 2023-12-31 23:59:59.999999 there
		{"03", DateOf(lastInstant + 1), false}, // midnight
		{"22", "2023-12-31", false},
		{"22", "2024-06-26", true},
		{"22", "2024-06-27", false},
		{"99", "2023-06-01", false},
	} {
		if got := c.Approved(row.field, row.day); got != row.want {
			t.Errorf("field %s on %s: %t", row.field, row.day, got)
		}
	}
	if a := c.Approval("A2"); a == nil || a.Ended == nil || a.Ended.CaseSeq != 3 || c.Approval("A3") != nil {
		t.Errorf("A2 is %+v", a)
	}
}

func TestQualifications(t *testing.T) {
	c := NewCase(Registry)
	follow(t, c,
		QualificationRecorded{Qualification: "Q1", Actor: "li", Kind: QualifiedLead, From: "2026-01-01", Until: "2026-12-31"},
		QualificationRecorded{Qualification: "Q2", Actor: "li", Kind: QualifiedAuditor, Fields: []ID{"03"}, From: "2026-01-01"},
		QualificationEnded{Qualification: "Q1", Until: "2026-06-30"},
		PersonRecorded{Actor: "li", Name: "李"}, PersonRecorded{Actor: "li", Name: "李明"})
	for _, row := range []struct {
		field ID
		day   Date
		kind  QualificationKind
		want  bool
	}{
		{"03", "2026-06-30", QualifiedLead, true},
		{"03", "2026-07-01", QualifiedLead, false},
		{"03", "2027-01-01", QualifiedAuditor, true},
		{"01", "2027-01-01", QualifiedAuditor, false},
		{"", "2027-01-01", QualifiedAuditor, true},
		{"03", "2026-06-30", QualifiedExpert, false},
	} {
		if got := c.Qualified("li", row.field, row.day, row.kind); got != row.want {
			t.Errorf("%+v: %t", row, got)
		}
	}
	if p := c.Person("li"); p == nil || p.Name != "李明" || c.Person("wang") != nil {
		t.Errorf("li is %+v", p)
	}
}

// A parameter holds for what is recorded after it was set, and the latest counts.
func TestParametersOverTime(t *testing.T) {
	c := NewCase(Registry)
	list := follow(t, c, ParameterSet{Parameter: "late_entry_hours", Value: "48"}, ParameterSet{Parameter: "late_entry_hours", Value: "24"})
	for before, want := range map[uint64]Decimal{list[1].Seq: "48", list[1].Seq + 1: "24", 0: "24"} {
		if p := c.Parameter("late_entry_hours", before); p == nil || p.Value != want {
			t.Errorf("before event %d: %+v", before, p)
		}
	}
	if p := c.Parameter("late_entry_hours", list[0].Seq); p != nil {
		t.Errorf("before it was set: %+v", p)
	}
	if p := c.Parameter("suspension_days", 0); p != nil {
		t.Errorf("another one: %+v", p)
	}
}

// A deduction is restored by an acceptance before the report, not after it, and not once it is reopened.
func TestRestoredDeductions(t *testing.T) {
	three := uint64(3)
	found := []Payload{
		FindingRaised{Audit: 1, Finding: "F1", Clause: "5.3.1.4", Category: Nonconformity, Statement: "x"},
		DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.1.4", Basis: Sampled, Sample: &Sample{Size: 25, Nonconforming: &three}, Finding: "F1"},
		DeductionApplied{Audit: 1, Deduction: "D2", Clause: "5.1.1.1", Basis: Qualitative},
		CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1", Statement: "x"},
	}
	accepted := CorrectionVerified{Audit: 1, Finding: "F1", Correction: "C1", Outcome: CorrectionAccepted}
	rejected := CorrectionVerified{Audit: 1, Finding: "F1", Correction: "C1", Outcome: CorrectionRejected}
	reopened := CorrectionReopened{Audit: 1, Finding: "F1", Correction: "C1"}
	report := AuditReported{Audit: 1, Recommendation: ToGrant, Summary: "x"}
	for _, row := range []struct {
		name     string
		then     []Payload
		restored bool
		accepted bool
	}{
		{"submitted", nil, false, false},
		{"accepted", []Payload{accepted}, true, true},
		{"rejected", []Payload{rejected}, false, false},
		{"reopened", []Payload{accepted, reopened}, false, false},
		{"accepted after the report", []Payload{report, accepted}, false, true},
		{"accepted, then reported", []Payload{accepted, report}, true, true},
		{"accepted, reported, reopened", []Payload{accepted, report, reopened}, true, false},
	} {
		c := planned(t, append(found, row.then...)...)
		a := c.Audit(1)
		if got := a.Deduct("D1").Restored != nil; got != row.restored || a.Deduct("D2").Restored != nil || a.Corrected("F1") != row.accepted {
			t.Errorf("%s: restored %t, corrected %t", row.name, got, a.Corrected("F1"))
		}
	}
}

// Of the same person, day and outlet the latest time counts.
func TestPersonDays(t *testing.T) {
	c := planned(t, OutletRecorded{Outlet: "O1", Name: "x", Kind: OwnOutlet},
		PersonDaysRecorded{Audit: 1, Actor: "li", On: "2026-12-31", Days: "1"},
		PersonDaysRecorded{Audit: 1, Actor: "li", On: "2027-01-01", Days: "0.5", Outlet: "O1"},
		PersonDaysRecorded{Audit: 1, Actor: "li", On: "2026-12-31", Days: "0.5"})
	days := c.Audit(1).PersonDaysOnSite
	if len(days) != 2 || days[0].Days != "0.5" || days[1].Outlet != "O1" || c.Outlet("O1") == nil || c.Outlet("O2") != nil {
		t.Errorf("%+v", days)
	}
}

// Redraws add to the draws of a population; a copy of the case does not notice.
func TestDraws(t *testing.T) {
	c := planned(t, PopulationRecorded{Audit: 1, Population: "P1", Subject: "x", Digest: digestA, Size: 9},
		SampleDrawn{Audit: 1, Population: "P1", Draw: 1, Checkpoint: CheckpointName{1, digestA}, Items: []uint64{1}})
	before := c.Clone()
	follow(t, c, SampleDrawn{Audit: 1, Population: "P1", Draw: 2, Checkpoint: CheckpointName{1, digestA}, Items: []uint64{2}})
	if now, then := c.Audit(1).Population("P1"), before.Audit(1).Population("P1"); len(now.Draws) != 2 || len(then.Draws) != 1 {
		t.Errorf("%d draws now, %d in the copy", len(now.Draws), len(then.Draws))
	}
}
