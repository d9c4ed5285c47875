package seal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"starledger/events"
)

// maxHot bounds how many cases' last leaves are held in memory, at about 250 bytes each.
const maxHot = 20_000

// cases knows where each case ends in the sealed tree. All it has to know is one number a case,
// about 80 bytes in memory: the leaf at that place is read back from the tiles and proven before
// anything of it goes into a new leaf. Cases at work are held ready.
//
// It is kept in a file, so that a start need not read the whole log. The file may be deleted at any
// time; it names the cases, so it must not lie among the public files.
type cases struct {
	size uint64            // the leaves it knows of
	kept uint64            // the leaves that its file knows of
	last map[string]uint64 // case -> sequence of its last event
	hot  map[string]previous
}

func newCases() *cases { return &cases{last: map[string]uint64{}, hot: map[string]previous{}} }

// add takes over what a batch has sealed, up to size.
func (c *cases) add(heads map[string]previous, size uint64) {
	if len(c.hot)+len(heads) > maxHot {
		clear(c.hot)
	}
	for name, p := range heads {
		c.last[name], c.hot[name] = p.seq, p
	}
	c.size = size
}

// loadCases knows the cases up to size: from the file, and for what the file does not know from the
// routing of the records in the log. A file that is missing, damaged or ahead is no loss.
func loadCases(ctx context.Context, path string, log Log, size uint64) (*cases, error) {
	c, err := readCases(path)
	if err != nil || c.size > size {
		c = newCases()
	}
	for rec, err := range log.Read(ctx, c.size+1, size) {
		if err != nil {
			return nil, fmt.Errorf("find where the cases end: %w", err)
		}
		c.last[rec.Case] = rec.Seq
	}
	c.kept, c.size = c.size, size
	return c, nil
}

const casesHeader = "starledger-cases/v1"

var errCases = errors.New("not a file of cases")

// save writes the file:
//
//	starledger-cases/v1 <size> sha256:<of all that follows>
//	<case> <sequence>
//
// It is not synced: the digest finds what a crash left of it.
func (c *cases) save(path string) error {
	var lines bytes.Buffer
	for name, seq := range c.last {
		fmt.Fprintf(&lines, "%s %d\n", name, seq)
	}
	text := fmt.Appendf(nil, "%s %d %s\n", casesHeader, c.size, events.DigestOf(lines.Bytes()))
	err := os.WriteFile(temporary(path), append(text, lines.Bytes()...), 0o600)
	if err == nil {
		err = os.Rename(temporary(path), path)
	}
	if err != nil {
		return fmt.Errorf("save where the cases end: %w", err)
	}
	c.kept = c.size
	return nil
}

func readCases(path string) (*cases, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newCases(), nil
	}
	if err != nil {
		return nil, err
	}
	return parseCases(text)
}

func parseCases(text []byte) (*cases, error) {
	header, lines, _ := bytes.Cut(text, []byte("\n"))
	words := strings.Split(string(header), " ")
	if len(words) != 3 || words[0] != casesHeader || words[2] != string(events.DigestOf(lines)) {
		return nil, errCases
	}
	c := newCases()
	var err error
	if c.size, err = strconv.ParseUint(words[1], 10, 64); err != nil {
		return nil, errCases
	}
	for scan := bufio.NewScanner(bytes.NewReader(lines)); scan.Scan(); {
		name, number, _ := strings.Cut(scan.Text(), " ")
		seq, err := strconv.ParseUint(number, 10, 64)
		if err != nil || seq == 0 || seq > c.size {
			return nil, errCases
		}
		c.last[name] = seq
	}
	return c, nil
}
