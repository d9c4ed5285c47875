package api

import (
	"net/http"
	"strings"

	"starledger/events"
)

// writeNamed answers with bytes whose name is their digest; who has them already gets none.
func writeNamed(w http.ResponseWriter, c *call, mediaType string, digest events.Digest, body []byte) error {
	if hadBefore(w, c, digest) {
		return nil
	}
	return writeBytes(w, http.StatusOK, mediaType, body)
}

// hadBefore names what is answered by its digest, and answers 304 to who says to have it (RFC 9110 13.1.2).
func hadBefore(w http.ResponseWriter, c *call, digest events.Digest) bool {
	tag := `"` + string(digest) + `"`
	w.Header().Set("ETag", tag)
	had := matches(c.Header.Values("If-None-Match"), tag)
	if had {
		w.WriteHeader(http.StatusNotModified)
	}
	return had
}

// matches tells whether If-None-Match names a tag, by the weak comparison. Tags here hold no comma.
func matches(ifNoneMatch []string, tag string) bool {
	for _, line := range ifNoneMatch {
		for each := range strings.SplitSeq(line, ",") {
			each = strings.TrimSpace(each)
			if each == "*" || strings.TrimPrefix(each, "W/") == tag {
				return true
			}
		}
	}
	return false
}
