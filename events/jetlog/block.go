package jetlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/minio/highwayhash"
	"github.com/nats-io/nats-server/v2/server"

	"starledger/events"
)

// The broker keeps the stream in numbered block files of about 8 MiB. A record in a block is
//
//	length u32 | sequence u64 | time i64 | subject length u16 | subject
//	[ header length u32 | header ] | body | checksum 8 bytes
//
// little-endian; the top bit of the length says that there is a header, the two top bits of the
// sequence that the record was erased or stands for an erased one. The checksum (HighwayHash 64,
// key: SHA-256 of "LEDGER-<block number>") covers everything but the lengths. It has no secret: it
// finds decay, not forgery.
const (
	blockSuffix    = ".blk"
	recordHead     = 4 + 8 + 8 + 2
	checksumSize   = 8
	hasHeader      = 1 << 31
	erasedRecord   = 1 << 63
	tombstone      = 1 << 62
	maxHeader      = 64 << 10
	maxRecord      = recordHead + 1<<16 + 4 + maxHeader + events.MaxBody + checksumSize
	maxBlockFile   = 16 << 20
	headerBegin    = "NATS/1.0\r\n"
	headerEnd      = "\r\n\r\n"
	smallestRecord = recordHead + checksumSize
)

// stored is one record as it lies in a block; its slices are parts of the block.
type stored struct {
	seq     uint64
	subject []byte
	header  []byte
	body    []byte
	size    int
}

var (
	// errCutShort: the bytes end before the record does.
	errCutShort = errors.New("the record is cut short")
	errChecksum = errors.New("the checksum does not match")
)

// parseRecord reads the record at the beginning of data.
func parseRecord(data []byte, sum hash.Hash64) (stored, error) {
	if len(data) < recordHead {
		return stored{}, errCutShort
	}
	length := binary.LittleEndian.Uint32(data)
	withHeader := length&hasHeader != 0
	size := int(length &^ hasHeader)
	if size < smallestRecord || size > maxRecord {
		return stored{}, fmt.Errorf("a record of %d bytes cannot be", size)
	}
	if size > len(data) {
		return stored{}, errCutShort
	}
	rec := stored{seq: binary.LittleEndian.Uint64(data[4:]), size: size}
	if err := rec.split(data[recordHead:size-checksumSize], int(binary.LittleEndian.Uint16(data[20:])), withHeader); err != nil {
		return stored{}, err
	}
	if rec.checksum(data, sum) != binary.LittleEndian.Uint64(data[size-checksumSize:]) {
		return stored{}, errChecksum
	}
	if rec.seq&(erasedRecord|tombstone) != 0 {
		return stored{}, fmt.Errorf("sequence %d was erased", rec.seq&^(erasedRecord|tombstone))
	}
	return rec, nil
}

func (rec *stored) split(content []byte, subjectLength int, withHeader bool) error {
	if subjectLength > len(content) {
		return errors.New("the subject does not fit the record")
	}
	rec.subject, rec.body = content[:subjectLength], content[subjectLength:]
	if !withHeader {
		return nil
	}
	if len(rec.body) < 4 {
		return errors.New("the header does not fit the record")
	}
	n := binary.LittleEndian.Uint32(rec.body)
	if uint64(n) > uint64(len(rec.body)-4) || n > maxHeader {
		return errors.New("the header does not fit the record")
	}
	rec.header, rec.body = rec.body[4:4+n], rec.body[4+n:]
	// The lengths are outside the checksum: a changed one moves the border of header and body.
	if !bytes.HasPrefix(rec.header, []byte(headerBegin)) || bytes.Index(rec.header, []byte(headerEnd)) != len(rec.header)-len(headerEnd) {
		return errors.New("the header is not one")
	}
	return nil
}

// awaitsCommit says whether the record belongs to an atomic batch and is not its last.
func (rec *stored) awaitsCommit() bool {
	return hasField(rec.header, server.JSBatchId) && !hasField(rec.header, server.JSBatchCommit)
}

func hasField(header []byte, name string) bool {
	return bytes.Contains(header, []byte("\r\n"+name+":"))
}

// checksum is what the end of data should be. Header and body lie side by side, in one write.
func (rec *stored) checksum(data []byte, sum hash.Hash64) uint64 {
	end := rec.size - checksumSize
	sum.Reset()
	sum.Write(data[4:20])
	sum.Write(rec.subject)
	sum.Write(data[end-len(rec.body)-len(rec.header) : end])
	return sum.Sum64()
}

