package api

import "starledger/events"

// importBody marks a case that was imported.
type importBody struct {
	Source events.Text `json:"source"`
	Entry  entryBody   `json:"entry"`
}

func importOf(i *events.Import) *importBody {
	if i == nil {
		return nil
	}
	return &importBody{i.Source, sourceOf(i.Entry)}
}

// historyBody is an audit that was held before the import, as printed.
type historyBody struct {
	Import   events.Label     `json:"import"`
	Kind     events.AuditKind `json:"kind"`
	StartsOn events.Date      `json:"starts_on"`
	EndsOn   events.Date      `json:"ends_on"`
	Score    events.Text      `json:"score,omitzero"`
	Printed  events.Text      `json:"printed,omitzero"`
	Source   events.Text      `json:"source"`
	Entry    entryBody        `json:"entry"`
}

func historyOf(a *events.ImportedAudit) historyBody {
	return historyBody{a.Import, a.Kind, a.StartsOn, a.EndsOn, a.Score, a.Printed, a.Source, sourceOf(a.Entry)}
}

// printedBody marks a certificate that was issued before the import.
type printedBody struct {
	Printed  events.Text `json:"printed,omitzero"` // the grade
	Field    events.ID   `json:"field,omitzero"`
	IssuedOn events.Date `json:"issued_on"`
	Source   events.Text `json:"source"`
}

func printedOf(c *events.CertificateImported) *printedBody {
	if c == nil {
		return nil
	}
	return &printedBody{c.Printed, c.Field, c.IssuedOn, c.Source}
}
