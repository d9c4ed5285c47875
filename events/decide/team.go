package decide

import (
	"slices"

	"starledger/events"
)

// Rules of the team:
//
//  1. A change adds or removes somebody, and nobody is named twice.
//  2. Who is removed is in the team; who is added does not already hold that role.
//  3. Afterwards the team has exactly one lead.
//  4. The report settles who was in the team (TIME-03); who reviewed or decided does not join it
//     (SOD-01, SOD-02).

// ChangeTeam is POST …/audits/{audit}/team.
type ChangeTeam struct {
	Reasoned
	Audit uint64 `json:"-"`
	// Who joins; a member who is named again gets the new role.
	Add []events.Member `json:"add,omitzero"`
	// Who leaves.
	Remove []events.ID `json:"remove,omitzero"`
}

func (t *ChangeTeam) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(t.Audit)
	if err != nil {
		return nil, err
	}
	if len(t.Add)+len(t.Remove) == 0 {
		return nil, refuse(Broken, NothingChanges)
	}
	if err := t.leaves(a); err != nil {
		return nil, err
	}
	if err := t.joins(a); err != nil {
		return nil, err
	}
	changed := events.TeamChanged{Audit: t.Audit, Add: t.Add, Remove: t.Remove}
	imagined, err := s.imagine(changed)
	if err != nil {
		return nil, err
	}
	return changed, wellFormed(imagined.Audit(t.Audit).Team, "")
}

func (t *ChangeTeam) leaves(a *events.Audit) error {
	for i, actor := range t.Remove {
		added := slices.ContainsFunc(t.Add, func(m events.Member) bool { return m.Actor == actor })
		switch {
		case a.RoleInTeam(actor) == "":
			return refuse(Broken, NotAMember).at("/remove/%d", i).with("actor", actor)
		case added || slices.Contains(t.Remove[:i], actor):
			return refuse(Broken, DuplicateMember).at("/remove/%d", i).with("actor", actor)
		}
	}
	return nil
}

func (t *ChangeTeam) joins(a *events.Audit) error {
	for i, m := range t.Add {
		switch {
		case named(t.Add[:i], m.Actor):
			return refuse(Broken, DuplicateMember).at("/add/%d/actor", i).with("actor", m.Actor)
		case a.RoleInTeam(m.Actor) == m.Role:
			return refuse(Standing, MemberStands).at("/add/%d", i).with("actor", m.Actor).with("role", m.Role)
		}
	}
	return nil
}

func named(team []events.Member, actor events.ID) bool {
	return slices.ContainsFunc(team, func(m events.Member) bool { return m.Actor == actor })
}

// wellFormed tells whether a team has one lead and nobody twice; pointer is the member that lists it.
func wellFormed(team []events.Member, pointer string) error {
	leads := 0
	for i, m := range team {
		if m.Role == events.Lead {
			leads++
		}
		if named(team[:i], m.Actor) {
			return refuse(Broken, DuplicateMember).at("%s/%d/actor", pointer, i).with("actor", m.Actor)
		}
	}
	if leads != 1 {
		return refuse(Broken, OneLead).at("%s", pointer).with("leads", leads)
	}
	return nil
}
