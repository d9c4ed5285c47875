package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	. "starledger/events/decide/decidetest"
)

// repack writes the members of a bundle with a hand on each header.
func repack(t testing.TB, b []byte, change func(i int, h *zip.FileHeader, data []byte) (*zip.FileHeader, []byte), after func(*zip.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	m := open(t, b)
	for i, name := range m.names() {
		h, data := change(i, header(name, 0, 0), m[name])
		if h == nil {
			continue
		}
		h.CRC32, h.CompressedSize64 = crc32.ChecksumIEEE(data), uint64(len(data))
		if h.UncompressedSize64 == 0 {
			h.UncompressedSize64 = uint64(len(data))
		}
		to, err := z.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if after != nil {
		after(z)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// add writes one more member.
func add(t testing.TB, z *zip.Writer, h *zip.FileHeader, data string) {
	t.Helper()
	h.CRC32, h.CompressedSize64, h.UncompressedSize64 = crc32.ChecksumIEEE([]byte(data)), uint64(len(data)), uint64(len(data))
	to, err := z.CreateRaw(h)
	if err == nil {
		_, err = io.WriteString(to, data)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Archives that are made to harm, or to show different things to different tools. None of them is
// unpacked, and check 1 catches them all.
func TestHostileArchives(t *testing.T) {
	w := small(t)
	b := w.bundle(Request{Case: CaseID, Profile: Client})
	same := func(_ int, h *zip.FileHeader, data []byte) (*zip.FileHeader, []byte) { return h, data }
	named := func(name string) []byte {
		data := "x"
		if strings.HasSuffix(name, "/") {
			data = "" // a folder has none
		}
		return repack(t, b, same, func(z *zip.Writer) { add(t, z, header(name, 0, 0), data) })
	}
	first := func(edit func(h *zip.FileHeader)) []byte {
		return repack(t, b, func(i int, h *zip.FileHeader, data []byte) (*zip.FileHeader, []byte) {
			if i == 0 {
				edit(h)
			}
			return h, data
		}, nil)
	}
	if !bytes.Equal(repack(t, b, same, nil), b) {
		t.Fatal("packing again without a change changes the archive")
	}
	end := len(b) - endSize
	directory := int(binary.LittleEndian.Uint32(b[end+16:]))
	patched := func(at int, p ...byte) []byte { return append(append(bytes.Clone(b[:at]), p...), b[at+len(p):]...) }
	for name, hostile := range map[string][]byte{
		"nothing":                        {},
		"not a zip":                      []byte(strings.Repeat("x", 100)),
		"cut off":                        b[:len(b)-1],
		"cut in the middle":              b[:len(b)/2],
		"something in front":             append([]byte("MZ"), b...),
		"something behind":               append(bytes.Clone(b), 0),
		"a path that leads up":           named("events/../../x"),
		"an absolute path":               named("/etc/passwd"),
		"a path of another system":       named(`events\1.json`),
		"a drive":                        named("C:/x"),
		"a name that is not UTF-8":       named("events/\xff.json"),
		"a name with a null":             named("report.html\x00.json"),
		"a folder":                       named("events/"),
		"a member twice":                 named(nameReport),
		"a member twice, in other case":  named("REPORT.HTML"),
		"an event before the first":      named("events/0.json"),
		"a number written differently":   named("events/01.json"),
		"members out of order":           named(nameReadmeEN),
		"a member that nobody knows":     named("run-me.sh"),
		"a tile of another grammar":      named("tile/0/0.p/3"),
		"compressed":                     deflated(t, b),
		"a bomb":                         first(func(h *zip.FileHeader) { h.Method, h.UncompressedSize64 = zip.Deflate, 1<<40 }),
		"a size that is not so":          first(func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 20 }),
		"encrypted":                      first(func(h *zip.FileHeader) { h.Flags |= 1 }),
		"a link":                         first(func(h *zip.FileHeader) { h.ExternalAttrs = 0o120777 << 16 }),
		"a comment":                      first(func(h *zip.FileHeader) { h.Comment = "x" }),
		"an extra field":                 first(func(h *zip.FileHeader) { h.Extra = []byte("up\x04\x00\x01\x00\x00\x00") }),
		"another owner":                  first(func(h *zip.FileHeader) { h.CreatorVersion = 20 }),
		"a byte behind its checksum":     patched(200, b[200]^1),
		"another name in front":          patched(30, 'r'),
		"another name in the directory":  patched(directory+46, 'r'),
		"another offset":                 patched(directory+42, 1),
		"a directory elsewhere":          patched(end+16, 0, 0, 0, 0),
		"a directory without end":        patched(end+12, 0xff, 0xff, 0xff, 0x7f),
		"more members than it says":      patched(end+8, 1, 0, 1, 0),
		"a large archive that is none":   patched(end+10, 0xff, 0xff),
		"hidden behind the members":      gap(b, directory),
		"a comment behind it all":        append(patched(end+20, 1, 0), 'x'),
		"an archive within its comment":  nested(b),
		"a member that is far too large": oversized(t, b),
	} {
		v := w.verify(hostile)
		if failed := failedIn(v); len(failed) != 1 || failed[0] != "archive" {
			t.Errorf("%s: failed in %v", name, failed)
		}
	}
}

func deflated(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	m := open(t, b)
	for _, name := range m.names() {
		to, err := z.Create(name)
		if err == nil {
			_, err = to.Write(m[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// gap hides bytes in front of the directory, which is all that tells where members are.
func gap(b []byte, directory int) []byte {
	const hidden = "hidden!"
	out := append(append(bytes.Clone(b[:directory]), hidden...), b[directory:]...)
	binary.LittleEndian.PutUint32(out[len(out)-endSize+16:], uint32(directory+len(hidden)))
	return out
}

// nested is the archive with itself as comment: some tools open the one, some the other.
func nested(b []byte) []byte {
	comment := b[len(b)-min(len(b), 1<<15):]
	out := append(bytes.Clone(b), comment...)
	binary.LittleEndian.PutUint16(out[len(b)-2:], uint16(len(comment)))
	return out
}

func oversized(t testing.TB, b []byte) []byte {
	t.Helper()
	return repack(t, b, func(i int, h *zip.FileHeader, data []byte) (*zip.FileHeader, []byte) {
		if i == 0 {
			return h, make([]byte, maxMember[readmeZH]+1)
		}
		return h, data
	}, nil)
}

// Whatever bytes it is given, opening ends, and what is accepted is exactly what its members make.
func FuzzArchive(f *testing.F) {
	w := small(f)
	b := w.bundle(Request{Case: CaseID, Profile: Client})
	m := open(f, b)
	for name := range m { // a small one: mutations should meet the structure, not the contents
		if parsed, _ := parseMember(name); single[name] != parsed.kind {
			delete(m, name)
		} else {
			m[name] = []byte("x")
		}
	}
	f.Add(m.packed(f))
	f.Add([]byte("PK\x05\x06"))
	f.Add(nested(m.packed(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a := &archive{members: map[string]*zip.File{}}
		err := a.read(bytes.NewReader(data), uint64(len(data)), func(uint64, uint64) {})
		if err != nil {
			if !errors.Is(err, errUnsafe) {
				t.Fatalf("another kind of error: %v", err)
			}
			return
		}
		if again := open(t, data).packed(t); !bytes.Equal(again, data) {
			t.Fatal("accepted, but written differently")
		}
	})
}

func FuzzMemberName(f *testing.F) {
	for _, name := range []string{"events/1.json", "tile/entries/x001/234.p/5", "tile/0/000", "checkpoints/12", "../x", "schemas/starledger.case.opened.v1.json"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		m, ok := parseMember(name)
		if !ok {
			return
		}
		if strings.Contains(name, "..") || strings.ContainsAny(name, "\\:\x00") || strings.HasPrefix(name, "/") || m.before(m) {
			t.Errorf("%q is accepted", name)
		}
	})
}

// A byte that is changed anywhere in the file is noticed.
func TestBytesAnywhere(t *testing.T) {
	w := newWorld(t)
	w.fill(begun(t), 0)
	b := w.bundle(Request{Case: CaseID, Profile: Client})
	for at := 0; at < len(b); at += 1 + len(b)/500 {
		changed := bytes.Clone(b)
		changed[at] ^= 0x20
		a := &archive{members: map[string]*zip.File{}}
		if err := a.read(bytes.NewReader(changed), uint64(len(changed)), func(uint64, uint64) {}); !errors.Is(err, errUnsafe) {
			t.Fatal(fmt.Errorf("byte %d: %w", at, err))
		}
	}
}

// A pipe that nobody writes into must not hold up a verifier.
func TestPipeIsNoArchive(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openArchive(pipe, nil); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("got %v", err)
	}
}
