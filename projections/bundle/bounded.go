package bundle

import (
	"encoding/binary"
	"fmt"
	"io"
)

const (
	// maxMembers is enough for a log of a hundred million events.
	maxMembers = 500_000
	// maxDirectory bounds the directory of the zip, and with it the memory that reading it takes.
	maxDirectory = 40 << 20

	endSize       = 22 // end of central directory, without comment
	end64Size     = 56 // zip64 end of central directory
	locator64Size = 20
)

// bounded looks at the last bytes of a zip before anything is read by them: the directory is small,
// begins where it says, and ends where the end begins. So whoever reads it reads no more than that.
func bounded(file io.ReaderAt, size uint64) error {
	var end [endSize]byte
	if size < endSize {
		return fmt.Errorf("%w: %d bytes", errUnsafe, size)
	}
	at := size - endSize
	if _, err := file.ReadAt(end[:], int64(at)); err != nil {
		return fmt.Errorf("read the end of the bundle: %w", err)
	}
	if binary.LittleEndian.Uint32(end[:]) != 0x06054b50 || end[20] != 0 || end[21] != 0 {
		return fmt.Errorf("%w: it does not end like one", errUnsafe)
	}
	length := uint64(binary.LittleEndian.Uint32(end[12:]))
	start := uint64(binary.LittleEndian.Uint32(end[16:]))
	members := uint64(binary.LittleEndian.Uint16(end[10:]))
	if start == 1<<32-1 || length == 1<<32-1 || members == 1<<16-1 {
		var err error
		if at, length, start, err = end64(file, at); err != nil {
			return err
		}
	}
	if length > maxDirectory || start > at || at-start != length {
		return fmt.Errorf("%w: its directory of %d bytes at %d does not end at %d", errUnsafe, length, start, at)
	}
	return nil
}

// end64 reads the end of an archive that is too large for the old one.
func end64(file io.ReaderAt, end uint64) (at, length, start uint64, err error) {
	if end < locator64Size+end64Size {
		return 0, 0, 0, fmt.Errorf("%w: it is cut off", errUnsafe)
	}
	at = end - locator64Size - end64Size
	var record [end64Size]byte
	if _, err := file.ReadAt(record[:], int64(at)); err != nil {
		return 0, 0, 0, fmt.Errorf("read the end of the bundle: %w", err)
	}
	if binary.LittleEndian.Uint32(record[:]) != 0x06064b50 {
		return 0, 0, 0, fmt.Errorf("%w: it does not end like a large one", errUnsafe)
	}
	return at, binary.LittleEndian.Uint64(record[40:]), binary.LittleEndian.Uint64(record[48:]), nil
}
