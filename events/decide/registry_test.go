package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func approval(from, until events.Date, fields ...events.ID) *decide.RecordApproval {
	return &decide.RecordApproval{Fields: fields, From: from, Until: until}
}

func qualification(kind events.QualificationKind, from, until events.Date) *decide.RecordQualification {
	return &decide.RecordQualification{Actor: Lead, Kind: kind, From: from, Until: until}
}

func end(label events.Label, until events.Date) decide.Command {
	if label[0] == 'A' {
		return &decide.EndApproval{Reasoned: Because, Approval: label, Until: until}
	}
	return &decide.EndQualification{Reasoned: Because, Qualification: label, Until: until}
}

func parameter(name events.ID, value events.Decimal) *decide.SetParameter {
	return &decide.SetParameter{Reasoned: Because, Parameter: name, Value: value}
}

// Stories begin on 1 March 2026 in Asia/Shanghai.
var registers = []row{
	{"an approval in a case", applied, approval("2026-01-01", "", "03"), decide.NotFound, decide.UnknownCase, "", ""},
	{"an approval that ends before it begins", registry, approval("2026-01-01", "2025-12-31", "03"), decide.Broken, decide.DatesOutOfOrder, "/until", ""},
	{"a field twice", registry, approval("2026-01-01", "", "03", "03"), decide.Broken, decide.DuplicateField, "/fields/1", ""},
	{"the end of A9", registry, end("A9", "2026-06-30"), decide.NotFound, decide.UnknownApproval, "", ""},
	{"the end before the beginning", then(registry, approval("2026-01-01", "", "03")), end("A1", "2025-12-31"), decide.Broken, decide.DatesOutOfOrder, "/until", ""},
	{"the end of what ended yesterday", then(registry, approval("2026-01-01", "2026-02-28", "03")), end("A1", "2026-06-30"), decide.Standing, decide.ValidityEnded, "", ""},
	{"a qualification that ends before it begins", registry, qualification("auditor", "2026-01-01", "2025-12-31"), decide.Broken, decide.DatesOutOfOrder, "/until", ""},
	{"a qualification with evidence that is not kept", registry, &decide.RecordQualification{Actor: Lead, Kind: "auditor", From: "2026-01-01", Evidence: []events.Evidence{lost}},
		decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"the end of Q9", registry, end("Q9", "2026-06-30"), decide.NotFound, decide.UnknownQualification, "", ""},
	{"the end of a qualification before its beginning", then(registry, qualification("auditor", "2026-01-01", "")), end("Q1", "2025-12-31"), decide.Broken, decide.DatesOutOfOrder, "/until", ""},
	{"a person as recorded", then(registry, &decide.RecordPerson{Actor: Lead, Name: "李"}), &decide.RecordPerson{Actor: Lead, Name: "李"}, decide.Standing, decide.NothingChanges, "", ""},
	{"an unknown parameter", registry, parameter("luck", "1"), decide.Broken, decide.UnknownParameter, "/parameter", ""},
	{"a deadline of 0 days", registry, parameter("application_review_days", "0"), decide.Broken, decide.ParameterOutOfRange, "/value", ""},
	{"a deadline beyond its bound", registry, parameter("late_entry_hours", "721"), decide.Broken, decide.ParameterOutOfRange, "/value", ""},
	{"half an hour", registry, parameter("late_entry_hours", "1.5"), decide.Broken, decide.ParameterOutOfRange, "/value", ""},
	{"a parameter as it is", then(registry, parameter("late_entry_hours", "48")), parameter("late_entry_hours", "48"), decide.Standing, decide.ParameterUnchanged, "", ""},
}

func TestRegistry(t *testing.T) {
	s := registry(t).Do(
		approval("2026-01-01", "2026-03-01", "01", "03"), // its last day is today
		approval("2026-03-02", "", "22"),
		end("A1", "2026-12-31"),
		qualification("lead_auditor", "2026-01-01", ""), end("Q1", "2026-03-31"), qualification("auditor", "2027-01-01", ""), end("Q2", "2027-12-31"),
		&decide.RecordPerson{Actor: Lead, Name: "李"}, &decide.RecordPerson{Actor: Lead, Name: "李", Organization: "Body"},
		parameter("outlet_person_days", "0.50"), parameter("late_entry_hours", "24"))
	if !s.Case.Approved("03", "2026-12-31") || s.Case.Approved("22", "2026-03-01") || !s.Case.Approved("22", "2026-03-02") {
		t.Errorf("%+v", s.Case.Approvals)
	}
	if !s.Case.Qualified(Lead, "03", "2026-03-31", events.QualifiedLead) || s.Case.Qualified(Lead, "03", "2026-04-01", events.QualifiedLead) {
		t.Errorf("%+v", s.Case.Qualifications)
	}
	if len(s.Case.Parameters) != 2 || s.Case.Person(Lead).Organization != "Body" {
		t.Errorf("%+v %+v", s.Case.Parameters, s.Case.People)
	}
}
