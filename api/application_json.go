package api

import (
	"net/http"

	"starledger/events"
	"starledger/events/checks"
)

// documentKindBody is a kind of application document that the sources ask for.
type documentKindBody struct {
	Document    events.ID      `json:"document"`
	Name        checks.Wording `json:"name"`
	Source      string         `json:"source"`
	Conditional bool           `json:"conditional"`
}

// listDocumentKinds shows the list of application documents, to anybody: it is the rule.
func (s *Server) listDocumentKinds(w http.ResponseWriter, c *call) error {
	return writePage(w, c, mapped(checks.Documents, func(k *checks.DocumentKind) documentKindBody {
		return documentKindBody{k.ID, k.Name, k.Source, k.Conditional}
	}), 0)
}

// documentsListBody shows how complete an application is: every document of the list, whether anything was
// recorded of it or not.
type documentsListBody struct {
	Complete    bool           `json:"complete"`
	Outstanding []string       `json:"outstanding"`
	Items       []documentBody `json:"items"`
}

type documentBody struct {
	Document events.ID             `json:"document"`
	Name     checks.Wording        `json:"name"`
	Status   events.DocumentStatus `json:"status,omitzero"`
	Evidence []events.Evidence     `json:"evidence,omitzero"`
	Entry    *entryBody            `json:"entry,omitzero"`
}

// documentsListOf is nil where no list is kept: in internal cases, and while nothing was recorded.
func documentsListOf(c *events.Case) *documentsListBody {
	if len(c.Documents) == 0 {
		return nil
	}
	outstanding := checks.Outstanding(c)
	if outstanding == nil {
		outstanding = []string{}
	}
	return &documentsListBody{len(outstanding) == 0, outstanding, mapped(checks.Documents, func(k *checks.DocumentKind) documentBody {
		body := documentBody{Document: k.ID, Name: k.Name}
		if d := c.Document(k.ID); d != nil {
			body.Status, body.Evidence, body.Entry = d.Status, d.Evidence, sourceIf(&d.Entry)
		}
		return body
	})}
}

// penaltyBody shows what a public register held about the applicant.
type penaltyBody struct {
	Register  events.PenaltyRegister `json:"register"`
	Found     bool                   `json:"found"`
	Statement events.Text            `json:"statement,omitzero"`
	Evidence  []events.Evidence      `json:"evidence"`
	Entry     entryBody              `json:"entry"`
	Cleared   *clearanceBody         `json:"cleared,omitzero"`
}

type clearanceBody struct {
	Evidence []events.Evidence `json:"evidence"`
	Entry    entryBody         `json:"entry"`
}

func penaltyOf(p *events.Penalty) penaltyBody {
	body := penaltyBody{p.Register, *p.Found, p.Statement, p.PenaltyChecked.Evidence, sourceOf(p.Entry), nil}
	if x := p.Cleared; x != nil {
		body.Cleared = &clearanceBody{x.Evidence, sourceOf(x.Entry)}
	}
	return body
}

type contractBody struct {
	Contract events.Label      `json:"contract"`
	Number   events.Text       `json:"number,omitzero"`
	SignedOn events.Date       `json:"signed_on"`
	Evidence []events.Evidence `json:"evidence"`
	Entry    entryBody         `json:"entry"`
}

func contractOf(k *events.Contract) contractBody {
	return contractBody{k.ContractSigned.Contract, k.Number, k.SignedOn, k.Evidence, sourceOf(k.Entry)}
}
