package api

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"starledger/events"
)

// MaxBody is the largest JSON body accepted.
const MaxBody = 1 << 20

// readJSON reads a JSON body whole. What it is worth is judged by decode, later: a retry is
// recognised by its bytes before anybody asks what they mean.
func readJSON(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if err := wantJSON(r.Header); err != nil {
		return nil, err
	}
	return readBody(w, r, MaxBody)
}

func wantJSON(h http.Header) error {
	mediaType, params, err := mime.ParseMediaType(strings.Join(h.Values("Content-Type"), ", "))
	charset := params["charset"]
	if err != nil || mediaType != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") || encoded(h) {
		return refuse(http.StatusUnsupportedMediaType, "not-json")
	}
	return nil
}

// encoded tells whether a body is compressed. None is unpacked here: a digest is of the bytes that
// arrive, and a small body must not become a large one.
func encoded(h http.Header) bool {
	coding := strings.Join(h.Values("Content-Encoding"), ", ")
	return coding != "" && !strings.EqualFold(coding, "identity")
}

// readBody reads at most limit bytes. The connection is closed after a body that is larger, since
// reading the rest of it would be what the limit is there to prevent.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	var text bytes.Buffer
	if 0 < r.ContentLength && r.ContentLength <= limit {
		text.Grow(int(r.ContentLength) + bytes.MinRead) // one allocation, no copies
	}
	_, err := text.ReadFrom(http.MaxBytesReader(w, r.Body, limit))
	return text.Bytes(), bodyProblem(err)
}

// bodyProblem tells a body that is too large from one that did not arrive.
func bodyProblem(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "body-too-large")
	}
	return malformed("body-incomplete") // broken off, or badly chunked: nothing was done
}

// decode reads text strictly into the struct that target points to. Pointers in the problem start
// with at, the place of text in the body.
func decode(text []byte, target any, at string) error {
	err := events.Strict(text, target)
	if err == nil {
		return nil
	}
	return decodeProblem(err, text, at)
}

// decodeProblem tells what is wrong with a body and where. The decoder's own words are not shown:
// they speak of Go types.
func decodeProblem(err error, text []byte, at string) *Problem {
	var missing *events.MissingError
	var meaning *json.SemanticError
	var grammar *jsontext.SyntacticError
	switch {
	case errors.As(err, &missing):
		return malformed("member-missing").at(at + missing.Pointer)
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &grammar):
		return malformed("member-repeated").at(at + string(grammar.JSONPointer))
	case errors.As(err, &grammar):
		return malformed("json-malformed").at(at + string(grammar.JSONPointer))
	case errors.Is(err, json.ErrUnknownName) && errors.As(err, &meaning):
		return malformed("member-unknown").at(at + string(meaning.JSONPointer))
	case errors.As(err, &meaning):
		return malformed("member-invalid", "expected", expectation(meaning.GoType)).at(at + string(meaning.JSONPointer))
	}
	if pointer, found := nullIn(text); found {
		return malformed("null-not-allowed").at(at + pointer)
	}
	return malformed("json-malformed")
}

// nullIn finds the first null.
func nullIn(text []byte) (pointer string, found bool) {
	d := jsontext.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.ReadToken()
		if err != nil {
			return "", false // io.EOF as well: there is none
		}
		if token.Kind() == 'n' {
			return string(d.StackPointer()), true
		}
	}
}

// clip keeps what is quoted of a request short.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
