package bundle

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/decide/decidetest"
)

var updateReport = flag.Bool("update-report", false, "write the golden files of report.html anew")

// testSound opens a sound report: the verdict, the case, the score, and every entry with its proof.
func testSound(t *testing.T, b *browser) {
	r := reportOf(t, certifiedStory(t))
	p := b.open(t, pageOf(t, r))
	if got := p.verdict(); got != (judged{Verdict: "sound", Trust: "bundle"}) {
		t.Fatalf("%+v", got)
	}
	if got := eval[string](p, `[...document.querySelectorAll('[data-check]')].map((c) => c.dataset.check + ' ' + c.dataset.outcome).join()`); got != "signature pass,events pass,chain pass,leaf pass,time pass" {
		t.Errorf("checks: %s", got)
	}
	for _, c := range []struct{ where, says string }{
		{"#verdict", "All 68 entries are unchanged"}, {"#verdict", "YOU must compare"}, {"#verdict", readReportVectors(t).Log.Vkey},
		{"#verdict", "Complete up to case_seq 68; later events not excluded."},
		{"#case", "华星电器服务有限公司"}, {"#case", "Audit 1 · initial, 2026-03-10 to 2026-03-12 · li (lead), wang (auditor)"},
		{"#scores", "as stated by the operator; recomputed by ledgerctl"}, {"#scores .final", "95five star"},
		{"#scores .clauses", "5.3.1.4\t5\t▼ 3.6\t1.4"}, {"#scores .clauses", "5 − 5 × 18/25 = 1.4"},
		{"#e140", "wang auditor applied deduction D1: clause 5.3.1.4, in proportion, 18 of 25 sampled do not conform (finding F1)"},
		{"#e140", "Reason: 见 F1"}, {"#checkpoint", "witness.example/w1 (w1)"}, {"#checkpoint", "2026-03-01 10:07:02"},
	} {
		if text := eval[string](p, `document.querySelector('`+c.where+`').innerText`); !strings.Contains(text, c.says) {
			t.Errorf("%s says %q, not %q", c.where, text, c.says)
		}
	}
	p.click("button[value=zh]")
	if text := eval[string](p, `document.querySelector('#verdict').innerText`); !strings.Contains(text, "核验通过") || strings.Contains(text, "Sound") {
		t.Errorf("in Chinese: %q", text)
	}
	p.openAll()
	if got, want := eval[int](p, `document.querySelectorAll('.path').length`), len(r.Events); got != want {
		t.Errorf("%d proof paths, want %d", got, want)
	}
	if got := eval[string](p, `document.querySelector('#e10 .raw').textContent`); got != string(r.Events[0].Body) {
		t.Errorf("the raw bytes are shown as %q", got)
	}
	if asked := b.askedFor(); len(asked) > 0 {
		t.Errorf("a page asked for %q", asked)
	}
}

// testPlainly takes Ed25519 away from WebCrypto before the page starts.
func testPlainly(t *testing.T, b *browser) {
	html := pageOf(t, reportOf(t, certifiedStory(t)))
	for _, c := range []struct{ lacking, verdict string }{
		{`crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))`, "sound"},
		{`Object.defineProperty(crypto, 'subtle', { value: undefined })`, "unavailable"},
	} {
		p := b.blank(t)
		p.call("Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": c.lacking}, nil)
		p.show(html)
		if got := p.verdict(); got.Verdict != c.verdict {
			t.Errorf("%s: %+v, want %s", c.lacking, got, c.verdict)
		}
	}
}

// testSentences holds what is said about every type of event to golden files.
func testSentences(t *testing.T, b *browser) {
	s := certifiedStory(t)
	for _, payload := range seldom() {
		s.Force(payload)
	}
	told := map[events.Type]bool{}
	for _, e := range s.History {
		told[e.Type] = true
	}
	for _, payload := range events.Catalogue() {
		if !told[payload.EventType()] {
			t.Errorf("the story does not tell %s", payload.EventType())
		}
	}
	p := b.open(t, pageOf(t, sealedReport(t, s.History)))
	if got := p.verdict(); got.Verdict != "sound" {
		t.Errorf("%+v", got)
	}
	for _, language := range []string{"zh", "en"} {
		text := eval[string](p, `document.querySelector('button[value=`+language+`]').click(), [...document.querySelectorAll('.entry .what')].map((e) => e.innerText.replaceAll('\n', ' | ')).join('\n') + '\n'`)
		golden(t, "sentences."+language+".txt", text)
	}
}

