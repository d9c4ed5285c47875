package api

import (
	"net/url"

	"starledger/events"
	"starledger/projections"
)

// A filter chooses events: by type, by who posted them, and by when they were recorded. The zero
// value chooses all.
type filter struct {
	kind  events.Type
	actor events.ID
	from  events.Instant
	to    events.Instant // both included; 0 is open
}

func filterOf(query url.Values) (f filter, err error) {
	if err := optional(query, "type", &f.kind); err != nil {
		return f, err
	}
	if err := optional(query, "actor", &f.actor); err != nil {
		return f, err
	}
	if f.from, _, err = spanOf(query, "from"); err != nil {
		return f, err
	}
	_, f.to, err = spanOf(query, "to")
	return f, err
}

// spanOf reads a time or a date: from a date means from its beginning, to a date up to its end.
func spanOf(query url.Values, name string) (first, last events.Instant, err error) {
	if !query.Has(name) {
		return 0, 0, nil
	}
	first, last, ok := parseSpan(query.Get(name))
	if !ok {
		return 0, 0, malformed("parameter-malformed", "parameter", name, "expected", "moment").at(name)
	}
	return first, last, nil
}

// entries is the filter as the views understand it.
func (f filter) entries() projections.EntryFilter {
	return projections.EntryFilter{Type: f.kind, Actor: f.actor, From: f.from, To: f.to}
}
