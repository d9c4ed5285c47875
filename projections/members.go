package projections

import (
	"context"
	"database/sql/driver"

	"starledger/events"
)

// What a person was in a case besides a role in an audit team.
const (
	memberOpened  = "case_officer"   // opened it
	memberReviews = "reviewer"       // reviewed a report of it
	memberDecides = "decision_maker" // made a decision on it
)

// membersModel is who has to do with which case: the teams of its audits, and who opened it, reviewed it and
// decided on it. Somebody who leaves a team gets a row without a role.
var membersModel = readModel{
	name: "members",
	tables: `
CREATE TABLE members (
	actor_no INTEGER NOT NULL, -- names.no
	case_no  INTEGER NOT NULL,
	audit    INTEGER NOT NULL, -- 0 for the case itself
	seq      INTEGER NOT NULL, -- holds from here on, until the next row of the person in the audit
	role     TEXT NOT NULL,    -- '' for leaving the team
	PRIMARY KEY (actor_no, case_no, audit, seq)
) WITHOUT ROWID;`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		for _, j := range joined(m.Stored) {
			actor, err := w.names.of(ctx, string(j.actor))
			if err != nil {
				return err
			}
			row := []driver.Value{-actor.of, int64(m.no), int64(j.audit), int64(m.Seq), j.role}
			if err := w.members.add(ctx, row...); err != nil {
				return err
			}
		}
		return nil
	},
}

// joining is that somebody comes into a case, or leaves a team of it.
type joining struct {
	actor events.ID
	audit uint64
	role  string
}

// joined is who comes and goes with an event, each once: a member who is named again gets the new role.
func joined(e *events.Stored) []joining {
	switch d := e.Data.(type) {
	case events.CaseOpened, events.AccreditationOpened:
		return []joining{{e.ActorID, 0, memberOpened}}
	case events.AuditPlanned:
		return changedTeam(d.Audit, d.Team, nil)
	case events.TeamChanged:
		return changedTeam(d.Audit, d.Add, d.Remove)
	case events.AuditReviewed:
		return []joining{{e.ActorID, d.Audit, memberReviews}}
	case events.DecisionMade:
		return []joining{{e.ActorID, d.Audit, memberDecides}}
	}
	return nil
}

func changedTeam(audit uint64, add []events.Member, remove []events.ID) []joining {
	var list []joining
	seen := map[events.ID]bool{}
	put := func(actor events.ID, role string) {
		if !seen[actor] {
			seen[actor], list = true, append(list, joining{actor, audit, role})
		}
	}
	for _, m := range add {
		put(m.Actor, string(m.Role))
	}
	for _, actor := range remove {
		put(actor, "")
	}
	return list
}

// actorNumber takes the name of an actor; no number is equal to that of a name that never came up.
const actorNumber = "(SELECT no FROM names WHERE name = ?)"

// memberOf restricts a query to the cases that somebody has to do with at a sequence.
func (s *selection) memberOf(column string, actor events.ID, seq int64) {
	if actor == "" {
		return
	}
	s.and(column+` IN (SELECT m.case_no FROM members m
		WHERE m.actor_no = `+actorNumber+` AND m.seq <= ? AND m.role <> '' AND NOT EXISTS (SELECT 1 FROM members l
			WHERE l.actor_no = m.actor_no AND l.case_no = m.case_no AND l.audit = m.audit AND l.role = '' AND l.seq > m.seq AND l.seq <= ?))`,
		string(actor), seq, seq)
}