// seldom are events that the certified story does not have.
func seldom() []events.Payload {
	count := uint64(3)
	return []events.Payload{
		events.TeamChanged{Audit: 1, Add: []events.Member{{Actor: "sun", Role: events.Expert}}, Remove: []events.ID{"wang"}},
		events.AssessmentRecorded{Audit: 1, Clause: "5.3.2.2", Result: events.Nonconforming, Method: events.Visit, Sample: &events.Sample{Size: 20, Nonconforming: &count}, Statement: "走访顾客 20 户"},
		events.FindingWithdrawn{Audit: 1, Finding: "F1"},
		events.DeletionRevoked{Audit: 1, Deletion: "X1"},
		events.SpecialDeductionRevoked{Audit: 1, Special: "S1"},
		events.BonusGranted{Audit: 1, Bonus: "B1"}, events.BonusRevoked{Audit: 1, Bonus: "B1"},
		events.GrantMade{Grant: "G1", Actor: "wu", All: true, From: "2026-12-01", Until: "2026-12-31"},
		events.GrantMade{Grant: "G2", Actor: "wu", Cases: []events.CaseID{decidetest.CaseID}, From: "2026-12-01", Until: "2026-12-31"},
		events.GrantRevoked{Grant: "G1"},
		events.CorrectionReopened{Audit: 1, Finding: "F1", Correction: "C1"},
		events.OutletRecorded{Outlet: "O1", Name: "浦东网点", Kind: events.EntrustedOutlet},
		events.PersonDaysRecorded{Audit: 1, Actor: "li", On: "2026-03-01", Days: "0.5", Outlet: "O1"},
		events.PopulationRecorded{Audit: 1, Population: "P1", Subject: "维修单", Digest: events.DigestOf(nil), Size: 9},
		events.SampleDrawn{Audit: 1, Population: "P1", Draw: 1, Checkpoint: events.CheckpointName{Size: 41, Root: events.DigestOf(nil)}, Items: []uint64{2, 7}},
		events.SchemeRegistered{Scheme: events.SchemeName{ID: "completeness", Version: "1", Digest: events.DigestOf(nil)}, Document: "{}"},
		events.ApprovalRecorded{Approval: "A1", Fields: []events.ID{"01", "03"}, From: "2026-01-01"},
		events.ApprovalEnded{Approval: "A1", Until: "2026-06-30"},
		events.PersonRecorded{Actor: "li", Name: "李"},
		events.QualificationRecorded{Qualification: "Q1", Actor: "li", Kind: events.QualifiedLead, From: "2026-01-01"},
		events.QualificationEnded{Qualification: "Q1", Until: "2026-06-30"},
		events.ParameterSet{Parameter: "late_entry_hours", Value: "48"},
		events.LogContinued{Origin: "ledger.example.org/2025", Key: "k", Checkpoint: "c"},
		events.DocumentRecorded{Document: "licence", Status: events.DocumentMissing},
		events.PenaltyChecked{Register: events.GSXTPenalties, Found: new(bool), Evidence: []events.Evidence{decidetest.Photo}},
		events.PenaltyCleared{Register: events.GSXTPenalties, Evidence: []events.Evidence{decidetest.Photo}},
		events.ContractSigned{Contract: "K1", Number: "HT-1", SignedOn: "2026-03-01", Evidence: []events.Evidence{decidetest.Photo}},
		events.ScopeChanged{Decision: events.ScopeExtended, Scope: "家电和电梯"},
		events.AuditAnnounced{Audit: 1, AnnouncedAt: decidetest.Start},
		events.AppealLodged{Appeal: "A1", Against: 2, Statement: "请复议"},
		events.AppealDecided{Appeal: "A1", Outcome: events.AppealDismissed},
		events.ComplaintLodged{Complaint: "M1", Complainant: "某顾客", Audit: 1, Statement: "未上门"},
		events.ComplaintClosed{Complaint: "M1", Outcome: events.ComplaintSubstantiated},
		events.CaseImported{Organization: events.Organization{Name: "甲公司"}, Scope: "维修", Scheme: events.SchemeName{ID: "gbt27922-2011", Version: "1", Digest: events.DigestOf(nil)}, Source: "公开查询"},
		events.CertificateImported{Number: "71223SC0002R0S", Printed: "五星级", Field: "16", IssuedOn: "2023-02-17", ValidFrom: "2023-02-17", ValidUntil: "2026-02-16", Source: "公开查询"},
		events.StatusImported{Number: "71223SC0002R0S", Status: events.WasWithdrawn, On: "2024-06-26", Source: "公开查询"},
		events.AuditImported{Import: "I1", Kind: events.InitialAudit, StartsOn: "2023-01-30", EndsOn: "2023-01-31", Source: "档案"},
		events.AccreditationOpened{Organization: events.Organization{Name: "某认证公司"}, Scope: "领域 01", From: "2026-01-01", Until: "2026-02-28"},
		events.AccreditationNoted{Note: "N1", Statement: "记录齐全"},
		events.AccreditationViewed{Case: decidetest.CaseID, AsOf: 41},
		events.SelfAssessmentReported{Audit: 1, Purposes: []events.SelfAssessmentPurpose{events.ForManagementReview}, Independence: []events.Independence{{Actor: "chen", Free: new(bool)}},
			Conclusion: events.SelfConformsInPart, Standing: &events.Standing{Final: "95/1", Grade: "five_star", BasisSeq: 9}, Summary: "回访抽样不足"},
		events.CaseClosed{},
	}
}

