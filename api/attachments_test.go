package api

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"starledger/events"
)

func TestAttachments(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	text := "a photograph"
	digest := string(events.DigestOf([]byte(text)))
	stored := w.post("zhao", "/v1/attachments", text, "Content-Type", "image/png; x=y", "Idempotency-Key", "", "Content-Digest", contentDigestOf(events.Digest(digest)))
	if stored.status != 201 || stored.body != `{"sha256":"`+digest+`","size":12,"media_type":"image/png"}` || stored.header.Get("Location") != "/v1/attachments/"+digest {
		t.Fatalf("%d %v %s", stored.status, stored.header, stored.body)
	}
	if again := w.post("zhao", "/v1/attachments", text, "Content-Type", "image/png"); again.status != 201 {
		t.Errorf("the same bytes again: %d %s", again.status, again.body)
	}
	for _, path := range []string{digest, strings.TrimPrefix(digest, "sha256:")} {
		got := w.send("GET", "/v1/attachments/"+path, "li", "")
		if got.status != 200 || got.body != text || got.header.Get("Content-Digest") != contentDigestOf(events.Digest(digest)) ||
			got.header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") ||
			got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%d %v %s", got.status, got.header, got.body)
		}
	}
	kept := w.send("GET", "/v1/attachments/"+digest, "li", "", "If-None-Match", `"`+digest+`"`, "Range", "bytes=99-")
	if kept.status != 304 || kept.body != "" {
		t.Errorf("kept: %d %s", kept.status, kept.body)
	}
	// Who reads only some cases reads an attachment as evidence in one of them.
	query := "?case=" + strings.TrimPrefix(at, "/v1/cases/")
	if got := w.send("GET", "/v1/attachments/"+digest+query, "chen", ""); got.status != 404 {
		t.Errorf("not yet evidence: %d", got.status)
	}
	w.must("zhao", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s","evidence":[{"sha256":"`+digest+`","media_type":"image/png","name":"photo"}]}`)
	for _, c := range []struct {
		actor, query string
		status       int
	}{{"chen", query, 200}, {"chen", "", 404}, {"chen", "?case=x", 404}, {"ding", query, 404}, {"wu", query, 404}, {"chen", "?case=01JD3Z0000000000000000000C", 404}} {
		if got := w.send("GET", "/v1/attachments/"+digest+c.query, c.actor, ""); got.status != c.status {
			t.Errorf("%s%s: %d %s", c.actor, c.query, got.status, got.body)
		}
	}
}

