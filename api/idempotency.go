package api

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"

	"starledger/events"
)

// keyOf is the Idempotency-Key of a request.
func keyOf(h http.Header) (events.Key, error) {
	given := h.Values("Idempotency-Key")
	if len(given) == 0 {
		return "", malformed("idempotency-key-missing").at("Idempotency-Key")
	}
	var key events.Key
	if len(given) > 1 || key.UnmarshalText([]byte(given[0])) != nil {
		return "", malformed("idempotency-key-malformed").at("Idempotency-Key")
	}
	return key, nil
}

// requestDigest is what a retry has in common with the first request: method, path, query and
// body bytes. Each is preceded by its length in 8 bytes, big endian, so that none can pass for
// part of another. It is stored in events and must never change.
func requestDigest(r *http.Request, body []byte) events.Digest {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(r.Method), []byte(r.URL.EscapedPath()), []byte(r.URL.RawQuery), body} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		h.Write(length[:]) // a hash never fails to write
		h.Write(part)
	}
	return events.Digest("sha256:" + hex.EncodeToString(h.Sum(nil)))
}

// dedupID names the first append to a case for the broker, ledger-wide. Opening a case has no case yet
// that would keep two copies apart, so it is named by who opens and under which key: of two nodes that
// are asked at the same moment only one opens. A case of the ledger's own has a name without that.
func dedupID(into events.CaseID, actor events.ID, key events.Key) string {
	name := "open\x00" + string(actor) + "\x00" + string(key)
	if own(into) {
		name = "begin\x00" + string(into) + "\x00" + string(actor) + "\x00" + string(key)
	}
	return string(events.DigestOf([]byte(name)))
}
