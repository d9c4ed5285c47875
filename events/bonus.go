package events

// BonusGranted adds one point for service ahead of law and industry (特别加分项; R8; 001 note).
type BonusGranted struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the bonus in the audit, B1, B2, …
	Bonus Number `json:"bonus"`
}

// EventType is starledger.bonus.granted.v1.
func (BonusGranted) EventType() Type { return "starledger.bonus.granted.v1" }

// Bonus is a bonus as it stands.
type Bonus struct {
	Entry
	BonusGranted
	Revoked *Entry
}

// Reward is the bonus with this number; nil when there is none.
func (a *Audit) Reward(number Number) *Bonus {
	return find(a.Bonuses, func(b *Bonus) bool { return b.BonusGranted.Bonus == number })
}

func (d BonusGranted) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Bonuses = append(a.Bonuses, Bonus{Entry: entryOf(e), BonusGranted: d})
	return nil
}

// BonusRevoked takes a bonus back.
type BonusRevoked struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the bonus.
	Bonus Number `json:"bonus"`
}

// EventType is starledger.bonus.revoked.v1.
func (BonusRevoked) EventType() Type { return "starledger.bonus.revoked.v1" }

func (d BonusRevoked) apply(c *Case, e *Stored) error {
	bonus, err := within(c, d.Audit, d.Bonus, (*Audit).Reward)
	if err != nil {
		return err
	}
	revoked := entryOf(e)
	bonus.Revoked = &revoked
	return nil
}
