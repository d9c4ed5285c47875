package api

import (
	"errors"
	"fmt"
	"strings"

	"starledger/events"
	"starledger/events/decide"
	"starledger/schemas"
)

// decideAll makes the events of p, each decided on the case as the ones before it leave it. They
// have no sequence yet. of is shared and is not changed.
func (s *Server) decideAll(of *events.Case, p *posting) ([]*events.Stored, error) {
	now := max(events.InstantOf(s.clock()), of.Head.Time)
	if len(p.entries) > 1 {
		of = of.Clone()
	}
	stored := make([]*events.Stored, len(p.entries))
	for i := range p.entries {
		e, err := s.decideOne(of, p, i, now)
		if err == nil && len(p.entries) > 1 {
			err = of.Follow(e)
		}
		if err != nil && p.batch {
			err = indexed(err, "/commands", i)
		}
		if err != nil {
			return nil, err
		}
		stored[i] = e
	}
	return stored, nil
}

// decideOne judges who may and what may, and writes down the event.
func (s *Server) decideOne(of *events.Case, p *posting, i int, now events.Instant) (*events.Stored, error) {
	e := p.entries[i]
	var audit *events.Audit
	if e.audit != 0 {
		if audit = of.Audit(e.audit); audit == nil {
			return nil, noAudit()
		}
	}
	role, err := s.court.allow(p.actor, e.name, targetOf(of, audit))
	if err != nil {
		return nil, restingOn(err, of)
	}
	verdict, err := decide.Decide(of, e.cmd, s.setting(p.actor, role, now))
	if err != nil {
		return nil, err
	}
	event, err := s.stamp(of, verdict, now)
	if err != nil {
		return nil, fmt.Errorf("stamp an event of case %s: %w", of.ID, err)
	}
	event.ActorID, event.ActorRole = p.actor.ID, events.ID(role)
	if !p.dryRun {
		event.IdempotencyKey, event.RequestDigest = p.key, p.digest
	}
	if p.batch {
		event.BatchIndex, event.BatchCount = uint64(i), uint64(len(p.entries))
	}
	return events.Encode(event)
}

// serviceManagers is the policy that keeps service managers out of certifications.
const serviceManagers = "SOD-03"

// restingOn names the entry that a denial rests on, where a policy knows of one: that the case is a certification.
func restingOn(err error, of *events.Case) error {
	var denial *Problem
	if errors.As(err, &denial) && denial.Policy == serviceManagers && of.Opened.Seq > 0 {
		denial.Entries = []uint64{of.Opened.Seq}
	}
	return err
}

func (s *Server) setting(a *Actor, role Role, now events.Instant) decide.Setting {
	return decide.Setting{
		Actor: a.ID, Role: events.ID(role), Organization: string(a.Organization), Now: now,
		Schemes: s.book(), Registry: s.registry(), Attachment: s.evidence(a), Body: s.body,
	}
}

// stamp gives the verdict the attributes that depend on the case and the moment.
func (s *Server) stamp(of *events.Case, v *decide.Verdict, now events.Instant) (event events.Event, err error) {
	_, schema, known := schemas.Event(string(v.Data.EventType()))
	if !known {
		return event, fmt.Errorf("%s has no schema", v.Data.EventType())
	}
	event = events.Event{Data: v.Data, Attributes: events.Attributes{
		Source: s.source, Subject: of.ID, Time: now, DataSchema: events.Digest(schema),
		CaseSeq: of.Head.CaseSeq + 1, PrevDigest: events.PrevDigest(of.Head.Digest), EffectiveTime: v.Effective,
		OnBehalfOf: v.OnBehalfOf, Reason: v.Reason, Note: v.Note,
	}}
	if of.Head.CaseSeq == 0 {
		event.PrevDigest = events.NoDigest
		salt, err := events.RandomText(s.random, 32)
		if err != nil {
			return event, err
		}
		event.CaseSalt = events.Random32(salt)
	}
	nonce, err := events.RandomText(s.random, 16)
	if err != nil {
		return event, err
	}
	id, err := s.ids.Next(now.Time())
	event.ID, event.Nonce = events.EventID(id), events.Random16(nonce)
	return event, err
}

// indexed adds to a refusal which command of a list it is about; the list stands at a pointer.
func indexed(err error, list string, i int) error {
	problem := problemOf(err)
	if problem.Code == codeInternal {
		return err
	}
	told := *problem
	told.Index, told.Errors = &i, nil
	for _, fault := range problem.Errors {
		if strings.HasPrefix(fault.Pointer, "/") {
			fault.Pointer = fmt.Sprintf("%s/%d/body%s", list, i, fault.Pointer)
		}
		told.Errors = append(told.Errors, fault)
	}
	return &told
}
