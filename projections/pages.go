package projections

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"modernc.org/sqlite"

	"starledger/events"
)

// pagesTable holds what is known of every entry of the log, many to a row: a row for each took a quarter
// of the time of a rebuild. Where an entry stands follows from its sequence (ofEntry), so it is found
// without an index.
var pagesTable = fmt.Sprintf(`
CREATE TABLE pages (
	no      INTEGER PRIMARY KEY, -- (sequence − 1) / %[1]d
	entries BLOB NOT NULL        -- %[2]d bytes for each, see entryFields
);
CREATE TABLE places (no INTEGER PRIMARY KEY); -- 1 to %[1]d, to go through a page with
WITH RECURSIVE place(no) AS (VALUES (1) UNION ALL SELECT no + 1 FROM place WHERE no < %[1]d) INSERT INTO places SELECT no FROM place;`,
	pageLength, entryWidth)

// pageLength is how many entries a row holds, so that it fills a page of the file, and entryWidth how many
// bytes each takes.
const (
	pageLength = 78
	entryWidth = 51
)

// entryFields are the fields of an entry, from byte at on: numbers with the highest byte first, below 0 in
// two's complement.
var entryFields = map[string]struct{ at, width int }{
	"case_no":   {0, 6}, // cases.no
	"case_seq":  {6, 5},
	"type_no":   {11, 4}, // names.no
	"actor_no":  {15, 4}, // names.no
	"recorded":  {19, 8},
	"effective": {27, 8},
	"late":      {35, 8}, // latest recorded time up to this entry − recorded
	"assessed":  {43, 4}, // involved clauses that are assessed in the latest audit of the case, from here on
	"findings":  {47, 4}, // open nonconformities of the case, from here on
}

// entry is what is kept of an event.
type entry struct {
	caseNo, caseSeq, typeNo, actorNo, recorded, effective, late, assessed, findings int64
}

func (e *entry) appendTo(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(e.caseNo)<<16|uint64(e.caseSeq)>>24&0xffff)
	b = append(b, byte(e.caseSeq>>16), byte(e.caseSeq>>8), byte(e.caseSeq))
	b = binary.BigEndian.AppendUint32(b, uint32(e.typeNo))
	b = binary.BigEndian.AppendUint32(b, uint32(e.actorNo))
	b = binary.BigEndian.AppendUint64(b, uint64(e.recorded))
	b = binary.BigEndian.AppendUint64(b, uint64(e.effective))
	b = binary.BigEndian.AppendUint64(b, uint64(e.late))
	b = binary.BigEndian.AppendUint32(b, uint32(e.assessed))
	return binary.BigEndian.AppendUint32(b, uint32(e.findings))
}

// pages writes the pages: a row when it is full, and at the end of a batch the one that has grown.
type pages struct {
	conn    *sql.Conn
	queue   *queue
	rows    growing
	no      int64
	entries []byte // of the page no
	unsaved bool
	kept    bool // the table has the page as it was before
}

func (p *pages) add(ctx context.Context, seq uint64, e *entry) error {
	no, place := int64(seq-1)/pageLength, int(seq-1)%pageLength
	if place == 0 {
		p.no, p.entries, p.kept = no, make([]byte, 0, pageLength*entryWidth), false
	} else if p.entries == nil {
		if err := p.read(ctx, no); err != nil {
			return err
		}
	}
	if p.no != no || len(p.entries) != place*entryWidth {
		return fmt.Errorf("page %d of entries has %d bytes before sequence %d", p.no, len(p.entries), seq)
	}
	p.entries, p.unsaved = e.appendTo(p.entries), true
	if place == pageLength-1 {
		return p.save(ctx)
	}
	return nil
}

// save hands over the page as it stands; what is appended to it later lies behind that.
func (p *pages) save(ctx context.Context) error {
	before := p.kept
	p.unsaved, p.kept = false, true
	return p.rows.add(ctx, before, p.no, p.entries)
}

// flush hands over what has grown.
func (p *pages) flush(ctx context.Context) error {
	if p.unsaved {
		if err := p.save(ctx); err != nil {
			return err
		}
	}
	return p.rows.flush(ctx)
}

// read takes up a page where the table leaves it.
func (p *pages) read(ctx context.Context, no int64) error {
	if err := p.queue.wait(); err != nil {
		return err
	}
	p.no, p.kept = no, true
	if err := p.conn.QueryRowContext(ctx, "SELECT entries FROM pages WHERE no = ?", no).Scan(&p.entries); err != nil {
		return fmt.Errorf("read page %d of entries: %w", no, err)
	}
	return nil
}

// ofEntry is the field of an entry in SQL, where seq is its sequence and the page stands beside it (pageOf).
func ofEntry(field, seq string) string {
	f, ok := entryFields[field]
	if !ok {
		panic("an entry has no " + field) // a query is written wrongly
	}
	return fmt.Sprintf("number(substr(ep.entries, (%s - 1) %% %d * %d + %d, %d))", seq, pageLength, entryWidth, f.at+1, f.width)
}

// wholeEntry is an entry as it is kept.
func wholeEntry(seq string) string {
	return fmt.Sprintf("substr(ep.entries, (%s - 1) %% %d * %d + 1, %d)", seq, pageLength, entryWidth, entryWidth)
}

// fieldOf is a field of an entry as it is kept.
func fieldOf(kept []byte, field string) int64 {
	f := entryFields[field]
	return number(kept[f.at : f.at+f.width])
}

// pageOf brings the page of an entry to its sequence.
func pageOf(seq string) string {
	return "\n\tCROSS JOIN pages ep ON ep.no = (" + seq + " - 1) / " + strconv.Itoa(pageLength)
}

// entriesIn is a query for all entries after a sequence and up to another, which are its arguments, twice
// each; everyEntry is their sequence.
const entriesIn = " FROM pages ep CROSS JOIN places l"

var (
	everyEntry = fmt.Sprintf("(ep.no * %d + l.no)", pageLength)
	inRange    = fmt.Sprintf("ep.no >= ? / %[1]d AND ep.no <= (? - 1) / %[1]d AND %[2]s > ? AND %[2]s <= ?", pageLength, everyEntry)
)

// entryTimes are when an entry was recorded, and the latest time up to it. sql.ErrNoRows when there is
// none.
func (v *Views) entryTimes(ctx context.Context, seq uint64) (recorded, latest events.Instant, err error) {
	if seq == 0 {
		return 0, 0, sql.ErrNoRows
	}
	no, place := (seq-1)/pageLength, (seq-1)%pageLength
	var kept []byte
	const query = "SELECT substr(entries, ?, ?) FROM pages WHERE no = ?"
	if err := v.store.read.QueryRowContext(ctx, query, int64(place*entryWidth)+1, entryWidth, int64(no)).Scan(&kept); err != nil {
		return 0, 0, err
	}
	if len(kept) < entryWidth {
		return 0, 0, sql.ErrNoRows
	}
	recorded = events.Instant(fieldOf(kept, "recorded"))
	return recorded, recorded + events.Instant(fieldOf(kept, "late")), nil
}

// The SQL function number reads a field.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("number", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		field, ok := args[0].([]byte)
		if !ok || len(field) == 0 || len(field) > 8 {
			return nil, errShortPage
		}
		return number(field), nil
	})
}

var errShortPage = errors.New("a page of entries is too short")

// number is what a field holds.
func number(field []byte) int64 {
	n := int64(int8(field[0]))
	for _, b := range field[1:] {
		n = n<<8 | int64(b)
	}
	return n
}
