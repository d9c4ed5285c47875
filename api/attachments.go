package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"

	"starledger/events"
)

type attachmentBody struct {
	SHA256    events.Digest    `json:"sha256"`
	Size      int64            `json:"size"`
	MediaType events.MediaType `json:"media_type"`
}

// postAttachment stores bytes by their digest. It needs no key: the same bytes are the same
// attachment. The media type is checked and told back, not kept: it belongs to the evidence that
// names the digest.
func (s *Server) postAttachment(w http.ResponseWriter, c *call) error {
	mediaType, err := mediaTypeOf(c.Header)
	if err != nil {
		return err
	}
	expected, err := contentDigest(c.Header)
	if err != nil {
		return err
	}
	if c.ContentLength > MaxAttachment {
		return refuse(http.StatusRequestEntityTooLarge, "attachment-too-large")
	}
	digest, size, err := s.attachments.Put(http.MaxBytesReader(w, c.Body, MaxAttachment), expected)
	var broken *readError
	switch {
	case errors.Is(err, ErrDigestDiffers):
		return refuse(http.StatusUnprocessableEntity, "content-digest-differs").at("Content-Digest")
	case errors.As(err, &broken):
		return attachmentProblem(broken.err)
	case err != nil:
		return fmt.Errorf("store an attachment: %w", err)
	}
	if err := s.attachments.Sent(digest, c.actor.Organization); err != nil {
		return err
	}
	w.Header().Set("Location", "/v1/attachments/"+string(digest))
	w.Header().Set("Content-Digest", contentDigestOf(digest))
	return writeJSON(w, http.StatusCreated, attachmentBody{digest, size, mediaType})
}

func attachmentProblem(err error) error {
	problem := problemOf(bodyProblem(err))
	if problem.Status == http.StatusRequestEntityTooLarge {
		problem.Code = "attachment-too-large"
	}
	return problem
}

func mediaTypeOf(h http.Header) (events.MediaType, error) {
	if encoded(h) {
		return "", refuse(http.StatusUnsupportedMediaType, "encoding-not-accepted")
	}
	var mediaType events.MediaType
	text, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType.UnmarshalText([]byte(text)) != nil {
		return "", refuse(http.StatusUnsupportedMediaType, "media-type-missing")
	}
	return mediaType, nil
}

// getAttachment shows the bytes. They are served as data to be saved, whatever was said about
// them when they came: a page in them must not run under this origin.
func (s *Server) getAttachment(w http.ResponseWriter, c *call) error {
	digest, err := digestOfPath(c.part("sha256"))
	if err != nil {
		return err
	}
	if err := s.caughtUp(c); err != nil {
		return err
	}
	if err := s.mayReadAttachment(c, digest); err != nil {
		return err
	}
	file, err := s.attachments.Open(digest)
	if errors.Is(err, fs.ErrNotExist) {
		return noAttachment()
	}
	if err != nil {
		return fmt.Errorf("read attachment %s: %w", digest, err)
	}
	defer file.Close() // only read: nothing can be lost
	return serveAttachment(w, c, digest, file)
}

// serveAttachment sends the whole file. Bytes named by their digest never change, so the caller
// may keep them; what others may read is another matter, hence private.
func serveAttachment(w http.ResponseWriter, c *call, digest events.Digest, file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("read attachment %s: %w", digest, err)
	}
	keep(w)
	if hadBefore(w, c, digest) {
		return nil
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", `attachment; filename="`+strings.TrimPrefix(string(digest), "sha256:")+`"`)
	h.Set("Content-Digest", contentDigestOf(digest))
	h.Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	w.WriteHeader(http.StatusOK)
	if _, err := io.Copy(w, file); err != nil {
		return &goneError{err}
	}
	return nil
}

// mayReadAttachment lets those read who may read everything. Anybody else reads an attachment as
// evidence: ?case= names a case that the caller may read and that has it as evidence. A digest
// by itself opens nothing, nor does one that is written into a text.
func (s *Server) mayReadAttachment(c *call, digest events.Digest) error {
	within, err := s.reach(c)
	if err != nil || within == nil {
		return err
	}
	var id events.CaseID
	if id.UnmarshalText([]byte(c.query.Get("case"))) != nil {
		return noAttachment()
	}
	h, err := s.history(c.Context(), id, s.views.History)
	if err != nil {
		return err
	}
	if h.Case.Head.CaseSeq == 0 || s.mayRead(c.Context(), c.actor, h.Case) != nil {
		return noAttachment()
	}
	list, err := s.views.Events(c.Context(), id, 0)
	if err != nil {
		return fmt.Errorf("look for evidence in case %s: %w", id, err)
	}
	// Stored bodies have no white space, and a quotation mark inside a text is escaped.
	member, population := []byte(`"sha256":"`+string(digest)+`"`), []byte(`"digest":"`+string(digest)+`"`)
	for _, e := range list {
		if bytes.Contains(e.Body, member) || bytes.Contains(e.Body, population) {
			return nil
		}
	}
	return noAttachment()
}

func noAttachment() *Problem { return notFound("attachment-unknown") }

// digestOfPath accepts a digest with and without its prefix.
func digestOfPath(text string) (events.Digest, error) {
	var d events.Digest
	if !strings.HasPrefix(text, "sha256:") {
		text = "sha256:" + text
	}
	if d.UnmarshalText([]byte(text)) != nil {
		return "", noAttachment()
	}
	return d, nil
}

// readError is a failure of the sender, not of the store.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

// sender marks the errors of a reader as the sender's.
type sender struct{ io.Reader }

func (s sender) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = &readError{err}
	}
	return n, err
}
