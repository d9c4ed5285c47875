package decide

import "starledger/events"

// AnnounceAudit is POST …/audits/{audit}/announcement: the organization was told that the audit comes.
// It is announced once, not in the future, and not after the opening meeting; a special audit that was
// never announced was an unannounced one. How much notice is enough is stated by no source, so none is
// demanded: the days of notice are shown.
type AnnounceAudit struct {
	Common
	Audit uint64 `json:"-"`
	// When the organization was told.
	AnnouncedAt Timestamp `json:"announced_at"`
}

func (n *AnnounceAudit) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(n.Audit)
	if err != nil {
		return nil, err
	}
	if a.Announced != nil {
		return nil, refuse(Standing, AuditAnnounced).since(a.Announced.Entry)
	}
	if err := s.happened(n.AnnouncedAt, "/announced_at"); err != nil {
		return nil, err
	}
	if a.Opening != nil && events.Instant(n.AnnouncedAt) > a.Opening.HeldAt {
		return nil, refuse(Broken, AnnouncedTooLate).at("/announced_at").with("opening", a.Opening.HeldAt)
	}
	return events.AuditAnnounced{Audit: n.Audit, AnnouncedAt: events.Instant(n.AnnouncedAt)}, nil
}
