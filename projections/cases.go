package projections

import (
	"context"
	"database/sql/driver"

	"starledger/events"
)

// casesModel is the list of cases: what a case was opened with, and a standing for every change of
// what the list shows of it, apart from scores.
var casesModel = readModel{
	name: "cases",
	tables: `
CREATE TABLE cases (
	no           INTEGER PRIMARY KEY,  -- sequence of its first event
	id           TEXT NOT NULL UNIQUE,
	kind         TEXT NOT NULL,        -- '' for registry and access
	scheme       TEXT NOT NULL,        -- as applied for
	version      TEXT NOT NULL,
	organization TEXT NOT NULL,
	uscc         TEXT NOT NULL,        -- of the organization; '' where it is not known
	scope        TEXT NOT NULL,
	field        TEXT NOT NULL,
	imported     INTEGER NOT NULL      -- 1: an existing client's, whose history was kept elsewhere
);
CREATE TABLE standings (
	seq         INTEGER PRIMARY KEY,   -- holds from here on
	case_no     INTEGER NOT NULL,
	state       TEXT NOT NULL,         -- without expiry
	expires     INTEGER NOT NULL,      -- last instant of a certificate that may expire, or 0
	certificate TEXT NOT NULL,
	audit       INTEGER NOT NULL,      -- the latest; 0 before the first
	audit_kind  TEXT NOT NULL,
	stage       TEXT NOT NULL          -- of that audit
);`,
	indexes: `
CREATE INDEX cases_organization ON cases (organization);
CREATE INDEX standings_case ON standings (case_no);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if m.CaseSeq == 1 {
			if err := w.cases.add(ctx, opening(m)...); err != nil {
				return err
			}
		}
		if m.now == m.before {
			return nil
		}
		return w.standings.add(ctx, shown(m)...)
	},
}

func opening(m *moment) []driver.Value {
	opened, imported := openingOf(m.Data)
	return []driver.Value{
		int64(m.no), string(m.Subject), string(opened.Kind), string(opened.Scheme.ID), string(opened.Scheme.Version),
		string(opened.Organization.Name), string(opened.Organization.USCC), string(opened.Scope), string(opened.Field), imported,
	}
}

// openingOf is what a case begins with, and whether it was imported. Registry and access begin otherwise,
// and have nothing here.
func openingOf(data events.Payload) (opened events.CaseOpened, imported bool) {
	switch d := data.(type) {
	case events.CaseOpened:
		return d, false
	case events.AccreditationOpened:
		return events.CaseOpened{Kind: events.AccreditationReview, Organization: d.Organization, Scope: d.Scope}, false
	case events.CaseImported:
		return events.CaseOpened{Kind: events.Certification, Scheme: d.Scheme, Organization: d.Organization, Scope: d.Scope, Field: d.Field}, true
	}
	return opened, false
}

func shown(m *moment) []driver.Value {
	s := &m.now
	return []driver.Value{
		int64(m.Seq), int64(m.no), string(s.state), int64(s.expires), string(s.certificate),
		int64(s.audit), string(s.kind), string(s.stage),
	}
}