func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", "report", name)
	if *updateReport {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(mustReadFile(t, path)), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// testScreens: nothing stands out of the screen on the side, and the keyboard reaches what is folded.
func testScreens(t *testing.T, b *browser) {
	p := b.open(t, pageOf(t, reportOf(t, certifiedStory(t))))
	p.verdict()
	eval[any](p, `new Promise((resolve) => {
		const details = document.querySelector('#e680 details');
		details.addEventListener('toggle', resolve, { once: true });
		details.open = true;
	}).then(() => undefined)`)
	for _, width := range []int{1366, 1024, 820, 390} {
		p.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 768, "deviceScaleFactor": 1, "mobile": false}, nil)
		for _, language := range []string{"zh", "en"} {
			p.click("button[value=" + language + "]")
			if got := eval[int](p, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("at %d, %s: %d wide", width, language, got)
			}
		}
	}
	eval[any](p, `document.querySelector('#e30 summary').focus()`)
	for _, kind := range []string{"keyDown", "keyUp"} {
		p.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}, nil)
	}
	if !eval[bool](p, `document.querySelector('#e30 details').open`) {
		t.Error("the enter key opens no entry")
	}
	if unnamed := eval[string](p, `[...document.querySelectorAll('button, textarea, input')].filter((e) => !e.textContent && !e.labels?.length).map((e) => e.outerHTML).join()`); unnamed != "" {
		t.Errorf("without a name: %s", unnamed)
	}
}

// testLong: a case of many entries in a large ledger has its verdict within the patience of a reader.
func testLong(t *testing.T, b *browser) {
	s := certifiedStory(t)
	for i := range 500 {
		s.Force(events.AssessmentRecorded{Audit: 1, Clause: "5.3.2.2", Result: events.Conforming, Statement: events.Text(fmt.Sprintf("第 %d 次", i))})
	}
	p := b.open(t, pageOf(t, sealedReport(t, s.History)))
	if got := p.verdict(); got.Verdict != "sound" {
		t.Errorf("%+v", got)
	}
	t.Logf("%d entries of %d: %s ms from opening to the verdict", len(s.History), 10*len(s.History), eval[string](p, "performance.now().toFixed(0)"))
}
