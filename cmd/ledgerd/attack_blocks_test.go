package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/minio/highwayhash"
)

// The block format is described in events/jetlog; here it is read and forged a second time, with
// nothing but what anybody can look up.
const (
	recordHeader  = 4 + 8 + 8 + 2 // length, sequence, time, length of the subject
	withHeaders   = 1 << 31
	recordTrailer = 8 // the checksum
)

// blockFiles are the blocks of the stream in order, of which the tests have fewer than ten.
func blockFiles(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "store", "jetstream", "LEDGER", "streams", "LEDGER", "msgs", "?.blk"))
	if err != nil || len(found) == 0 {
		t.Fatalf("blocks: %v %v", found, err)
	}
	return found
}

// span is where a record lies in its block.
type span struct {
	seq        uint64
	begin, end int
}

// spans finds the records of a sound block, from the lengths alone.
func spans(t *testing.T, path string) (list []span) {
	t.Helper()
	data := readFile(t, path)
	for at := 0; at < len(data); {
		size := int(binary.LittleEndian.Uint32(data[at:]) &^ withHeaders)
		list = append(list, span{binary.LittleEndian.Uint64(data[at+4:]), at, at + size})
		at += size
	}
	return list
}

// checksum writes the checksum that the broker would write. It has no secret in it: the key is the
// name of the stream and the number of the block.
func checksum(t *testing.T, record []byte, block int) {
	t.Helper()
	key := sha256.Sum256(fmt.Appendf(nil, "LEDGER-%d", block))
	sum, err := highwayhash.New64(key[:])
	if err != nil {
		t.Fatal(err)
	}
	subject := recordHeader + int(binary.LittleEndian.Uint16(record[20:]))
	content := subject
	if binary.LittleEndian.Uint32(record)&withHeaders != 0 {
		content += 4 // the length of the headers is not covered
	}
	end := len(record) - recordTrailer
	for _, part := range [][]byte{record[4:20], record[recordHeader:subject], record[content:end]} {
		sum.Write(part)
	}
	sum.Sum(record[end:end])
}

// divide makes several blocks of one, equally long but for the last.
func divide(t *testing.T, dir string, into int) {
	t.Helper()
	one := blockFiles(t, dir)[0]
	data, list := readFile(t, one), spans(t, one)
	each := (len(list) + into - 1) / into
	blocks := make([]bytes.Buffer, into)
	for i, in := range list {
		record := bytes.Clone(data[in.begin:in.end])
		checksum(t, record, i/each+1)
		blocks[i/each].Write(record)
	}
	for i := range blocks {
		overwrite(t, filepath.Join(filepath.Dir(one), fmt.Sprintf("%d.blk", i+1)), blocks[i].Bytes())
	}
	if err := os.Remove(filepath.Join(filepath.Dir(one), "index.db")); err != nil {
		t.Fatal(err)
	}
}