// record gives the record out. The bytes are copied: a reader that keeps one body would keep its
// block otherwise.
func (rec *stored) record() (events.Record, error) {
	caseID, err := caseOf(rec.seq, string(rec.subject))
	if err != nil {
		return events.Record{}, err
	}
	return events.Record{Seq: rec.seq, Case: caseID, Body: bytes.Clone(rec.body)}, nil
}

// A blockFile is one file of the stream's messages.
type blockFile struct {
	path   string
	number int
}

// listBlocks lists the block files of the log in order of their numbers.
func listBlocks(storeDir string) ([]blockFile, error) { return blocksOf(storeDir, streamName) }

// blocksOf lists the block files of a stream up to the last that is written to. A stream that does not exist has none.
func blocksOf(storeDir, name string) ([]blockFile, error) {
	dir := filepath.Join(streamDir(storeDir, name), messageDir)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list the blocks: %w", err)
	}
	var blocks []blockFile
	for _, entry := range entries {
		number, ok := strings.CutSuffix(entry.Name(), blockSuffix)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			continue // not a name the broker gives
		}
		blocks = append(blocks, blockFile{filepath.Join(dir, entry.Name()), n})
	}
	slices.SortFunc(blocks, func(a, b blockFile) int { return a.number - b.number })
	return withoutEmptyEnd(blocks)
}

// withoutEmptyEnd leaves out the blocks at the end that the broker has made and not yet written to: the last write
// is in the block before them.
func withoutEmptyEnd(blocks []blockFile) ([]blockFile, error) {
	for len(blocks) > 1 {
		info, err := os.Stat(blocks[len(blocks)-1].path)
		if err != nil {
			return nil, fmt.Errorf("list the blocks: %w", err)
		}
		if info.Size() > 0 {
			break
		}
		blocks = blocks[:len(blocks)-1]
	}
	return blocks, nil
}

// syncLastBlocks makes durable what an earlier process wrote and died before it could sync. Nobody
// was told of it, but readers will be shown it now.
func syncLastBlocks(storeDir string) error {
	for _, s := range streams {
		blocks, err := blocksOf(storeDir, s.name)
		if err == nil && len(blocks) > 0 {
			err = syncPath(blocks[len(blocks)-1].path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// load reads the block from an offset on, into buf when it is large enough.
func (b blockFile) load(buf []byte, from uint32) ([]byte, error) {
	info, err := os.Stat(b.path)
	if err != nil {
		return nil, fmt.Errorf("read block %d: %w", b.number, err)
	}
	if info.Size() > maxBlockFile {
		return nil, fmt.Errorf("block %d has %d bytes, the broker makes none above %d: %w", b.number, info.Size(), maxBlockFile, events.ErrIntegrity)
	}
	f, err := os.Open(b.path)
	if err != nil {
		return nil, fmt.Errorf("read block %d: %w", b.number, err)
	}
	defer f.Close()
	into := bytes.NewBuffer(slices.Grow(buf[:0], max(int(info.Size())-int(from), 0)+bytes.MinRead))
	if _, err := into.ReadFrom(io.NewSectionReader(f, int64(from), maxBlockFile)); err != nil {
		return nil, fmt.Errorf("read block %d: %w", b.number, err)
	}
	return into.Bytes(), nil
}

// first is the sequence in the head of the block's first record, 0 for an empty block. It is not
// verified: it serves to find a place, and what is read there is verified.
func (b blockFile) first() (uint64, error) {
	f, err := os.Open(b.path)
	if err != nil {
		return 0, fmt.Errorf("read block %d: %w", b.number, err)
	}
	defer f.Close()
	var head [recordHead]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return 0, nil
	}
	return binary.LittleEndian.Uint64(head[4:]) &^ (erasedRecord | tombstone), nil
}

// checksummer is keyed for the block, as the broker keys it.
func (b blockFile) checksummer() (hash.Hash64, error) {
	key := sha256.Sum256(fmt.Appendf(nil, "%s-%d", streamName, b.number))
	sum, err := highwayhash.New64(key[:])
	if err != nil {
		return nil, fmt.Errorf("key the checksum of block %d: %w", b.number, err)
	}
	return sum, nil
}
