package bundle

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
)

// header is what the archive says of a member. All of it follows from name, size and checksum: stored
// without compression, so that the bytes depend on no compressor, any tool can read them in place, and
// there is nothing to explode; the oldest time a zip can hold; readable by everybody.
//
//lint:file-ignore SA1019 CreateRaw writes the old fields of the time, and not Modified
func header(name string, size uint64, sum uint32) *zip.FileHeader {
	const (
		unix       = 3 << 8
		version20  = 20
		first1980  = 1<<5 | 1 // 1980-01-01
		regular644 = 0o100644 << 16
	)
	return &zip.FileHeader{
		Name: name, Method: zip.Store, CreatorVersion: unix | version20, ReaderVersion: version20,
		ModifiedDate: first1980, ExternalAttrs: regular644,
		CRC32: sum, CompressedSize64: size, UncompressedSize64: size,
	}
}

// zipWriter writes members in the one way they are written.
type zipWriter struct{ zip *zip.Writer }

func newZipWriter(w io.Writer) *zipWriter { return &zipWriter{zip.NewWriter(w)} }

// file writes a member from memory.
func (z *zipWriter) file(name string, data []byte) error {
	return z.stream(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// stream writes a member that fill gives twice: once to be measured, since the size stands before the
// bytes, and once to be written. Nothing is held in memory.
func (z *zipWriter) stream(name string, fill func(io.Writer) error) error {
	var measured measure
	if err := fill(&measured); err != nil {
		return fmt.Errorf("measure %s: %w", name, err)
	}
	return z.raw(name, measured, fill)
}

// raw writes a member whose measure is known.
func (z *zipWriter) raw(name string, is measure, fill func(io.Writer) error) error {
	to, err := z.zip.CreateRaw(header(name, is.size, is.sum))
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	var written measure
	if err := fill(io.MultiWriter(to, &written)); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if written != is {
		return fmt.Errorf("write %s: it changed while it was read", name)
	}
	return nil
}

func (z *zipWriter) close() error { return z.zip.Close() }

// measure is the size and the checksum of what was written to it.
type measure struct {
	size uint64
	sum  uint32
}

func (m *measure) Write(p []byte) (int, error) {
	m.size += uint64(len(p))
	m.sum = crc32.Update(m.sum, crc32.IEEETable, p)
	return len(p), nil
}
