package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// forgedByte: a byte in the middle of an event is changed in the block file and the checksum made
// to fit, so that the broker serves it without a word.
func (all *prepared) forgedByte(t *testing.T) {
	const copies = "the second copy: archive.CatchUp and store.agrees"
	const leaves = "seal.Scrub: the sealed leaf of each body"
	for _, a := range []attack{
		{move: "in a middle block", do: forge(middleBlock), caught: copies,
			says: []string{"sequence {in the middle}:", "different bytes"}},
		{move: "in the last event", do: forgeTheEnd, caught: copies,
			says: []string{"sequence {end}:", "different bytes"}},
		{move: "in a middle block and in the archive", do: then(forgeBoth(middleBlock), notScrubbed), caught: leaves,
			says: []string{"sequence {in the middle}:"}, repair: "sequence {in the middle}"},
		{move: "in the last event, in the archive, and no read model", do: then(forgeBothAtTheEnd, notScrubbed, without("readmodel.sqlite")), caught: leaves,
			says: []string{"sequence {end}:"}, repair: "sequence {end}"},
		{move: "in the last event, in the archive, and nothing else but the checkpoint", do: then(forgeBothAtTheEnd, without("readmodel.sqlite"), without("tiles")),
			caught: "seal.signOrMeet: the root of the newest checkpoint", says: []string{"the log at size {end} has root"}, repair: "the log at size {end} has root"},
	} {
		t.Run(a.move+", killed", func(t *testing.T) {
			t.Parallel()
			all.catches(t, all.killed, a)
		})
	}
	for _, a := range []attack{
		{move: "in a middle block", do: then(forge(middleBlock), notScrubbed), caught: leaves,
			says: []string{"sequence {in the middle}:"}},
		{move: "in the last event", do: forgeTheEnd, caught: copies,
			says: []string{"sequence {end}:", "different bytes"}},
	} {
		t.Run(a.move+", stopped", func(t *testing.T) {
			t.Parallel()
			all.catches(t, all.stopped, a)
		})
	}
}

// forgedAndServed: what was compared in an earlier round is not compared again before
// serving. The round beside the service finds it, and then nothing is written any more.
func (all *prepared) forgedAndServed(t *testing.T) {
	l := all.target(t, all.stopped)
	forge(middleBlock)(t, l)
	p := all.start(t, l.dir)
	says := l.words.Replace("sequence {in the middle}:")
	red := ""
	for within := time.Now().Add(20 * time.Second); red == "" && time.Now().Before(within); {
		response, err := http.Get(p.ops + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if response.StatusCode == http.StatusServiceUnavailable {
			red = string(text)
		}
	}
	if !strings.Contains(red, says) {
		t.Fatalf("seal.Scrub did not catch it: /readyz says %q, want %q", red, says)
	}
	got, err := p.request(t.Context(), http.MethodPost, "/v1/cases", "after-the-incident", openCase)
	if err != nil || got.status != http.StatusServiceUnavailable {
		t.Errorf("a command after the incident: %v %d %s", err, got.status, got.body)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-p.drawn
	if _ = p.cmd.Wait(); p.cmd.ProcessState.ExitCode() != exitIntegrity {
		t.Errorf("exit %d after an incident, want %d:\n%s", p.cmd.ProcessState.ExitCode(), exitIntegrity, p.stderr)
	}
}

// then is one attack after the other.
func then(list ...func(*testing.T, *target)) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		for _, do := range list {
			do(t, l)
		}
	}
}

// notScrubbed forgets how far the bodies were compared with their leaves.
func notScrubbed(t *testing.T, l *target) { without("scrub.json")(t, l) }

// without removes a file or directory, and what begins with its name.
func without(name string) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		found, err := filepath.Glob(filepath.Join(l.dir, name+"*"))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v %v", name, found, err)
		}
		for _, path := range found {
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// forge changes who acted in the event that stands in the middle of a block.
func forge(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		list := spans(t, of(l))
		forgeEvent(t, of(l), l.number(of(l)), list[len(list)/2])
	}
}

func forgeTheEnd(t *testing.T, l *target) {
	list := spans(t, l.last())
	forgeEvent(t, l.last(), l.number(l.last()), list[len(list)-1])
}

func (l *target) number(block string) int {
	for i, b := range l.blocks {
		if b == block {
			return i + 1
		}
	}
	return 0
}

var trueActor, forgedActor = []byte(`"actorid":"wang"`), []byte(`"actorid":"zhao"`)

// forgeEvent makes another actor of the one who acted.
func forgeEvent(t *testing.T, path string, block int, in span) {
	t.Helper()
	data := readFile(t, path)
	record := data[in.begin:in.end]
	if bytes.Count(record, trueActor) != 1 {
		t.Fatalf("sequence %d has no actor to forge", in.seq)
	}
	copy(record, bytes.Replace(record, trueActor, forgedActor, 1))
	checksum(t, record, block)
	overwrite(t, path, data)
}

// forgeBoth forges the archive's copy as well.
func forgeBoth(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		list := spans(t, of(l))
		forge(of)(t, l)
		forgeLine(t, l, list[len(list)/2].seq)
	}
}

func forgeBothAtTheEnd(t *testing.T, l *target) {
	forgeTheEnd(t, l)
	forgeLine(t, l, uint64(len(l.records)))
}

func forgeLine(t *testing.T, l *target, seq uint64) {
	t.Helper()
	path := filepath.Join(l.dir, "archive", "000000000001.ndjson")
	lines := bytes.SplitAfter(readFile(t, path), []byte("\n"))
	lines[seq-1] = bytes.Replace(lines[seq-1], trueActor, forgedActor, 1)
	overwrite(t, path, bytes.Join(lines, nil))
}
