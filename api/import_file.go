package api

import (
	"bytes"
	"cmp"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"starledger/events"
	"starledger/events/decide"
)

// importFile is what POST /v1/imports takes as JSON; a table in CSV is read into the same (import_csv.go).
type importFile struct {
	Source  events.Text    `json:"source"`
	Clients []importClient `json:"clients"`
}

// importClient is an existing client with what was kept of it. Each becomes a case of its own.
type importClient struct {
	Organization events.Organization   `json:"organization"`
	Scope        events.Text           `json:"scope"`
	Field        events.ID             `json:"field,omitzero"`
	Scheme       decide.SchemeRef      `json:"scheme"`
	Certificates []importedCertificate `json:"certificates,omitzero"`
	Audits       []importedAudit       `json:"audits,omitzero"`

	place  string // in the file: /clients/0, or /lines/2
	source events.Text
}

type importedCertificate struct {
	Number     events.Text      `json:"number"`
	Printed    events.Text      `json:"printed,omitzero"`
	Grade      events.ID        `json:"grade,omitzero"`
	Field      events.ID        `json:"field,omitzero"`
	IssuedOn   events.Date      `json:"issued_on"`
	ValidFrom  events.Date      `json:"valid_from"`
	ValidUntil events.Date      `json:"valid_until"`
	Statuses   []importedStatus `json:"statuses,omitzero"`

	place  string
	source events.Text
}

type importedStatus struct {
	Status events.ImportedStatus `json:"status"`
	On     events.Date           `json:"on"`

	place string
}

type importedAudit struct {
	Kind     events.AuditKind `json:"kind"`
	StartsOn events.Date      `json:"starts_on"`
	EndsOn   events.Date      `json:"ends_on"`
	Score    events.Text      `json:"score,omitzero"`
	Printed  events.Text      `json:"printed,omitzero"`

	place  string
	source events.Text
}

// maxClients bounds an import, as a batch bounds its commands.
const maxClients = 500

// readImport reads the body of an import whole, and tells whether it is CSV.
func readImport(w http.ResponseWriter, r *http.Request) (body []byte, table bool, err error) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && mediaType == "text/csv" && !encoded(r.Header) {
		body, err = readBody(w, r, MaxBody)
		return body, true, err
	}
	body, err = readJSON(w, r)
	return body, false, err
}

// clientsOf reads the clients of a file.
func clientsOf(body []byte, table bool) ([]importClient, error) {
	var file importFile
	if table {
		clients, err := clientsOfTable(bytes.TrimPrefix(body, []byte(byteOrderMark)))
		if err != nil {
			return nil, err
		}
		file.Clients = clients
	} else {
		if err := decode(body, &file, ""); err != nil {
			return nil, err
		}
		file.settle()
	}
	return file.Clients, bounded(file.Clients)
}

// bounded refuses what is too much for one import, or nothing.
func bounded(clients []importClient) error {
	if len(clients) == 0 {
		return malformed("import-empty")
	}
	if len(clients) > maxClients {
		return malformed("too-many-clients", "most", strconv.Itoa(maxClients))
	}
	for i := range clients {
		x := &clients[i]
		told := len(x.Certificates) + len(x.Audits)
		for _, k := range x.Certificates {
			told += len(k.Statuses)
		}
		switch {
		case told == 0:
			return malformed("import-empty").at(x.place)
		case told >= MaxCommands: // and its opening
			return malformed("too-many-commands", "most", strconv.Itoa(MaxCommands)).at(x.place)
		}
	}
	return nil
}

// settle notes for everything where it stands in the file and where it comes from.
func (f *importFile) settle() {
	for i := range f.Clients {
		x := &f.Clients[i]
		x.place, x.source = fmt.Sprintf("/clients/%d", i), f.Source
		for j := range x.Certificates {
			k := &x.Certificates[j]
			k.place, k.source = fmt.Sprintf("%s/certificates/%d", x.place, j), f.Source
			for n := range k.Statuses {
				k.Statuses[n].place = fmt.Sprintf("%s/statuses/%d", k.place, n)
			}
		}
		for j := range x.Audits {
			x.Audits[j].place, x.Audits[j].source = fmt.Sprintf("%s/audits/%d", x.place, j), f.Source
		}
	}
}

// A placed is a command of an import, with where it stands in the file and the day it happened.
type placed struct {
	entry
	place string
	on    events.Date
	order int // of what happened on one day: an audit, the certificate on it, what became of that
}

// commands are those of a client in the order in which they happened; the case begins with the first.
func (x *importClient) commands() []placed {
	var list []placed
	add := func(place string, on events.Date, order int, cmd decide.Command) {
		list = append(list, placed{entry{command: importClients, cmd: cmd}, place, on, order})
	}
	for _, a := range x.Audits {
		add(a.place, a.EndsOn, 0, &decide.ImportAudit{Common: happenedOn(a.EndsOn), AuditImported: events.AuditImported{
			Kind: a.Kind, StartsOn: a.StartsOn, EndsOn: a.EndsOn, Score: a.Score, Printed: a.Printed, Source: a.source,
		}})
	}
	for _, k := range x.Certificates {
		add(k.place, k.IssuedOn, 1, &decide.ImportCertificate{Common: happenedOn(k.IssuedOn), CertificateImported: events.CertificateImported{
			Number: k.Number, Printed: k.Printed, Grade: k.Grade, Field: cmp.Or(k.Field, x.Field),
			IssuedOn: k.IssuedOn, ValidFrom: k.ValidFrom, ValidUntil: k.ValidUntil, Source: k.source,
		}})
		for _, status := range k.Statuses {
			add(status.place, max(status.On, k.IssuedOn), 2, &decide.ImportStatus{Common: happenedOn(status.On), StatusImported: events.StatusImported{
				Number: k.Number, Status: status.Status, On: status.On, Source: k.source,
			}})
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Or(cmp.Compare(a.on, b.on), cmp.Compare(a.order, b.order)) })
	opening := &decide.ImportCase{
		Common: happenedOn(list[0].on), Organization: x.Organization, Scope: x.Scope, Field: x.Field, Scheme: x.Scheme, Source: x.source,
	}
	return slices.Insert(list, 0, placed{entry{command: importClients, cmd: opening}, x.place, list[0].on, 0})
}

// happenedOn is the beginning of a day in Shanghai: a status holds from that day on.
func happenedOn(day events.Date) decide.Common {
	at := decide.Timestamp(day.Start())
	return decide.Common{EffectiveAt: &at}
}
