package api

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// Item is an event as pages, NDJSON lines and refusals show it: its place, the digest of its
// bytes, and the bytes themselves as they are stored.
type Item struct {
	Seq    uint64        `json:"seq"`
	Digest events.Digest `json:"digest"`
	Event  rawJSON       `json:"event"`
}

func itemOf(e *events.Stored) Item { return Item{e.Seq, e.Digest, e.Body} }

// rawJSON is JSON that is written as it stands.
type rawJSON []byte

// MarshalJSON is the bytes themselves.
func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }

// writeJSON answers with v, members in the order of its struct. The encoder is given a pointer: a value it
// would copy once more.
func writeJSON[T any](w http.ResponseWriter, status int, v T) error {
	text, err := json.Marshal(&v, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("render the answer: %w", err)
	}
	return writeBytes(w, status, "application/json", text)
}

// writeCanonical is writeJSON for what events.Canonical knows: so answers a command, which is then done with the
// JSON library but for reading.
func writeCanonical(w http.ResponseWriter, status int, v any) error {
	text, err := events.Canonical(v)
	if err != nil {
		return fmt.Errorf("render the answer: %w", err)
	}
	return writeBytes(w, status, "application/json", text)
}

// writeBytes answers with a complete body. An error in writing means that the caller is gone.
func writeBytes(w http.ResponseWriter, status int, mediaType string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		return &goneError{err}
	}
	return nil
}

// goneError says that the answer could not be delivered; there is nobody left to tell.
type goneError struct{ err error }

func (e *goneError) Error() string { return "the caller is gone: " + e.err.Error() }
func (e *goneError) Unwrap() error { return e.err }

// setETag names the state of a case that an answer shows.
func setETag(w http.ResponseWriter, caseSeq uint64) {
	w.Header().Set("ETag", `"`+strconv.FormatUint(caseSeq, 10)+`"`)
}
