package projections_test

import (
	"testing"

	"starledger/events"
	"starledger/projections"
)

// One row per step of a case's life: what was said last, and where the case then stands.
func TestStateOf(t *testing.T) {
	day, after := events.Date("2027-06-30").End(), events.Date("2027-07-01").Start()
	issued := events.CertificateIssued{Number: "71223SC0001R0S", Audit: 1, Grade: "five_star", ValidFrom: "2024-07-01", ValidUntil: "2027-06-30"}
	steps := []struct {
		said  events.Payload
		case_ projections.State
		audit projections.State // stage of the latest audit
	}{
		{events.CaseOpened{Kind: events.Certification}, "applied", ""},
		{events.ApplicationReviewed{Outcome: events.ApplicationReturned}, "returned", ""},
		{events.ApplicationReviewed{Outcome: events.ApplicationRefused}, "refused", ""},
		{events.ApplicationReviewed{Outcome: events.ApplicationAccepted}, "accepted", ""},
		{events.AuditPlanned{Audit: 1}, "planned", "planned"},
		{events.DocumentsReviewed{Audit: 1, Outcome: events.DocumentsReturned}, "planned", "planned"},
		{events.DocumentsReviewed{Audit: 1, Outcome: events.DocumentsAccepted}, "documents_reviewed", "documents_reviewed"},
		{events.AuditOpened{Audit: 1}, "on_site", "on_site"},
		{events.AuditClosed{Audit: 1}, "corrections", "corrections"},
		{events.AuditReported{Audit: 1}, "reported", "reported"},
		{events.AuditReviewed{Audit: 1, Outcome: events.ReviewReturned}, "corrections", "corrections"},
		{events.AuditReported{Audit: 1}, "reported", "reported"},
		{events.AuditReviewed{Audit: 1, Outcome: events.ReviewConfirmed}, "reviewed", "reviewed"},
		{events.DecisionMade{Audit: 1, Decision: events.ToGrant}, "decided", "decided"},
		{issued, "active", "decided"},
		{events.DecisionMade{Decision: events.ToSuspend}, "suspended", "decided"},
		{events.DecisionMade{Decision: events.ToRestore}, "active", "decided"},
		{events.AuditPlanned{Audit: 2}, "active", "planned"},
		{events.DecisionMade{Decision: events.ToWithdraw}, "withdrawn", "planned"},
		{events.DecisionMade{Decision: events.ToCancel}, "cancelled", "planned"},
		{events.CaseClosed{}, "closed", "planned"},
	}
	c := events.NewCase("01J00000000000000000000000")
	if got := projections.StateOf(c, day); got != "" {
		t.Errorf("before anything was said a case is %q", got)
	}
	for i, step := range steps {
		e := &events.Stored{Seq: uint64(i + 1), Event: events.Event{Attributes: events.Attributes{CaseSeq: uint64(i + 1)}, Data: step.said}}
		if err := c.Apply(e); err != nil {
			t.Fatal(err)
		}
		if got := projections.StateOf(c, day); got != step.case_ {
			t.Errorf("after %T: %s, want %s", step.said, got, step.case_)
		}
		expires := step.case_ == projections.Active || step.case_ == projections.Suspended
		if got := projections.StateOf(c, after); expires && got != projections.Expired || !expires && got != step.case_ {
			t.Errorf("after %T and the last day: %s", step.said, got)
		}
		if a := c.LastAudit(); a != nil && projections.StageOf(c, a) != step.audit {
			t.Errorf("after %T the audit is %s, want %s", step.said, projections.StageOf(c, a), step.audit)
		}
	}
}
