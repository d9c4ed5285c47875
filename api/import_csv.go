package api

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/events/decide"
)

// csvRow is one line of a table: a certificate with what became of it, or an audit. The columns have the
// names of the members, in any order; an empty cell is a member that is not there. Lines that name the same
// organization, scope and scheme are one client.
type csvRow struct {
	Type         string                `json:"type"`
	Organization events.Text           `json:"organization"`
	USCC         events.USCC           `json:"uscc,omitzero"`
	Address      events.Text           `json:"address,omitzero"`
	Scope        events.Text           `json:"scope"`
	Field        events.ID             `json:"field,omitzero"`
	Scheme       decide.SchemeRef      `json:"scheme"`
	Source       events.Text           `json:"source"`
	Number       events.Text           `json:"number,omitzero"`
	Printed      events.Text           `json:"printed,omitzero"`
	Grade        events.ID             `json:"grade,omitzero"`
	IssuedOn     events.Date           `json:"issued_on,omitzero"`
	ValidFrom    events.Date           `json:"valid_from,omitzero"`
	ValidUntil   events.Date           `json:"valid_until,omitzero"`
	Status       events.ImportedStatus `json:"status,omitzero"`
	On           events.Date           `json:"on,omitzero"`
	Kind         events.AuditKind      `json:"kind,omitzero"`
	StartsOn     events.Date           `json:"starts_on,omitzero"`
	EndsOn       events.Date           `json:"ends_on,omitzero"`
	Score        events.Text           `json:"score,omitzero"`
}

// The types of a line, and the columns each has to fill.
var csvRequired = map[string][]string{
	"certificate": {"number", "issued_on", "valid_from", "valid_until"},
	"audit":       {"kind", "starts_on", "ends_on"},
}

// clientsOfTable reads a table in CSV, UTF-8. Every line that cannot be read is told, and then nothing of
// the table is taken.
func clientsOfTable(text []byte) ([]importClient, error) {
	if !utf8.Valid(text) {
		return nil, malformed("csv-malformed", "line", "1")
	}
	table := csv.NewReader(bytes.NewReader(text))
	header, err := table.Read()
	if err != nil {
		return nil, csvProblem(err)
	}
	for i, name := range header {
		if slices.Contains(header[:i], name) {
			return nil, malformed("column-repeated", "column", clip(name))
		}
	}
	var clients []importClient
	broken := &faults{}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return clients, broken.problem()
		}
		if err != nil {
			return nil, csvProblem(err)
		}
		line, _ := table.FieldPos(0)
		place := fmt.Sprintf("/lines/%d", line)
		row, err := rowOfTable(header, cells, place)
		if err != nil {
			broken.add("", err)
			continue
		}
		clients = row.join(clients, place)
	}
}

func csvProblem(err error) error {
	line := 1
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		line = parse.Line
	}
	return malformed("csv-malformed", "line", strconv.Itoa(line))
}

// rowOfTable reads one line: its cells as the members of a body, by the same decoder.
func rowOfTable(header, cells []string, place string) (row csvRow, err error) {
	members := map[string]string{}
	for i, cell := range cells {
		if cell != "" {
			members[header[i]] = cell
		}
	}
	text, err := json.Marshal(members, json.Deterministic(true))
	if err != nil {
		return row, malformed("csv-malformed").at(place)
	}
	if err := decode(text, &row, place); err != nil {
		return row, err
	}
	required, known := csvRequired[row.Type]
	if !known {
		return row, malformed("member-invalid", "expected", "certificate, audit").at(place + "/type")
	}
	if row.Status != "" {
		required = append(slices.Clip(required), "on")
	}
	for _, column := range required {
		if members[column] == "" {
			return row, malformed("member-missing").at(place + "/" + column)
		}
	}
	return row, nil
}

// join adds the line to its client.
func (r *csvRow) join(clients []importClient, place string) []importClient {
	organization := events.Organization{Name: r.Organization, USCC: r.USCC, Address: r.Address}
	at := slices.IndexFunc(clients, func(x importClient) bool {
		return x.Organization.Name == r.Organization && x.Scope == r.Scope && x.Scheme == r.Scheme
	})
	if at < 0 {
		at = len(clients)
		clients = append(clients, importClient{
			Organization: organization, Scope: r.Scope, Field: r.Field, Scheme: r.Scheme, place: place, source: r.Source,
		})
	}
	if r.Type == "audit" {
		clients[at].Audits = append(clients[at].Audits, importedAudit{r.Kind, r.StartsOn, r.EndsOn, r.Score, r.Printed, place, r.Source})
		return clients
	}
	certificate := importedCertificate{
		r.Number, r.Printed, r.Grade, r.Field, r.IssuedOn, r.ValidFrom, r.ValidUntil, nil, place, r.Source,
	}
	if r.Status != "" {
		certificate.Statuses = []importedStatus{{r.Status, r.On, place}}
	}
	clients[at].Certificates = append(clients[at].Certificates, certificate)
	return clients
}
