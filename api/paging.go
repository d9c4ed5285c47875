package api

import (
	"net/http"
	"net/url"
	"strconv"

	"starledger/projections"
)

// Bounds of a page.
const (
	defaultLimit = 100
	maxLimit     = 1000
)

// A window is the part of a list that was asked for.
type window struct {
	after uint64 // the cursor: the next of the page before, 0 for the first page
	limit int
}

func windowOf(query url.Values) (window, error) {
	part := window{limit: defaultLimit}
	if query.Has("after") {
		var ok bool
		if part.after, ok = parseSeq(query.Get("after")); !ok {
			return part, malformed("after-malformed").at("after")
		}
	}
	if query.Has("limit") {
		n, ok := parseSeq(query.Get("limit"))
		if !ok || n < 1 || n > maxLimit {
			return part, malformed("limit-out-of-range", "max", strconv.Itoa(maxLimit)).at("limit")
		}
		part.limit = int(n)
	}
	return part, nil
}

// listing is what every list across cases does before it looks: it reads which part is asked for,
// waits for min_seq, and finds out what the caller may see. A list reads its own parameters first,
// so that what is malformed waits for nothing.
func (s *Server) listing(c *call) (part window, within *projections.Within, err error) {
	if part, err = windowOf(c.query); err != nil {
		return part, nil, err
	}
	if err = s.caughtUp(c); err != nil {
		return part, nil, err
	}
	within, err = s.reach(c)
	return part, within, err
}

// list is a page of items. Next is absent on the last one.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitzero"`
}

// writePage answers with a page; next is its last cursor, 0 when nothing follows.
func writePage[T any](w http.ResponseWriter, c *call, items []T, next uint64) error {
	return writeJSON(w, http.StatusOK, pageOf(w, c, items, next))
}

// writeView answers with a page of a view as of a point, each row as show tells it.
func writeView[R, B any](w http.ResponseWriter, c *call, asked projections.Point, within *projections.Within, page projections.Page[R], show func(*R) B) error {
	keepableList(w, asked, within)
	return writePage(w, c, mapped(page.Items, show), page.Next)
}

// pageOf is a page, whose link goes into the header.
func pageOf[T any](w http.ResponseWriter, c *call, items []T, next uint64) list[T] {
	body := list[T]{Items: items}
	if next > 0 {
		body.Next = strconv.FormatUint(next, 10)
		w.Header().Set("Link", "<"+linkTo(c.URL, body.Next)+`>; rel="next"`)
	}
	return body
}

// linkTo is the same request, one page on.
func linkTo(here *url.URL, next string) string {
	query := here.Query()
	query.Set("after", next)
	return here.EscapedPath() + "?" + query.Encode()
}

// mapped turns every row into what the answer shows of it.
func mapped[A, B any](rows []A, show func(*A) B) []B {
	shown := make([]B, len(rows))
	for i := range rows {
		shown[i] = show(&rows[i])
	}
	return shown
}
