package main

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"testing"
)

// eventsIn are the names of the events of a bundle, in order.
func eventsIn(t *testing.T, bundle []byte) (names []string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range archive.File {
		if strings.HasPrefix(member.Name, "events/") {
			names = append(names, member.Name)
		}
	}
	return names
}

func lastEvent(t *testing.T, bundle []byte) string {
	names := eventsIn(t, bundle)
	return names[len(names)-1]
}

func middleEvent(t *testing.T, bundle []byte) string {
	names := eventsIn(t, bundle)
	return names[len(names)/2]
}

// leaveOut leaves an event out, and its proof.
func leaveOut(event string) func(string, []byte) []byte {
	seq := strings.TrimSuffix(path.Base(event), ".json")
	return func(name string, data []byte) []byte {
		if name == event || name == "proofs/"+seq+".tlog-proof" {
			return nil
		}
		return data
	}
}

// inMember replaces text in the members that begin with a name.
func inMember(begins, was, is string) func(string, []byte) []byte {
	return func(name string, data []byte) []byte {
		if strings.HasPrefix(name, begins) {
			return bytes.Replace(data, []byte(was), []byte(is), 1)
		}
		return data
	}
}

// repacked is the bundle with some members altered; the others are taken over as they are.
func repacked(t *testing.T, bundle []byte, alter func(string, []byte) []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	changed := false
	for _, member := range archive.File {
		from, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}
		was, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		is := alter(member.Name, bytes.Clone(was))
		if bytes.Equal(is, was) {
			if err := to.Copy(member); err != nil {
				t.Fatal(err)
			}
			continue
		}
		changed = true
		if is == nil {
			continue
		}
		header := member.FileHeader // members are stored as they are
		header.CRC32, header.CompressedSize64, header.UncompressedSize64 = crc32.ChecksumIEEE(is), uint64(len(is)), uint64(len(is))
		into, err := to.CreateRaw(&header)
		if err == nil {
			_, err = into.Write(is)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil || !changed {
		t.Fatalf("nothing was altered: %v", err)
	}
	return packed.Bytes()
}
