package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"starledger/events"
)

// MaxAttachment is the largest attachment.
const MaxAttachment = 32 << 20

// Attachments keeps bytes under their SHA-256 in a directory: <dir>/ab/ab12…, so that anybody can
// check them with sha256sum. What is there is complete and durable; files being written are in
// <dir>/incoming and mean nothing. Several nodes may share the directory: a name says what the bytes are,
// so two that write the same write the same.
type Attachments struct{ dir, incoming string }

const incoming = "incoming"

// ErrDigestDiffers says that the bytes are not those that the sender announced.
var ErrDigestDiffers = errors.New("the bytes have another digest")

// OpenAttachments makes the directory if need be and removes what an earlier process left behind
// half written. Only one process may use the directory.
func OpenAttachments(dir string) (*Attachments, error) { return OpenSharedAttachments(dir, "") }

// OpenSharedAttachments is OpenAttachments for nodes that share the directory, each under a name of its
// own: only what this node left behind half written is removed.
func OpenSharedAttachments(dir, node string) (*Attachments, error) {
	dir = filepath.Clean(dir)
	a := &Attachments{dir, filepath.Join(dir, incoming, node)}
	if err := os.RemoveAll(a.incoming); err != nil {
		return nil, fmt.Errorf("clear half-written attachments: %w", err)
	}
	if err := os.MkdirAll(a.incoming, 0o700); err != nil {
		return nil, fmt.Errorf("open attachments: %w", err)
	}
	return a, nil
}

// Put stores what it reads. Before it returns, the bytes and the name under which they are found
// are on disk; a crash before leaves at most a file in incoming. expected may be empty.
func (a *Attachments) Put(from io.Reader, expected events.Digest) (digest events.Digest, size int64, err error) {
	err = a.keep(func(file io.Writer) (string, error) {
		hash := sha256.New()
		if size, err = io.Copy(io.MultiWriter(file, hash), sender{from}); err != nil {
			return "", err
		}
		digest = events.Digest("sha256:" + hex.EncodeToString(hash.Sum(nil)))
		if expected != "" && expected != digest {
			return "", ErrDigestDiffers
		}
		return a.path(digest), nil
	})
	return digest, size, err
}

// keep writes a file, syncs it, and only then gives it the path that write has found for it.
func (a *Attachments) keep(write func(io.Writer) (path string, err error)) (err error) {
	file, err := os.CreateTemp(a.incoming, "")
	if err != nil {
		return fmt.Errorf("begin an attachment: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close(), os.Remove(file.Name()))
		}
	}()
	path, err := write(file)
	if err != nil {
		return err
	}
	if err = file.Sync(); err != nil {
		return fmt.Errorf("make %s durable: %w", path, err)
	}
	return a.publish(file, path)
}

// publish gives the finished file its name. Renaming over the same bytes changes nothing.
func (a *Attachments) publish(file *os.File, path string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make room for %s: %w", path, err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("name %s: %w", path, err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("close %s: %w", path, err)
	}
	// The name is durable with its folder, and the folder's name with the one above it.
	for ; folder != a.dir; folder = filepath.Dir(folder) {
		if err := syncDir(folder); err != nil {
			return err
		}
	}
	return syncDir(a.dir)
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync %s: %w", path, err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Has tells whether the bytes are kept.
func (a *Attachments) Has(digest events.Digest) bool {
	_, err := os.Stat(a.path(digest))
	return err == nil
}

// Open reads the bytes; fs.ErrNotExist when they are not kept.
func (a *Attachments) Open(digest events.Digest) (*os.File, error) { return os.Open(a.path(digest)) }

func (a *Attachments) path(digest events.Digest) string {
	name := strings.TrimPrefix(string(digest), "sha256:")
	return filepath.Join(a.dir, name[:2], name)
}
