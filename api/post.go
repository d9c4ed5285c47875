package api

import (
	"context"
	"net/http"

	"starledger/events"
	"starledger/events/decide"
)

// A posting is one request that writes events of one case: a command, or the commands of a batch.
type posting struct {
	actor   *Actor
	into    events.CaseID
	key     events.Key
	digest  events.Digest
	seen    *uint64 // If-Match
	dryRun  bool
	wait    string // what the answer waits for: sealed, witnessed, "" for nothing
	opening bool
	batch   bool
	entries []entry
	// bad is what is wrong with the body. It is told only after the key was judged.
	bad error
}

// An entry is one command of a posting.
type entry struct {
	command
	parts
	cmd decide.Command
}

// postCommand answers one command inside a case.
func (s *Server) postCommand(w http.ResponseWriter, c *call, to command) error {
	id, err := c.caseID()
	if err != nil {
		return err
	}
	return s.post(w, c, id, to)
}

// postGrant and postGrantRevocation write to the access case, which nobody reads as a case.
func (s *Server) postGrant(w http.ResponseWriter, c *call) error {
	return s.post(w, c, events.Access, makeGrant)
}

func (s *Server) postGrantRevocation(w http.ResponseWriter, c *call) error {
	return s.post(w, c, events.Access, revokeGrant)
}

func (s *Server) post(w http.ResponseWriter, c *call, into events.CaseID, to command) error {
	p, body, err := s.posting(w, c, into)
	if err != nil {
		return err
	}
	one := entry{command: to}
	if one.parts, err = partsOf(c.parts()); err != nil {
		return err
	}
	one.cmd = to.blank(one.parts)
	p.bad = decode(body, one.cmd, "")
	p.entries = []entry{one}
	return s.answer(w, c, p)
}

// posting reads what every posting has: the body, the key (not for a dry run) and If-Match.
func (s *Server) posting(w http.ResponseWriter, c *call, into events.CaseID) (p *posting, body []byte, err error) {
	p = &posting{actor: c.actor, into: into}
	if body, err = readJSON(w, c.Request); err != nil {
		return nil, nil, err
	}
	if p.dryRun, err = dryRunOf(c.query); err != nil {
		return nil, nil, err
	}
	if p.wait, err = s.waitOf(c.query, p.dryRun); err != nil {
		return nil, nil, err
	}
	if !p.dryRun {
		if p.key, err = keyOf(c.Header); err != nil {
			return nil, nil, err
		}
	}
	p.digest = requestDigest(c.Request, body)
	p.seen, err = ifMatchOf(c.Header)
	return p, body, err
}

// answer writes what the posting came to.
func (s *Server) answer(w http.ResponseWriter, c *call, p *posting) error {
	if p.dryRun {
		return s.rehearse(w, c, p)
	}
	o, err := s.commitAlone(c.Context(), p)
	if err != nil {
		return err
	}
	s.urge(o)
	return s.writeOutcome(w, c, p, o)
}

// commitAlone commits under the lock of the case, which is free again before anybody waits for a seal.
func (s *Server) commitAlone(ctx context.Context, p *posting) (*outcome, error) {
	release, err := s.posters.acquire(ctx, string(p.into))
	if err != nil {
		return nil, err
	}
	defer release()
	leave, err := s.enterRegistry(ctx, p)
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.commit(ctx, p)
}

// enterRegistry keeps the registry as it is until the event is stored, if p rests on what it says. Whoever
// opens a case or plans an audit does so beside others. A decision and a certificate rest also on what those
// before said, such as the numbers that are taken, and go one after the other. The caller holds the lock of
// the case.
func (s *Server) enterRegistry(ctx context.Context, p *posting) (leave func(), err error) {
	switch {
	case p.into == events.Registry:
		return s.registering.alone(ctx)
	case !p.restsOnRegistry():
		return func() {}, nil
	case p.restsOnRegistryAlone():
		return s.registering.pass(ctx)
	}
	release, err := s.posters.acquire(ctx, string(events.Registry))
	if err != nil {
		return nil, err
	}
	open, err := s.registering.alone(ctx)
	if err != nil {
		release()
		return nil, err
	}
	return func() { open(); release() }, nil
}
