package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"starledger/events"
	"starledger/events/decide"
)

// importClients governs imports; the commands have no routes of their own.
var importClients = command{"", "importClients", func(parts) decide.Command { return &decide.ImportCase{} }}

// importedBody is what came, or would come, of one client.
type importedBody struct {
	Case         events.CaseID `json:"case,omitzero"`
	Seq          uint64        `json:"seq,omitzero"` // of its first event
	Events       int           `json:"events"`
	Organization events.Text   `json:"organization"`
	Certificates []events.Text `json:"certificates"`
	Audits       int           `json:"audits"`
	Warnings     []warningBody `json:"warnings"`
}

// postImport takes a file of existing clients, all of it or nothing. Each client becomes a case, and a case
// is the unit that is appended at once, so all-or-nothing is kept in two steps: first everything is
// decided, without writing, and one broken line refuses the file; then the cases are written one after the
// other, each at once. What can still stop the second step is the server itself. Then the same request
// under the same key goes on where it stopped: each case is found by a key made of the file's key and the
// client's place. Until that is done nobody has an answer that says it was.
func (s *Server) postImport(w http.ResponseWriter, c *call) error {
	body, table, err := readImport(w, c.Request)
	if err != nil {
		return err
	}
	base := &posting{actor: c.actor, opening: true, batch: true, digest: requestDigest(c.Request, body)}
	if base.dryRun, err = dryRunOf(c.query); err != nil {
		return err
	}
	if !base.dryRun {
		if base.key, err = keyOf(c.Header); err != nil {
			return err
		}
		release, err := s.posters.acquire(c.Context(), "import")
		if err != nil {
			return err
		}
		defer release()
		if err := s.sameImport(c.Context(), base); err != nil {
			return err
		}
	}
	if _, err := s.court.allow(c.actor, importClients.name, target{}); err != nil {
		return err
	}
	clients, err := clientsOf(body, table)
	if err != nil {
		return err
	}
	if err := s.consult(c.Context()); err != nil {
		return err
	}
	postings, err := s.judgeImport(c.Context(), base, clients)
	if err != nil {
		return err
	}
	if base.dryRun {
		return s.previewImport(w, c, postings)
	}
	return s.writeImport(w, c, postings)
}

// clientPosting is the posting of one client.
type clientPosting struct {
	*posting
	client *importClient
	places []string         // of its entries in the file
	judged []*events.Stored // nil when it was written before
}

// keyed is the posting of the client at a place in the file, without its entries.
func (p *posting) keyed(place int) *posting {
	of := *p
	sum := sha256.Sum256([]byte(p.key))
	of.key = events.Key(fmt.Sprintf("import-%s-%d", hex.EncodeToString(sum[:16]), place))
	return &of
}

// sameImport refuses a key under which another file was imported.
func (s *Server) sameImport(ctx context.Context, base *posting) error {
	first := base.keyed(0)
	into, err := s.openedUnder(ctx, first)
	if err != nil || into == "" {
		return err
	}
	h, err := s.history(ctx, into, s.views.History)
	if err != nil {
		return err
	}
	_, err = s.replay(ctx, first, into, h.Keyed(first.actor.ID, first.key))
	return err
}

// judgeImport decides every client that was not written before, and tells everything that is wrong.
func (s *Server) judgeImport(ctx context.Context, base *posting, clients []importClient) ([]clientPosting, error) {
	broken := &faults{}
	postings := make([]clientPosting, len(clients))
	var fresh []*importClient
	for i := range clients {
		p := clientPosting{posting: base.keyed(i), client: &clients[i]}
		for _, each := range clients[i].commands() {
			p.entries, p.places = append(p.entries, each.entry), append(p.places, each.place)
		}
		var err error
		if !base.dryRun {
			if p.into, err = s.openedUnder(ctx, p.posting); err != nil {
				return nil, err
			}
		}
		if p.into == "" {
			fresh = append(fresh, p.client)
			if p.into, err = s.newCaseID(); err != nil {
				return nil, err
			}
			if p.judged, err = s.judgeClient(&p, broken); err != nil {
				return nil, err
			}
		}
		postings[i] = p
	}
	if err := s.unknownNumbers(ctx, fresh, broken); err != nil {
		return nil, err
	}
	return postings, broken.problem()
}

