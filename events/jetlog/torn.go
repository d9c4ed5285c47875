package jetlog

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash"

	"github.com/nats-io/nats-server/v2/server"

	"starledger/events"
)

// TornTail says that the last write is incomplete and nothing follows it: a record whose end is
// missing, or a batch whose last records are. It was cut off before it was synced, so nobody was
// ever told that it is stored. Open takes the batch away, and the broker the record, when it starts. It is
// no damage.
type TornTail struct {
	Seq    uint64 // the first sequence of the write
	Block  int    // where it ends
	Offset int
}

func (e *TornTail) Error() string {
	return fmt.Sprintf("block %d ends at offset %d within the write of sequence %d, which was cut off", e.Block, e.Offset, e.Seq)
}

// isTorn tells an unfinished write from damage, in the last bytes of the last block, where no
// record could be read. Unfinished means: the file ends before the record does, or its end was
// never written and reads as zeros. But a changed length field looks the same, so nothing in the
// rest may be a whole record: neither the rest itself under its true length, nor anything after.
func isTorn(rest []byte, next uint64, sum hash.Hash64) bool {
	cut := len(rest) < recordHead || int(binary.LittleEndian.Uint32(rest)&^hasHeader) > len(rest)
	if !cut && !endsInZeros(rest) {
		return false
	}
	if len(rest) >= smallestRecord && isWholeRecord(rest, next, sum) {
		return false
	}
	_, found := findRecord(rest, next, next+uint64(len(rest)/smallestRecord), sum)
	return !found
}

func endsInZeros(rest []byte) bool {
	for _, b := range rest[max(0, len(rest)-checksumSize):] {
		if b != 0 {
			return false
		}
	}
	return true
}

// isWholeRecord says whether data is the record next if its length field is not believed.
func isWholeRecord(data []byte, next uint64, sum hash.Hash64) bool {
	if len(data) > maxRecord || binary.LittleEndian.Uint64(data[4:]) != next {
		return false
	}
	copied := append([]byte(nil), data...)
	for _, flag := range []uint32{0, hasHeader} {
		binary.LittleEndian.PutUint32(copied, uint32(len(copied))|flag)
		if _, err := parseRecord(copied, sum); err == nil {
			return true
		}
	}
	return false
}

// checkEnd refuses a stream that ends within a batch: cutOpenBatch has left none, so the broker has read its
// blocks in another way than we do. Rebuild makes a stream without the batch.
func (l *Log) checkEnd(ctx context.Context, last uint64) error {
	if last == 0 {
		return nil
	}
	msg, err := l.getMsg(ctx, server.JSApiMsgGetRequest{Seq: last})
	if err != nil {
		return fmt.Errorf("read the end of the stream: %w", err)
	}
	if msg.Header.Get(server.JSBatchId) != "" && msg.Header.Get(server.JSBatchCommit) == "" {
		return &events.DamageError{Seq: last, Reason: "the stream ends within a batch that was cut off"}
	}
	return nil
}
