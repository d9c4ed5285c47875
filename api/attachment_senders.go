package api

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"starledger/events"
)

// Sent remembers that an organization has the bytes of an attachment, since it sent them:
//
//	<dir>/ab/ab12….from/<SHA-256 of the organization's name>
//
// The file holds the name. Before it returns, the file is on disk. The bytes are kept by then: after
// a crash in between nobody was answered, and the sender comes again.
func (a *Attachments) Sent(digest events.Digest, by events.Text) error {
	if a.SentBy(digest, by) {
		return nil
	}
	err := a.keep(func(file io.Writer) (string, error) {
		_, err := io.WriteString(file, string(by)+"\n")
		return a.sender(digest, by), err
	})
	if err != nil {
		return fmt.Errorf("remember who sent attachment %s: %w", digest, err)
	}
	return nil
}

// SentBy tells whether the organization sent the bytes, whoever else did.
func (a *Attachments) SentBy(digest events.Digest, by events.Text) bool {
	_, err := os.Stat(a.sender(digest, by))
	return err == nil
}

func (a *Attachments) sender(digest events.Digest, by events.Text) string {
	name := strings.TrimPrefix(string(events.DigestOf([]byte(by))), "sha256:")
	return filepath.Join(a.path(digest)+".from", name)
}

// evidence tells which attachments the actor may name as evidence. Who may read everything names any
// that is kept. Anybody else names what the own organization sent: whoever reads a case reads its
// evidence, so a digest that was merely heard of must not become evidence in one's own case.
func (s *Server) evidence(a *Actor) func(events.Digest) bool {
	if s.permits(a, target{}) {
		return s.attachments.Has
	}
	return func(digest events.Digest) bool { return s.attachments.SentBy(digest, a.Organization) }
}
