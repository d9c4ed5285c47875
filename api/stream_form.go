package api

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// A form is how a feed is answered.
type form string

const (
	paged form = "application/json"
	lines form = "application/x-ndjson"
	live  form = "text/event-stream"
)

// formOf chooses by Accept: of the forms that are named, the one wanted most, and of those the one
// named first. A page is for everybody else.
func formOf(h http.Header) form {
	best, wanted := paged, 0.0
	for _, line := range h.Values("Accept") {
		for each := range strings.SplitSeq(line, ",") {
			mediaType, parameters, err := mime.ParseMediaType(each)
			named := form(mediaType)
			if err != nil || named != paged && named != lines && named != live {
				continue
			}
			if q := quality(parameters["q"]); q > wanted {
				best, wanted = named, q
			}
		}
	}
	return best
}

// quality is a weight of RFC 9110 12.4.2; 1 when there is none, 0 for nonsense.
func quality(text string) float64 {
	if text == "" {
		return 1
	}
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || q < 0 || q > 1 {
		return 0
	}
	return q
}
