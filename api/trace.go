package api

import (
	"encoding/hex"
	"io"
	"net/http"
	"strings"
)

// traceOf is the id under which a request is found in the log: the caller's, when the request
// carries a W3C traceparent, else a new one.
func (s *Server) traceOf(h http.Header) string {
	if fields := strings.Split(h.Get("Traceparent"), "-"); len(fields) >= 4 && isTraceID(fields[1]) {
		return fields[1]
	}
	var id [16]byte
	if _, err := io.ReadFull(s.random, id[:]); err != nil {
		return strings.Repeat("0", 2*len(id)) // the request is judged all the same
	}
	return hex.EncodeToString(id[:])
}

func isTraceID(text string) bool {
	return len(text) == 32 && strings.Trim(text, "0123456789abcdef") == "" && strings.Trim(text, "0") != ""
}
