package projections

import (
	"context"

	"starledger/events"
)

// registerModel is the register of certificates: what was issued, and every status since. Expired is
// no status here: the instant of the view decides.
var registerModel = readModel{
	name: "register",
	tables: `
CREATE TABLE certificates (
	seq         INTEGER PRIMARY KEY, -- of its issue
	case_no     INTEGER NOT NULL,
	number      TEXT NOT NULL,
	grade       TEXT NOT NULL,
	valid_from  TEXT NOT NULL,       -- days, Asia/Shanghai
	valid_until TEXT NOT NULL,
	scope       TEXT NOT NULL,       -- when it was issued
	imported    INTEGER NOT NULL     -- 1: issued before its case was imported
);
CREATE TABLE scopes (
	seq         INTEGER PRIMARY KEY, -- the scope from here on
	case_no     INTEGER NOT NULL,
	certificate INTEGER NOT NULL,    -- certificates.seq of the one it belongs to; 0 for none
	scope       TEXT NOT NULL
);
CREATE TABLE statuses (
	certificate INTEGER NOT NULL,    -- certificates.seq
	seq         INTEGER NOT NULL,    -- holds from here on
	status      TEXT NOT NULL,
	PRIMARY KEY (certificate, seq)
) WITHOUT ROWID;`,
	indexes: `CREATE INDEX scopes_case ON scopes (case_no);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if d, imported := m.Data.(events.CertificateImported); imported {
			err := w.certificates.add(ctx, int64(m.Seq), int64(m.no), string(d.Number), string(d.Grade),
				string(d.ValidFrom), string(d.ValidUntil), string(m.scope), true)
			if err != nil {
				return err
			}
		}
		if d, issued := m.Data.(events.CertificateIssued); issued {
			err := w.certificates.add(ctx, int64(m.Seq), int64(m.no), string(d.Number), string(d.Grade),
				string(d.ValidFrom), string(d.ValidUntil), string(m.scope), false)
			if err != nil {
				return err
			}
		}
		if d, changed := m.Data.(events.ScopeChanged); changed {
			if err := w.scopes.add(ctx, int64(m.Seq), int64(m.no), int64(m.certificate), string(d.Scope)); err != nil {
				return err
			}
		}
		for _, s := range m.statuses {
			if err := w.statuses.add(ctx, int64(s.certificate), int64(m.Seq), string(s.status)); err != nil {
				return err
			}
		}
		return nil
	},
}

// status is the status of a certificate from an event on.
type status struct {
	certificate uint64 // sequence of its issue
	status      events.CertificateStatus
}

// statusesOf are the statuses of the certificates of a case, without expiry.
func statusesOf(c *events.Case) []status {
	list := make([]status, len(c.Certificates))
	for i := range c.Certificates {
		list[i] = status{c.Certificates[i].Seq, c.Certificates[i].StatusOn(never)}
	}
	return list
}
