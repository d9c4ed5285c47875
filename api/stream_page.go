package api

import "net/http"

// writePage answers with one page of the feed.
func (f *feed) writePage(w http.ResponseWriter) error {
	if err := f.begin(w); err != nil {
		return err
	}
	items, more, err := f.next(f.call.Context())
	if err != nil {
		return err
	}
	next := uint64(0)
	if more {
		next = f.filter.After
	}
	return writePage(w, f.call, mapped(items, func(i *feedItem) Item { return i.Item }), next)
}

// writeLines answers with the whole feed, one item a line, up to the sequence that was last when it
// started.
func (f *feed) writeLines(w http.ResponseWriter) error {
	if f.call.query.Has("limit") {
		return malformed("limit-without-pages").at("limit")
	}
	if err := f.begin(w); err != nil {
		return err
	}
	f.filter.Limit = feedBatch
	w.Header().Set("Content-Type", string(lines))
	out := newOutlet(w, writePatience)
	for more := true; more; {
		items, goesOn, err := f.next(f.call.Context())
		if err != nil {
			return out.broken(err)
		}
		for _, item := range items {
			if err := out.item(item.Item); err != nil {
				return out.broken(err)
			}
		}
		more = goesOn
	}
	return out.flush()
}
