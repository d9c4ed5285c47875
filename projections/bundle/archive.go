package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// An archive is a bundle that was found to be safe: its bytes are exactly those that the writer makes
// of its members, so that every tool that opens it sees the same members with the same content.
type archive struct {
	file    io.Closer
	names   []string // in the order of the archive
	members map[string]*zip.File
	kinds   [kinds][]member // in the order of the archive
}

// errUnsafe is the kind of what is wrong with an archive, as opposed to reading it.
var errUnsafe = errors.New("not an archive as a ledger writes it")

// openArchive opens the file, or packs the directory that it was unpacked into, and holds it against every
// rule of the layout.
func openArchive(path string, progress func(done, total uint64)) (*archive, error) {
	info, err := os.Stat(path) // first: opening a pipe would wait for somebody to write
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	open := os.Open
	if info.IsDir() {
		open = packed
	}
	file, err := open(path)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	a := &archive{file: file, members: map[string]*zip.File{}}
	if err := a.read(file, uint64(info.Size()), progress); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return a, nil
}

func (a *archive) close() error { return a.file.Close() }

// read takes in the directory of the zip and checks the whole file.
func (a *archive) read(file io.ReaderAt, size uint64, progress func(done, total uint64)) error {
	if err := bounded(file, size); err != nil {
		return err
	}
	directory, err := zip.NewReader(file, int64(size))
	if err != nil {
		return fmt.Errorf("%w: %w", errUnsafe, err)
	}
	if len(directory.File) > maxMembers {
		return fmt.Errorf("%w: more than %d members", errUnsafe, maxMembers)
	}
	for _, f := range directory.File {
		if err := a.add(f); err != nil {
			return fmt.Errorf("%w: %w", errUnsafe, err)
		}
	}
	for name := range single {
		if a.members[name] == nil {
			return fmt.Errorf("%w: it has no %s", errUnsafe, name)
		}
	}
	return a.rewrite(file, size, directory.File, progress)
}

// add takes a member in after looking at its name, kind, place and size. Nothing is believed of the
// rest of its header: rewrite compares that.
func (a *archive) add(f *zip.File) error {
	m, ok := parseMember(f.Name)
	if !ok {
		return fmt.Errorf("%.80q has no place in a bundle", f.Name)
	}
	if n := len(a.names); n > 0 {
		if last, _ := parseMember(a.names[n-1]); !last.before(m) {
			return fmt.Errorf("%s stands behind %s", f.Name, a.names[n-1])
		}
	}
	if f.Method != zip.Store || f.UncompressedSize64 != f.CompressedSize64 {
		return fmt.Errorf("%s is compressed: the archive was packed again", f.Name)
	}
	if f.UncompressedSize64 > maxMember[m.kind] {
		return fmt.Errorf("%s has %d bytes, more than %d", f.Name, f.UncompressedSize64, maxMember[m.kind])
	}
	if len(a.kinds[m.kind]) >= maxCount[m.kind] {
		return fmt.Errorf("there are more than %d members like %s", maxCount[m.kind], f.Name)
	}
	a.names, a.members[f.Name] = append(a.names, f.Name), f
	a.kinds[m.kind] = append(a.kinds[m.kind], m)
	return nil
}

// rewrite writes the archive again from its members and compares every byte. What is hidden between
// members, said of a member in one place and not in the other, or does not fit its checksum, differs.
func (a *archive) rewrite(file io.ReaderAt, size uint64, members []*zip.File, progress func(done, total uint64)) error {
	same := &comparing{file: file, size: size, progress: progress}
	z := newZipWriter(same)
	for _, f := range members {
		from, err := f.OpenRaw()
		if err != nil {
			return fmt.Errorf("%w: %s: %w", errUnsafe, f.Name, err)
		}
		is := measure{f.UncompressedSize64, f.CRC32}
		err = z.raw(f.Name, is, func(w io.Writer) error {
			_, err := io.Copy(w, from)
			return err
		})
		if err != nil {
			return fmt.Errorf("%w: %w", errUnsafe, err)
		}
	}
	if err := z.close(); err != nil {
		return fmt.Errorf("%w: %w", errUnsafe, err)
	}
	if same.at != size {
		return fmt.Errorf("%w: %d bytes stand behind its end", errUnsafe, size-same.at)
	}
	return nil
}

// comparing is a writer that fails where what is written is not what the file holds.
type comparing struct {
	file     io.ReaderAt
	size, at uint64
	buffer   []byte
	progress func(done, total uint64)
}

func (c *comparing) Write(p []byte) (int, error) {
	if uint64(len(p)) > c.size-c.at {
		return 0, fmt.Errorf("the file ends at byte %d", c.size)
	}
	if cap(c.buffer) < len(p) {
		c.buffer = make([]byte, len(p))
	}
	held := c.buffer[:len(p)]
	if _, err := c.file.ReadAt(held, int64(c.at)); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if !bytes.Equal(held, p) {
		return 0, fmt.Errorf("at byte %d or soon behind it stands what does not belong there", c.at)
	}
	c.at += uint64(len(p))
	c.progress(c.at, c.size)
	return len(p), nil
}

// has tells whether there is such a member.
func (a *archive) has(name string) bool { return a.members[name] != nil }

// open reads a member.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.members[name]
	if f == nil {
		return nil, fmt.Errorf("the bundle has no %s", name)
	}
	return f.Open()
}

// bytes reads a member whole; its size is bounded by its kind.
func (a *archive) bytes(name string) ([]byte, error) {
	from, err := a.open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(from)
	if err = errors.Join(err, from.Close()); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return data, nil
}
