package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// document is an application document that came with files, or none.
func document(id events.ID, status events.DocumentStatus, files ...events.Evidence) *decide.RecordDocument {
	return &decide.RecordDocument{Common: decide.Common{Reason: "as the organization says"}, Document: id, Status: status, Evidence: files}
}

func searched(register events.PenaltyRegister, found bool) *decide.CheckPenalty {
	return &decide.CheckPenalty{Register: register, Found: &found, Evidence: []events.Evidence{Photo}}
}

func clearance(register events.PenaltyRegister) *decide.ClearPenalty {
	return &decide.ClearPenalty{Reasoned: Because, Register: register, Evidence: []events.Evidence{Photo}}
}

func signed(day events.Date) *decide.SignContract {
	return &decide.SignContract{SignedOn: day, Evidence: []events.Evidence{Photo}}
}

var acceptance = &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}

var applicationDocuments = []row{
	{"a document of no list", opened, document("passport", "received", Photo), decide.Broken, decide.UnknownDocument, "/document", ""},
	{"received without files", opened, document("licence", "received"), decide.Malformed, decide.MemberMissing, "/evidence", ""},
	{"received with a lost file", opened, document("licence", "received", Photo, lost), decide.Broken, decide.UnknownAttachment, "/evidence/1/sha256", ""},
	{"missing with files", opened, document("licence", "missing", Photo), decide.Broken, decide.EvidenceNotExpected, "/evidence", ""},
	{"missing without reason", opened, &decide.RecordDocument{Document: "licence", Status: "missing"}, decide.Malformed, decide.MemberMissing, "/reason", ""},
	{"a licence that is not applicable", opened, document("licence", "not_applicable"), decide.Broken, decide.DocumentRequired, "/status", ""},
	{"the same file again", then(opened, document("licence", "received", Photo)), document("licence", "received", Photo), decide.Standing, decide.NothingChanges, "", ""},
	{"a lost screenshot", opened, &decide.CheckPenalty{Register: events.GSXTAbnormal, Found: new(bool), Evidence: []events.Evidence{lost}},
		decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"cleared without a search", opened, clearance(events.GSXTAbnormal), decide.NotFound, decide.UnknownPenalty, "", ""},
	{"cleared without a penalty", then(opened, searched(events.GSXTAbnormal, false)), clearance(events.GSXTAbnormal), decide.Broken, decide.UnknownPenalty, "", ""},
	{"cleared twice", then(opened, searched(events.GSXTAbnormal, true), clearance(events.GSXTAbnormal)), clearance(events.GSXTAbnormal),
		decide.Standing, decide.PenaltyCleared, "", ""},
	{"cleared by lost evidence", then(opened, searched(events.GSXTAbnormal, true)),
		&decide.ClearPenalty{Reasoned: Because, Register: events.GSXTAbnormal, Evidence: []events.Evidence{lost}}, decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"cleared before it was found", then(opened, searched(events.GSXTAbnormal, true)),
		&decide.ClearPenalty{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(0)}, Register: events.GSXTAbnormal, Evidence: []events.Evidence{Photo}},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"accepted with a penalty", then(opened, searched(events.GSXTPenalties, true)), acceptance, decide.Broken, decide.PenaltyNotCleared, "/outcome", "P2"},
	{"accepted with a penalty found again", then(opened, searched(events.GSXTPenalties, true), clearance(events.GSXTPenalties), searched(events.GSXTPenalties, true)),
		acceptance, decide.Broken, decide.PenaltyNotCleared, "/outcome", "P2"},
	{"a contract before the acceptance", opened, signed("2026-03-01"), decide.Broken, decide.WrongState, "", ""},
	{"a contract of tomorrow", applied, signed("2026-03-02"), decide.Broken, decide.InFuture, "/signed_on", ""},
	{"a contract before the application", applied, signed("2026-02-28"), decide.Broken, decide.SignedTooEarly, "/signed_on", ""},
	{"a lost contract", applied, &decide.SignContract{SignedOn: "2026-03-01", Evidence: []events.Evidence{lost}}, decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
}

// An application with a penalty may be returned or refused, and accepted once it is cleared.
func TestPenaltiesAreCleared(t *testing.T) {
	s := opened(t).Do(searched(events.GSXTPenalties, true), &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationReturned},
		clearance(events.GSXTPenalties), acceptance, signed("2026-03-01"), signed("2026-03-01"))
	if p := s.Case.Penalty(events.GSXTPenalties); p.Open() || p.Cleared.Seq == 0 || len(s.Case.Contracts) != 2 || s.Case.Contracts[1].ContractSigned.Contract != "K2" {
		t.Errorf("%+v %+v", p, s.Case.Contracts)
	}
}

// Who accepts an application is warned of what is outstanding, all of it where no list was begun. A case
// that is no certification, or was imported, has no such list.
func TestOutstandingDocumentsAreWarnedOf(t *testing.T) {
	complete := opened(t)
	for _, kind := range checks.Documents {
		if kind.Conditional {
			complete.Do(document(kind.ID, "not_applicable"))
		} else {
			complete.Do(document(kind.ID, "missing"), document(kind.ID, "received", Photo))
		}
	}
	for _, register := range new(events.PenaltyRegister).Values() {
		complete.Do(searched(register, false))
	}
	begun := opened(t).Do(document("licence", "received", Photo), document("people", "missing"), searched(events.GSXTAbnormal, false))
	for name, row := range map[string]struct {
		story *Story
		want  []string
	}{
		"nothing recorded": {opened(t), []string{"documents-outstanding", "registers-unsearched"}},
		"complete":         {complete, nil},
		"second party":     {Empty(t, CaseID).Do(Open("second_party", "gbt27922-2011")), nil},
		"begun":            {begun, []string{"documents-outstanding", "registers-unsearched"}},
	} {
		verdict, err := decide.Decide(row.story.Case, acceptance, row.story.Setting)
		if err != nil {
			t.Fatal(err)
		}
		if len(verdict.Warnings) != len(row.want) {
			t.Fatalf("%s: %v", name, verdict.Warnings)
		}
		for i, code := range row.want {
			if verdict.Warnings[i].Code != code {
				t.Errorf("%s: %v", name, verdict.Warnings[i])
			}
		}
	}
	if got := checks.Outstanding(begun.Case); len(got) != len(checks.Documents)-1 || got[len(got)-1] != "people" {
		t.Errorf("outstanding: %v", got)
	}
	refused := &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationRefused}
	if verdict, err := decide.Decide(begun.Case, refused, begun.Setting); err != nil || len(verdict.Warnings) != 0 {
		t.Errorf("refused: %v, %v", verdict, err)
	}
}

// Every document has an id of its own, a name in both languages and a source.
func TestDocumentsAreComplete(t *testing.T) {
	seen := map[events.ID]bool{}
	for _, kind := range checks.Documents {
		if seen[kind.ID] || kind.Name.ZH == "" || kind.Name.EN == "" || kind.Source == "" {
			t.Errorf("%s is not complete, or there twice", kind.ID)
		}
		seen[kind.ID] = true
	}
	if len(seen) != 14 {
		t.Errorf("%d kinds of documents", len(seen))
	}
}