func TestAttachmentsRefused(t *testing.T) {
	w := newWorld(t)
	png := []string{"Content-Type", "image/png"}
	for name, c := range map[string]struct {
		actor, body string
		headers     []string
		status      int
		code        string
	}{
		"assessor":           {"wu", "x", png, 403, "not-allowed"},
		"no media type":      {"li", "x", []string{"Content-Type", ""}, 415, "media-type-missing"},
		"another digest":     {"li", "x", append(png, "Content-Digest", contentDigestOf(events.DigestOf([]byte("y")))), 422, "content-digest-differs"},
		"digest of no form":  {"li", "x", append(png, "Content-Digest", "sha-256=:xyz:"), 400, "content-digest-malformed"},
		"only other digests": {"li", "x", append(png, "Content-Digest", "md5=:xyz:"), 400, "content-digest-malformed"},
		"too large":          {"li", strings.Repeat("x", MaxAttachment+1), png, 413, "attachment-too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.post(c.actor, "/v1/attachments", c.body, c.headers...)
			if got.status != c.status || got.get("code") != c.code {
				t.Errorf("%d %s", got.status, got.body)
			}
			wellFormedProblem(t, got)
		})
	}
	for _, path := range []string{"x", strings.Repeat("0", 64), "sha256:" + strings.Repeat("0", 64), "..%2F..%2Ftokens"} {
		if got := w.send("GET", "/v1/attachments/"+path, "li", ""); got.status != 404 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

// What breaks off or is not what was announced leaves nothing; a new process sweeps up what a
// crash left half written.
func TestAttachmentStore(t *testing.T) {
	dir := t.TempDir()
	a, err := OpenAttachments(dir)
	if err != nil {
		t.Fatal(err)
	}
	var broken *readError
	if _, _, err := a.Put(iotest.TimeoutReader(strings.NewReader(strings.Repeat("x", 70_000))), ""); !errors.As(err, &broken) {
		t.Errorf("broken off: %v", err)
	}
	if _, _, err := a.Put(strings.NewReader("x"), events.DigestOf([]byte("y"))); !errors.Is(err, ErrDigestDiffers) {
		t.Errorf("other bytes: %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, incoming)); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if err := os.WriteFile(filepath.Join(dir, incoming, "half"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err = OpenAttachments(dir); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, incoming)); err != nil || len(left) > 0 {
		t.Errorf("not swept up: %v %v", left, err)
	}
	if _, err := a.Open(events.DigestOf([]byte("x"))); !errors.Is(err, fs.ErrNotExist) || a.Has(events.DigestOf([]byte("x"))) {
		t.Errorf("there is something: %v", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Put(strings.NewReader("x"), ""); err == nil {
		t.Error("stored without a directory")
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenAttachments(dir); err == nil {
		t.Error("opened a file")
	}
}

// A store that cannot write is our failure, and tells nothing of itself.
func TestAttachmentStoreFails(t *testing.T) {
	w := newWorld(t)
	if err := os.RemoveAll(w.server.attachments.dir); err != nil {
		t.Fatal(err)
	}
	got := w.post("li", "/v1/attachments", "x", "Content-Type", "image/png")
	if got.status != http.StatusInternalServerError || got.get("code") != "internal" {
		t.Errorf("%d %s", got.status, got.body)
	}
	wellFormedProblem(t, got)
}

// Bytes that are compressed on the way would have another digest. What was read once is found in the
// caller's cache by any of the forms of If-None-Match.
func TestAttachmentsAsTheyArrive(t *testing.T) {
	w := newWorld(t)
	got := w.post("li", "/v1/attachments", "x", "Content-Type", "image/png", "Content-Encoding", "gzip")
	if got.status != http.StatusUnsupportedMediaType || got.get("code") != "encoding-not-accepted" {
		t.Errorf("%d %s", got.status, got.body)
	}
	wellFormedProblem(t, got)
	w.post("li", "/v1/attachments", "x", "Content-Type", "image/png")
	digest := string(events.DigestOf([]byte("x")))
	for _, tags := range []string{`"` + digest + `"`, `W/"` + digest + `"`, `"other", "` + digest + `"`, `*`} {
		if got := w.send("GET", "/v1/attachments/"+digest, "li", "", "If-None-Match", tags); got.status != http.StatusNotModified {
			t.Errorf("%s: %d", tags, got.status)
		}
	}
}

// Who has heard of a digest does not read the attachment by naming it as evidence in a case of one's
// own: the organization has to have sent the bytes itself. That is remembered across restarts.
func TestForeignAttachmentIsNoEvidence(t *testing.T) {
	w := newWorld(t)
	w.post("li", "/v1/attachments", "of another client", "Content-Type", "image/png")
	digest := string(events.DigestOf([]byte("of another client")))
	at := w.must("wang", "/v1/cases", strings.Replace(opening, "certification", "internal", 1)).header.Get("Location")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("chen", at+"/audits", `{"kind":"internal","team":[{"actor":"chen","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("chen", at+"/audits/1/document-review", `{"outcome":"accepted","reason":"in order"}`)
	w.must("chen", at+"/audits/1/opening", `{"held_at":"2026-11-21T15:00:00+08:00"}`)
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s","evidence":[{"sha256":"` + digest + `","media_type":"image/png","name":"photo"}]}`
	name := func(actor string) reply { return w.post(actor, at+"/audits/1/findings", finding) }

	w.post("ding", "/v1/attachments", "of another client", "Content-Type", "image/png") // sent by a third organization
	if got := name("chen"); got.status != http.StatusUnprocessableEntity || got.get("code") != "unknown-attachment" {
		t.Errorf("heard of: %d %s", got.status, got.body)
	}
	w.post("chen", "/v1/attachments", "of another client", "Content-Type", "image/png")
	var err error
	if w.server.attachments, err = OpenAttachments(w.server.attachments.dir); err != nil {
		t.Fatal(err)
	}
	if got := name("chen"); got.status != http.StatusCreated {
		t.Errorf("sent: %d %s", got.status, got.body)
	}
	if got := name("feng"); got.status != http.StatusCreated {
		t.Errorf("somebody who reads everything: %d %s", got.status, got.body)
	}
}

// Who writes a digest into a text has not made the attachment evidence, and does not read it by that.
func TestDigestInATextOpensNothing(t *testing.T) {
	w := newWorld(t)
	w.post("li", "/v1/attachments", "of another case", "Content-Type", "image/png")
	digest := string(events.DigestOf([]byte("of another case")))
	at := w.must("wang", "/v1/cases", strings.Replace(opening, "certification", "internal", 1)).header.Get("Location")
	w.must("chen", at+"/audits", `{"kind":"internal","team":[{"actor":"chen","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22",`+
		`"note":"\"sha256\":\"`+digest+`\" `+digest+`"}`)
	if got := w.send("GET", "/v1/attachments/"+digest+"?case="+strings.TrimPrefix(at, "/v1/cases/"), "chen", ""); got.status != http.StatusNotFound {
		t.Errorf("%d %s", got.status, got.body)
	}
}
