package decide

import "starledger/events"

// Rules of a bonus (R8):
//
//  1. There are at most as many as the scheme allows.
//  2. It is revoked once.
//  3. Granted and revoked not after the report (TIME-03).

// GrantBonus is POST …/audits/{audit}/bonuses.
type GrantBonus struct {
	Reasoned
	Audit uint64 `json:"-"`
}

// RevokeBonus is POST …/bonuses/{bonus}/revocation.
type RevokeBonus struct {
	Reasoned
	Audit uint64        `json:"-"`
	Bonus events.Number `json:"-"`
}

func (g *GrantBonus) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(g.Audit)
	if err != nil {
		return nil, err
	}
	scheme, err := s.scheme(a)
	if err != nil {
		return nil, err
	}
	var standing []events.Entry
	for _, b := range a.Bonuses {
		if b.Revoked == nil {
			standing = append(standing, b.Entry)
		}
	}
	if len(standing) >= scheme.Bonus.Max {
		return nil, refuse(Standing, BonusLimit).with("most", scheme.Bonus.Max).under("R8").since(standing...)
	}
	number := next('B', a.Bonuses, func(x *events.Bonus) events.Number { return x.BonusGranted.Bonus })
	return events.BonusGranted{Audit: g.Audit, Bonus: number}, nil
}

func (r *RevokeBonus) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	b := a.Reward(r.Bonus)
	switch {
	case b == nil:
		return nil, refuse(NotFound, UnknownBonus).with("bonus", r.Bonus)
	case b.Revoked != nil:
		return nil, refuse(Standing, BonusRevoked).with("bonus", r.Bonus).since(*b.Revoked)
	}
	s.follows(b.Entry)
	return events.BonusRevoked{Audit: r.Audit, Bonus: r.Bonus}, nil
}
