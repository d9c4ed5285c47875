package events

// DeletionGranted rules a clause not applicable (删减): its points leave numerator and denominator
// (R5; 000 6.1.2 b). It is never a removal of records.
type DeletionGranted struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the deletion in the audit, X1, X2, …
	Deletion Number `json:"deletion"`
	// The clause that does not apply.
	Clause Clause `json:"clause"`
}

// EventType is starledger.deletion.granted.v1.
func (DeletionGranted) EventType() Type { return "starledger.deletion.granted.v1" }

// Deletion is a deletion as it stands.
type Deletion struct {
	Entry
	DeletionGranted
	Revoked *Entry
}

// Delete is the deletion with this number; nil when there is none.
func (a *Audit) Delete(number Number) *Deletion {
	return find(a.Deletions, func(d *Deletion) bool { return d.Deletion == number })
}

// Deleted is the standing deletion of a clause; nil when the clause applies.
func (a *Audit) Deleted(clause Clause) *Deletion {
	return find(a.Deletions, func(d *Deletion) bool { return d.Clause == clause && d.Revoked == nil })
}

func (d DeletionGranted) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Deletions = append(a.Deletions, Deletion{Entry: entryOf(e), DeletionGranted: d})
	return nil
}

// DeletionRevoked takes a deletion back: the clause applies again.
type DeletionRevoked struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the deletion.
	Deletion Number `json:"deletion"`
}

// EventType is starledger.deletion.revoked.v1.
func (DeletionRevoked) EventType() Type { return "starledger.deletion.revoked.v1" }

func (d DeletionRevoked) apply(c *Case, e *Stored) error {
	deletion, err := within(c, d.Audit, d.Deletion, (*Audit).Delete)
	if err != nil {
		return err
	}
	revoked := entryOf(e)
	deletion.Revoked = &revoked
	return nil
}
