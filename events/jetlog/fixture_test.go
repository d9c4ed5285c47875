package jetlog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"starledger/events"
)

// quiet drops what the broker warns about: the tests break its store on purpose.
var quiet = slog.New(slog.DiscardHandler)

// openLog opens a log that is closed at the end of the test.
func openLog(t testing.TB, dir string, known uint64) *Log {
	t.Helper()
	l, err := Open(t.Context(), Config{StoreDir: dir, KnownLast: known, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func testBody(caseID string, i, size int) []byte {
	head := fmt.Sprintf(`{"subject":%q,"n":%d,"fill":"`, caseID, i)
	return []byte(head + strings.Repeat("x", max(size-len(head)-2, 0)) + `"}`)
}

// write appends n events of about size bytes to four cases in turn, the last of them as batches
// when batch is more than 1, and returns the records.
func write(t testing.TB, l *Log, n, size, batch int) []events.Record {
	t.Helper()
	ctx := t.Context()
	last, err := l.Last(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var all []events.Record
	for len(all) < n {
		caseID := fmt.Sprintf("case%d", len(all)/batch%4)
		a := events.Append{Case: caseID}
		if a.After, err = l.LastOf(ctx, caseID); err != nil {
			t.Fatal(err)
		}
		for range min(batch, n-len(all)) {
			seq := last + uint64(len(all)) + 1
			all = append(all, events.Record{Seq: seq, Case: caseID, Body: testBody(caseID, int(seq), size)})
			a.Bodies = append(a.Bodies, all[len(all)-1].Body)
		}
		if _, err := l.Append(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// blocks are the stream's block files, in order.
func blocks(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(blockDir(dir), "*"+blockSuffix))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(files, func(a, b string) int { return blockNumber(t, a) - blockNumber(t, b) })
	return files
}

func blockNumber(t testing.TB, file string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(file), blockSuffix))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// flipIn flips one bit inside the one stored copy of text.
func flipIn(t testing.TB, dir string, text []byte) {
	t.Helper()
	flip(t, blocks(t, dir), text)
}

// flipInAccount is flipIn for a server of a cluster.
func flipInAccount(t testing.TB, dir, account string, text []byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "jetstream", account, "streams", streamName, messageDir, "*"+blockSuffix))
	if err != nil {
		t.Fatal(err)
	}
	flip(t, files, text)
}

func flip(t testing.TB, files []string, text []byte) {
	t.Helper()
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if at := bytes.Index(data, text); at >= 0 {
			data[at+len(text)/2] ^= 0x04
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("no block holds %.80s", text)
}

// A lossyConn loses the next answer of a stream to its writer when it is armed: the write has landed
// by then.
type lossyConn struct {
	net.Conn
	pipe io.Reader
}

func newLossyConn(conn net.Conn, armed *atomic.Bool) net.Conn {
	read, write := io.Pipe()
	go func() {
		write.CloseWithError(passOn(bufio.NewReader(conn), write, armed))
	}()
	return &lossyConn{conn, read}
}

func (c *lossyConn) Read(p []byte) (int, error) { return c.pipe.Read(p) }

// passOn copies the broker's protocol, one operation at a time.
func passOn(from *bufio.Reader, to io.Writer, armed *atomic.Bool) error {
	for {
		line, err := from.ReadBytes('\n')
		if err != nil {
			return err
		}
		operation := line
		if words := bytes.Fields(line); len(words) > 0 && (string(words[0]) == "MSG" || string(words[0]) == "HMSG") {
			size, err := strconv.Atoi(string(words[len(words)-1]))
			if err != nil {
				return err
			}
			payload := make([]byte, size+2)
			if _, err := io.ReadFull(from, payload); err != nil {
				return err
			}
			operation = append(operation, payload...)
			isAck := string(words[0]) == "MSG" && bytes.Contains(payload, []byte(`"stream":"LEDGER`)) // of either stream
			if isAck && armed.CompareAndSwap(true, false) {
				continue
			}
		}
		if _, err := to.Write(operation); err != nil {
			return errors.Join(errors.New("pass on"), err)
		}
	}
}

const testAckWait = 600 * time.Millisecond // long enough for the largest batch on a busy machine

const clusterAckWait = 2 * time.Second // three servers have to answer each other
