package api

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"starledger/events"
	"starledger/projections"
)

// A feed is the events that somebody asked for, in the order of the ledger: of one case or of all
// that the caller may read, through a filter. The same feed answers as a page, as lines and live.
//
// It reads which sequences to show from the views and the bytes from the log, so what it shows are
// the stored bytes, and what the views have not applied is not shown yet. One that leaves nothing out
// need not ask the views (see readWhole).
type feed struct {
	server *Server
	call   *call
	filter projections.EntryFilter // After is the cursor
	isLive bool
}

// feedBatch is how many events are read at a time; it bounds what a slow reader holds in memory.
const feedBatch = 200

// newFeed reads the parameters that all three forms share.
func (s *Server) newFeed(c *call) (*feed, error) {
	chosen, err := filterOf(c.query)
	if err != nil {
		return nil, err
	}
	part, err := windowOf(c.query)
	if err != nil {
		return nil, err
	}
	f := &feed{server: s, call: c, filter: chosen.entries()}
	f.filter.After, f.filter.Limit = part.after, part.limit
	if c.history != nil {
		f.filter.Case = c.history.Case.ID
	}
	return f, nil
}

// admit asks again what the caller may read: a live feed outlasts grants.
func (f *feed) admit(ctx context.Context) (err error) {
	if f.filter.Case != "" {
		return f.server.mayRead(ctx, f.call.actor, f.call.history.Case)
	}
	f.filter.Within, err = f.server.reach(f.call)
	return err
}

// until ends the feed at as_of, or where the ledger stands now. The feed of a case covers every
// answer that was given about it before, so it waits for the views where they are behind.
func (f *feed) until(ctx context.Context, asked projections.Point) (err error) {
	switch views := f.server.views; {
	case asked != (projections.Point{}):
		at, err := views.Resolve(ctx, asked)
		f.filter.UpTo = at.Seq
		return pointProblem(err, "as_of")
	case f.filter.Case == "":
		f.filter.UpTo, _ = views.Position()
		return nil
	default:
		if f.call.history, err = views.History(ctx, f.filter.Case); err != nil {
			return fmt.Errorf("read case %s: %w", f.filter.Case, err)
		}
		f.filter.UpTo = f.call.history.Case.Head.Seq
		return f.server.waitFor(ctx, f.filter.UpTo)
	}
}

// tag names the state of the case that the feed covers.
func (f *feed) tag(w http.ResponseWriter) error {
	if f.filter.Case == "" {
		return nil
	}
	covered := countUpTo(f.call.history.Seqs, f.filter.UpTo)
	if covered == 0 {
		return noCase()
	}
	setETag(w, covered)
	return nil
}

// next reads the events of the next page and moves the cursor behind them; more tells whether the
// feed goes on before its end.
func (f *feed) next(ctx context.Context) (items []feedItem, more bool, err error) {
	if f.filter.UpTo <= f.filter.After {
		return nil, false, nil
	}
	if f.isWhole() {
		return f.nextOfWhole(ctx)
	}
	page, err := f.server.views.Entries(ctx, f.filter)
	if err != nil {
		return nil, false, fmt.Errorf("choose events after %d: %w", f.filter.After, err)
	}
	items = make([]feedItem, 0, len(page.Items))
	for item, err := range f.bytes(ctx, page.Items) {
		if err != nil {
			return nil, false, err
		}
		items = append(items, item)
	}
	f.filter.After = f.filter.UpTo
	if page.Next > 0 {
		f.filter.After = page.Next
	}
	return items, page.Next > 0, nil
}

// A feedItem is an event with its type, which live feeds name outside the bytes.
type feedItem struct {
	Item
	kind events.Type
}

// bytes reads the stored bodies of some entries.
func (f *feed) bytes(ctx context.Context, rows []projections.EntryRow) iter.Seq2[feedItem, error] {
	return func(yield func(feedItem, error) bool) {
		seqs := mapped(rows, func(r *projections.EntryRow) uint64 { return r.Seq })
		at := 0
		for record, err := range f.server.log.ReadAt(ctx, seqs) {
			if err != nil {
				yield(feedItem{}, fmt.Errorf("read the events of a feed: %w", err))
				return
			}
			item := Item{record.Seq, events.DigestOf(record.Body), rawJSON(record.Body)}
			if !yield(feedItem{item, rows[at].Type}, nil) {
				return
			}
			at++
		}
	}
}

// getEvents is the feed of the ledger, or of one case, in the form that the caller accepts.
func (s *Server) getEvents(w http.ResponseWriter, c *call) error {
	f, err := s.newFeed(c)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept")
	switch form := formOf(c.Header); {
	case c.Method == http.MethodHead: // nobody would read a feed
		return f.writePage(w)
	case form == live:
		return f.follow(w)
	case form == lines:
		return f.writeLines(w)
	}
	return f.writePage(w)
}

// begin is what pages and lines have in common: min_seq, as_of, what the caller may read, and what the
// header says of it.
func (f *feed) begin(w http.ResponseWriter) error {
	asked, err := pointOf(f.call.query)
	if err != nil {
		return err
	}
	if err := f.server.caughtUp(f.call); err != nil {
		return err
	}
	ctx := f.call.Context()
	if err := f.admit(ctx); err != nil {
		return err
	}
	if err := f.until(ctx, asked); err != nil {
		return err
	}
	keepableList(w, asked, f.filter.Within)
	return f.tag(w)
}
