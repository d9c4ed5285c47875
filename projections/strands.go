package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// strandsTable tells which entries have something in common: a case, a type, an actor. It does what an
// index of entries by each of them would do; but an index takes a row for every entry, which cost a
// third of the time of a rebuild, and a strand one for every 64.
const strandsTable = `
CREATE TABLE strands (
	of    INTEGER NOT NULL, -- cases.no, or names.no of a type or an actor, negated
	first INTEGER NOT NULL, -- the least of seqs
	seqs  TEXT    NOT NULL, -- JSON list of ascending sequences; every row of a strand but its last is full
	PRIMARY KEY (of, first)
) WITHOUT ROWID;`

// strandLength is how many sequences a row holds, so that a row fits a quarter of a page.
const strandLength = 64

// strand is the end of one strand: what its last row holds.
type strand struct {
	of      int64
	unread  bool // the table has a row of it that was not read yet
	unsaved bool
	kept    bool // the table has the row as it was before
	first   uint64
	last    uint64
	count   int
	seqs    []byte // the list without its closing bracket
}

func (s *strand) add(seq uint64) {
	if seq == s.last {
		return // an actor may be called as a type is
	}
	s.last = seq
	if s.count == strandLength {
		s.count, s.kept = 0, false
	}
	lead := byte(',')
	if s.count == 0 {
		lead, s.first, s.seqs = '[', seq, s.seqs[:0]
	}
	s.seqs = strconv.AppendUint(append(s.seqs, lead), seq, 10)
	s.count++
}

// strands writes the strands: a row when it is full, and at the end of a batch every row that has grown.
type strands struct {
	conn  *sql.Conn
	queue *queue
	rows  growing
	grown []*strand
}

func (t *strands) add(ctx context.Context, s *strand, seq uint64) error {
	if s.unread {
		if err := t.read(ctx, s); err != nil {
			return err
		}
	}
	s.add(seq)
	if s.count == strandLength {
		return t.save(ctx, s)
	}
	if !s.unsaved {
		s.unsaved, t.grown = true, append(t.grown, s)
	}
	return nil
}

func (t *strands) save(ctx context.Context, s *strand) error {
	before := s.kept
	s.unsaved, s.kept = false, true
	return t.rows.add(ctx, before, s.of, int64(s.first), string(s.seqs)+"]")
}

// flush hands over what has grown.
func (t *strands) flush(ctx context.Context) error {
	for _, s := range t.grown {
		if s.unsaved {
			if err := t.save(ctx, s); err != nil {
				return err
			}
		}
	}
	t.grown = t.grown[:0]
	return t.rows.flush(ctx)
}

// read takes up a strand where the table leaves it.
func (t *strands) read(ctx context.Context, s *strand) error {
	if err := t.queue.wait(); err != nil {
		return err
	}
	var list string
	const query = "SELECT first, seqs FROM strands WHERE of = ? ORDER BY first DESC LIMIT 1"
	err := t.conn.QueryRowContext(ctx, query, s.of).Scan(&s.first, &list)
	if errors.Is(err, sql.ErrNoRows) {
		s.unread = false
		return nil
	}
	if err != nil {
		return fmt.Errorf("read strand %d: %w", s.of, err)
	}
	seqs, err := appendSeqs(nil, list)
	if err != nil {
		return err
	}
	s.unread, s.kept, s.count, s.last, s.seqs = false, true, len(seqs), seqs[len(seqs)-1], []byte(list[:len(list)-1])
	return nil
}

// appendSeqs reads the list of a row.
func appendSeqs(seqs []uint64, list string) ([]uint64, error) {
	if len(list) < len("[1]") || list[0] != '[' || list[len(list)-1] != ']' {
		return nil, fmt.Errorf("%q is no list of sequences", list)
	}
	seq := uint64(0)
	for i := 1; i < len(list); i++ {
		switch c := list[i]; {
		case '0' <= c && c <= '9':
			seq = 10*seq + uint64(c-'0')
		default:
			seqs, seq = append(seqs, seq), 0
		}
	}
	return seqs, nil
}

// ofStrand is the condition for the rows t of a strand that hold what lies after a sequence and up to
// another. It takes the strand, the latter, the strand, the former. The first row and the last may hold
// more.
const ofStrand = `t.of = ? AND t.first <= ?
	AND t.first >= coalesce((SELECT max(first) FROM strands WHERE of = ? AND first <= ?), 0)`

// readStrand reads the sequences of a strand after one and up to another.
func readStrand(ctx context.Context, db queryer, of int64, after, upTo uint64) ([]uint64, error) {
	rows, err := db.QueryContext(ctx, "SELECT t.seqs FROM strands t WHERE "+ofStrand+" ORDER BY t.first", of, int64(upTo), of, int64(after))
	if err != nil {
		return nil, fmt.Errorf("read strand %d: %w", of, err)
	}
	var seqs []uint64
	err = each(rows, func() error {
		var list string
		if err := rows.Scan(&list); err != nil {
			return err
		}
		var err error
		seqs, err = appendSeqs(seqs, list)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read strand %d: %w", of, err)
	}
	for len(seqs) > 0 && seqs[0] <= after {
		seqs = seqs[1:]
	}
	for len(seqs) > 0 && seqs[len(seqs)-1] > upTo {
		seqs = seqs[:len(seqs)-1]
	}
	return seqs, nil
}

// queryer is a database, or one connection to it.
type queryer interface {
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
}
