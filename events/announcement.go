package events

// AuditAnnounced records when the organization was told that an audit comes. How short the notice was
// follows from this day and the first day of the audit; an audit that was never announced was an
// unannounced one.
type AuditAnnounced struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// When the organization was told.
	AnnouncedAt Instant `json:"announced_at"`
}

// EventType is starledger.audit.announced.v1.
func (AuditAnnounced) EventType() Type { return "starledger.audit.announced.v1" }

// Announcement is an announcement and where it stands.
type Announcement struct {
	Entry
	AuditAnnounced
}

// Notice is how many days before the first day of the audit the organization was told, in calendar
// days of Asia/Shanghai.
func (a *Audit) Notice() int {
	if a.Announced == nil {
		return 0
	}
	return DateOf(a.Announced.AnnouncedAt).DaysUntil(a.StartsOn)
}

func (d AuditAnnounced) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Announced = &Announcement{entryOf(e), d}
	return nil
}