// judgeClient decides the events of one client. The first that is refused is told with its place; what
// comes after it may only follow from that.
func (s *Server) judgeClient(p *clientPosting, broken *faults) ([]*events.Stored, error) {
	of, now := events.NewCase(p.into), events.InstantOf(s.clock())
	stored := make([]*events.Stored, 0, len(p.entries))
	for i := range p.entries {
		e, err := s.decideOne(of, p.posting, i, now)
		if err == nil {
			err = of.Follow(e)
		}
		if err != nil {
			if problem := problemOf(err); problem.Status >= http.StatusInternalServerError || problem.Status == http.StatusForbidden {
				return nil, err
			}
			broken.add(p.places[i], err)
			return nil, nil
		}
		stored = append(stored, e)
	}
	return stored, nil
}

// unknownNumbers refuses certificates that the ledger has already, or the file twice: the commonest mistake
// with imports is to import again.
func (s *Server) unknownNumbers(ctx context.Context, clients []*importClient, broken *faults) error {
	var numbers []events.CertificateNumber
	for _, x := range clients {
		for _, k := range x.Certificates {
			numbers = append(numbers, events.CertificateNumber(k.Number))
		}
	}
	known, err := s.views.KnownCertificates(ctx, numbers)
	if err != nil {
		return err
	}
	for _, x := range clients {
		for _, k := range x.Certificates {
			if number := events.CertificateNumber(k.Number); known[number] {
				broken.add(k.place, refuse(http.StatusConflict, decide.CertificateKnown, "certificate", string(number)).at("/number"))
			} else {
				known[number] = true
			}
		}
	}
	return nil
}

// previewImport tells what would be written.
func (s *Server) previewImport(w http.ResponseWriter, c *call, postings []clientPosting) error {
	items := make([]importedBody, len(postings))
	for i := range postings {
		var err error
		if items[i], err = s.importedOf(c.Context(), postings[i].judged, c.language); err != nil {
			return err
		}
		items[i].Case = "" // another one when it is written
	}
	return writeJSON(w, http.StatusOK, list[importedBody]{Items: items})
}

// writeImport writes the clients that are not there yet, in the order of the file.
func (s *Server) writeImport(w http.ResponseWriter, c *call, postings []clientPosting) error {
	items, replayed := make([]importedBody, len(postings)), true
	for i := range postings {
		o, err := s.commitAlone(c.Context(), postings[i].posting)
		if err != nil {
			return fmt.Errorf("import client %d: %w", i, err)
		}
		replayed = replayed && o.replayed
		if items[i], err = s.importedOf(c.Context(), o.stored, c.language); err != nil {
			return err
		}
	}
	if replayed {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	return writeJSON(w, http.StatusCreated, list[importedBody]{Items: items})
}

// importedOf sums up the events of one client.
func (s *Server) importedOf(ctx context.Context, stored []*events.Stored, in language) (importedBody, error) {
	body := importedBody{
		Case: stored[0].Subject, Seq: stored[0].Seq, Events: len(stored), Certificates: []events.Text{}, Warnings: []warningBody{},
	}
	ground, err := s.ground(ctx, stored)
	if err != nil {
		return body, err
	}
	of := events.NewCase(stored[0].Subject)
	for _, e := range stored {
		body.Warnings = append(body.Warnings, warningsOf(ground, of, e, in)...)
		if err := of.Follow(e); err != nil {
			return body, fmt.Errorf("fold case %s: %w", of.ID, err)
		}
		switch d := e.Data.(type) {
		case events.CaseImported:
			body.Organization = d.Organization.Name
		case events.CertificateImported:
			body.Certificates = append(body.Certificates, d.Number)
		case events.AuditImported:
			body.Audits++
		}
	}
	return body, nil
}

// faults gather what is wrong with the lines of a file.
type faults struct {
	list  []Fault
	count int
}

// mostFaults bounds what is told of one file.
const mostFaults = 100

// add notes a refusal; its pointers are seen from place.
func (f *faults) add(place string, err error) {
	f.count++
	if len(f.list) >= mostFaults {
		return
	}
	problem := problemOf(err)
	for _, fault := range problem.Errors {
		fault.Pointer = place + fault.Pointer
		f.list = append(f.list, fault)
	}
	if len(problem.Errors) == 0 {
		f.list = append(f.list, Fault{place, problem.Code, problem.Args})
	}
}

// problem is nil when nothing is wrong.
func (f *faults) problem() error {
	if f.count == 0 {
		return nil
	}
	first := strings.TrimPrefix(f.list[0].Pointer, "/lines/")
	line, _, _ := strings.Cut(first, "/")
	if first == f.list[0].Pointer {
		line = first
	}
	p := refuse(http.StatusUnprocessableEntity, "import-refused", "count", fmt.Sprint(f.count), "line", line)
	p.Errors = f.list
	return p
}
