package api

import "starledger/events"

// findingBody shows a finding; corrected means that a correction was verified and accepted.
type findingBody struct {
	Finding   events.Number          `json:"finding"`
	Clause    events.Clause          `json:"clause"`
	Category  events.FindingCategory `json:"category"`
	Severity  events.Severity        `json:"severity,omitzero"`
	Statement events.Text            `json:"statement"`
	Evidence  []events.Evidence      `json:"evidence,omitzero"`
	Corrected bool                   `json:"corrected"`
	Entry     entryBody              `json:"entry"`
	Withdrawn *entryBody             `json:"withdrawn,omitzero"`
}

func findingsOf(a *events.Audit) []findingBody {
	return mapped(a.Findings, func(f *events.Finding) findingBody {
		return findingBody{
			f.Finding, f.Clause, f.Category, f.Severity, f.Statement, f.Evidence,
			a.Corrected(f.Finding), sourceOf(f.Entry), sourceIf(f.Withdrawn),
		}
	})
}

// correctionBody shows what the organization did about a finding, and what became of it.
type correctionBody struct {
	Correction   events.Number     `json:"correction"`
	Finding      events.Number     `json:"finding"`
	Statement    events.Text       `json:"statement"`
	Evidence     []events.Evidence `json:"evidence,omitzero"`
	Entry        entryBody         `json:"entry"`
	Verification *verificationBody `json:"verification,omitzero"`
	Reopened     *entryBody        `json:"reopened,omitzero"`
}

type verificationBody struct {
	Outcome events.CorrectionOutcome `json:"outcome"`
	Entry   entryBody                `json:"entry"`
}

func correctionOf(x *events.Correction) correctionBody {
	body := correctionBody{
		Correction: x.CorrectionSubmitted.Correction, Finding: x.Finding, Statement: x.Statement,
		Evidence: x.Evidence, Entry: sourceOf(x.Entry), Reopened: sourceIf(x.Reopened),
	}
	if v := x.Verified; v != nil {
		body.Verification = &verificationBody{v.Outcome, sourceOf(v.Entry)}
	}
	return body
}
