package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"

	"starledger/events"
)

// contentDigest reads Content-Digest (RFC 9530), of which only sha-256 is checked, as in
// sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=: ; "" when it is not given.
func contentDigest(h http.Header) (events.Digest, error) {
	given := strings.Join(h.Values("Content-Digest"), ",")
	for member := range strings.SplitSeq(given, ",") {
		text, found := strings.CutPrefix(strings.TrimSpace(member), "sha-256=:")
		if !found {
			continue
		}
		sum, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(text, ":"))
		if err != nil || len(sum) != sha256.Size || !strings.HasSuffix(text, ":") {
			return "", malformed("content-digest-malformed").at("Content-Digest")
		}
		return events.Digest("sha256:" + hex.EncodeToString(sum)), nil
	}
	if given != "" {
		return "", malformed("content-digest-malformed").at("Content-Digest")
	}
	return "", nil
}

func contentDigestOf(d events.Digest) string {
	sum, err := hex.DecodeString(strings.TrimPrefix(string(d), "sha256:"))
	if err != nil {
		return "" // a Digest is hex
	}
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum) + ":"
}
