package archive

import (
	"iter"

	"starledger/events"
)

// ReadBeside yields the archived events from ≤ Seq ≤ to out of the files in dir, as Archive.Read does,
// while another process may be appending to them: it opens nothing for writing and repairs nothing. What
// a signed checkpoint covers is safe to read so; a line beyond may be cut off, and is damage here.
func ReadBeside(dir string, from, to uint64) iter.Seq2[events.Record, error] {
	return (&Archive{dir: dir}).Read(from, to)
}
