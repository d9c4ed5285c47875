package api

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"starledger/events"
	"starledger/events/decide"
	"starledger/projections"
)

// parsePoint reads a point in time as people write it: seq:<n>, RFC 3339, or a bare date, which
// means its end in Asia/Shanghai. ok is false for anything else. The instant is cut to
// microseconds, as the ledger keeps them.
func parsePoint(text string) (p projections.Point, ok bool) {
	if digits, isSeq := strings.CutPrefix(text, "seq:"); isSeq {
		seq, ok := parseSeq(digits)
		return projections.Point{Seq: seq}, ok && seq > 0
	}
	_, last, ok := parseSpan(text)
	return projections.Point{Time: last}, ok
}

// parseSpan reads an RFC 3339 time, whose first and last instant are the same, or a bare date in
// Asia/Shanghai.
func parseSpan(text string) (first, last events.Instant, ok bool) {
	var day events.Date
	if len(text) == len(time.DateOnly) {
		if day.UnmarshalText([]byte(text)) != nil || day.Start() <= 0 {
			return 0, 0, false
		}
		return day.Start(), day.End(), true
	}
	var at decide.Timestamp
	if at.UnmarshalText([]byte(plus(text))) != nil || at <= 0 {
		return 0, 0, false
	}
	return events.Instant(at), events.Instant(at), true
}

// plus puts back the + of an offset, which a query string decodes to a space when it was not
// written as %2B. Nothing else in a time has a space there.
func plus(text string) string {
	if at := len(text) - len("+08:00"); at > 0 && text[at] == ' ' {
		return text[:at] + "+" + text[at+1:]
	}
	return text
}

// parseSeq reads a sequence: digits without a superfluous zero.
func parseSeq(digits string) (uint64, bool) {
	seq, err := strconv.ParseUint(digits, 10, 63)
	return seq, err == nil && strconv.FormatUint(seq, 10) == digits
}

// pointOf is the point that as_of and axis name; the zero value, now, without them.
func pointOf(query url.Values) (projections.Point, error) {
	var point projections.Point
	if query.Has("as_of") {
		var ok bool
		if point, ok = parsePoint(query.Get("as_of")); !ok {
			return point, malformed("as-of-malformed").at("as_of")
		}
	}
	if !query.Has("axis") {
		return point, nil
	}
	switch point.Axis = projections.Axis(query.Get("axis")); {
	case point.Axis != projections.Recorded && point.Axis != projections.Effective:
		return point, malformed("axis-unknown").at("axis")
	case point.Axis == projections.Effective && point.Seq > 0:
		return point, malformed("seq-on-effective-axis").at("as_of")
	}
	return point, nil
}

// pointProblem answers what the views say about a point that a parameter named.
func pointProblem(err error, parameter string) error {
	switch {
	case errors.Is(err, projections.ErrFuture):
		return malformed("as-of-in-future").at(parameter)
	case errors.Is(err, projections.ErrUnknownPoint):
		return malformed("as-of-unknown").at(parameter)
	case errors.Is(err, projections.ErrSeqOnEffectiveAxis):
		return malformed("seq-on-effective-axis").at(parameter)
	case errors.Is(err, projections.ErrNoCase):
		return noCase()
	case errors.Is(err, projections.ErrNoAudit):
		return noAudit()
	}
	return err
}

// keep lets the caller's own cache keep an answer that can never change. Another caller may be allowed
// less, so the token or session is part of the cache key.
func keep(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", immutable)
	w.Header().Add("Vary", "Authorization, Cookie")
}

const immutable = "private, max-age=31536000, immutable"

// keepable is keep for an answer about one case at a point named by its sequence.
func keepable(w http.ResponseWriter, asked projections.Point) {
	if asked.Seq > 0 {
		keep(w)
	}
}

// keepableList is keepable for an answer about many cases, where the caller may read all of them: what a
// grant covers is shown to others as soon as it is made, however long ago it was recorded.
func keepableList(w http.ResponseWriter, asked projections.Point, within *projections.Within) {
	if within == nil {
		keepable(w, asked)
	}
}

// asOfBody is the point that an answer shows.
type asOfBody struct {
	Seq         uint64           `json:"seq"`
	RecordedAt  events.Instant   `json:"recorded_at"`
	Axis        projections.Axis `json:"axis,omitzero"`
	EffectiveAt events.Instant   `json:"effective_at,omitzero"`
}

func asOf(r projections.Resolved) asOfBody {
	body := asOfBody{Seq: r.Seq, RecordedAt: r.RecordedAt}
	if r.Axis == projections.Effective {
		body.Axis, body.EffectiveAt = r.Axis, r.At
	}
	return body
}
