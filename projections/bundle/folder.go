package bundle

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// packed makes the archive again of a bundle that was unpacked into a directory, in a temporary file that
// is gone when it is closed: every member at its place, so that the checks go over the same bytes as if it
// had never been unpacked. What is no member stays out, such as what a reader made there while checking
// by hand. Links are not followed.
func packed(dir string) (*os.File, error) {
	members, err := membersIn(dir)
	if err != nil {
		return nil, fmt.Errorf("read the unpacked bundle: %w", err)
	}
	file, err := os.CreateTemp("", "bundle-*.zip")
	if err != nil {
		return nil, fmt.Errorf("pack the bundle: %w", err)
	}
	err = os.Remove(file.Name()) // it lives as long as it is open
	z := newZipWriter(file)
	for _, m := range members {
		if err == nil {
			err = z.stream(m.name, func(w io.Writer) error { return copyFile(w, filepath.Join(dir, filepath.FromSlash(m.name))) })
		}
	}
	if err == nil {
		err = z.close()
	}
	if err != nil {
		return nil, fmt.Errorf("pack the bundle: %w", errors.Join(err, file.Close()))
	}
	return file, nil
}

// placed is a member and its name.
type placed struct {
	member
	name string
}

// membersIn are the members in a directory, in the order of the archive.
func membersIn(dir string) ([]placed, error) {
	var members []placed
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		m, ok := parseMember(name)
		if ok {
			members = append(members, placed{m, name})
		}
		if len(members) > maxMembers {
			return fmt.Errorf("%w: more than %d members", errUnsafe, maxMembers)
		}
		return nil
	})
	slices.SortFunc(members, func(a, b placed) int {
		if a.before(b.member) {
			return -1
		}
		return 1
	})
	return members, err
}

func copyFile(w io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return errors.Join(err, file.Close())
}
