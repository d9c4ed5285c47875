package events

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// grammar is one scalar type: what it accepts and what it refuses.
type grammar struct {
	scalar  func() encoding.TextUnmarshaler
	accepts []string
	refuses []string
}

var grammars = map[string]grammar{
	"Instant": {
		func() encoding.TextUnmarshaler { return new(Instant) },
		[]string{"2026-11-01T02:02:00.000000Z", "2028-02-29T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"},
		[]string{"2026-11-01T02:02:00Z", "2026-11-01T02:02:00.000Z", "2026-11-01T02:02:00,000000Z", "2026-11-01T02:02:00.+00000Z",
			"2026-11-01T02:02:00.-00000Z", "2026-11-01T02:02:00.0000000Z", "2026-11-01T10:02:00.000000+08:00", "2026-11-01t02:02:00.000000z",
			"2026-02-29T02:02:00.000000Z", "2026-11-01T24:00:00.000000Z", "2026-12-31T23:59:60.000000Z", "0000-01-01T00:00:00.000000Z",
			" 026-11-01T02:02:00.000000Z", "2026-11-01 02:02:00.000000Z", "2026-1:-01T02:02:00.000000Z"},
	},
	"Date": {
		func() encoding.TextUnmarshaler { return new(Date) },
		[]string{"2026-11-01", "2028-02-29", "9999-12-31"},
		[]string{"2026-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-1-1", "26-11-01", "2026-11-01 ", "20261101", "2026-11-01T00:00:00Z"},
	},
	"Digest": {
		func() encoding.TextUnmarshaler { return new(Digest) },
		[]string{"sha256:" + strings.Repeat("0a", 32)},
		[]string{"-", strings.Repeat("0a", 32), "sha256:" + strings.Repeat("0A", 32), "sha256:" + strings.Repeat("0a", 31) + "0",
			"sha256:" + strings.Repeat("0a", 33), "SHA256:" + strings.Repeat("0a", 32), "sha256:" + strings.Repeat("0g", 32)},
	},
	"PrevDigest": {
		func() encoding.TextUnmarshaler { return new(PrevDigest) },
		[]string{"-", "sha256:" + strings.Repeat("0a", 32)},
		[]string{"--", "sha256:", "sha256:" + strings.Repeat("0A", 32)},
	},
	"Decimal": {
		func() encoding.TextUnmarshaler { return new(Decimal) },
		[]string{"0", "1.5", "0.000001", "999999999.999999", "100"},
		[]string{"00", "01", "1.", ".5", "-1", "+1", "1e3", "1,5", "1.5000000", "1234567890", "１"},
	},
	"Fraction": {
		func() encoding.TextUnmarshaler { return new(Fraction) },
		[]string{"18999/200", "96/1", "-1/2", "0/1", strings.Repeat("9", 1000) + "/" + strings.Repeat("9", 1000)},
		[]string{"96", "1/0", "01/2", "1/02", "--1/2", "1/-2", "+1/2", "1/2/3", "/2", "1/", strings.Repeat("9", 1001) + "/1", "1/" + strings.Repeat("9", 1001)},
	},
	"Text": {
		func() encoding.TextUnmarshaler { return new(Text) },
		[]string{"x", " x ", "审查\n\t项", strings.Repeat("审", MaxText), "\u0085x", "\u200b"},
		[]string{" ", "\n", "\u3000\u00a0", "x\r\n", "x\x00", "x\x1b[0m", "x\x7f", strings.Repeat("审", MaxText+1)},
	},
	"ID": {
		func() encoding.TextUnmarshaler { return new(ID) },
		[]string{"li", "03", "A.b_c-9", strings.Repeat("a", 64)},
		[]string{"-li", ".li", "_li", "l i", "李", "a/b", strings.Repeat("a", 65)},
	},
	"Clause": {
		func() encoding.TextUnmarshaler { return new(Clause) },
		[]string{"5.1.1.1", "6.2.1.1 a)", strings.Repeat("5", 32)},
		[]string{" 5.1", "5.1 ", "5.1\n", "5.1\t1", "条", strings.Repeat("5", 33)},
	},
	"Number": {
		func() encoding.TextUnmarshaler { return new(Number) },
		[]string{"F1", "D10", "S1", "B1", "X1", "C1", "G1", "F9999999"},
		[]string{"F", "F0", "F01", "f1", "A1", "1F", "F-1", "F1 ", "F10000000"},
	},
	"EventID": {
		func() encoding.TextUnmarshaler { return new(EventID) },
		[]string{"01JD3Z0000000000000000000A", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"},
		[]string{"81JD3Z0000000000000000000A", "01jd3z0000000000000000000a", "01JD3Z0000000000000000000I", "01JD3Z0000000000000000000", "registry"},
	},
	"CaseID": {
		func() encoding.TextUnmarshaler { return new(CaseID) },
		[]string{"01JD3Z0000000000000000000A", "registry", "access"},
		[]string{"Registry", "archive", "01JD3Z0000000000000000000U"},
	},
	"Source": {
		func() encoding.TextUnmarshaler { return new(Source) },
		[]string{"ledger.example.org/2026", strings.Repeat("a", 128)},
		[]string{"a b", "a\n", "审", strings.Repeat("a", 129)},
	},
	"Key": {
		func() encoding.TextUnmarshaler { return new(Key) },
		[]string{"k-1", "!~", strings.Repeat("k", 128)},
		[]string{"k 1", "k\x7f", strings.Repeat("k", 129)},
	},
	"CertificateNumber": {
		func() encoding.TextUnmarshaler { return new(CertificateNumber) },
		[]string{"CNCA-2026-SC-0001", strings.Repeat("1", 64)},
		[]string{"CNCA 2026", strings.Repeat("1", 65)},
	},
	"MediaType": {
		func() encoding.TextUnmarshaler { return new(MediaType) },
		[]string{"image/png", "application/vnd.ms-excel", "a/" + strings.Repeat("b", 125)},
		[]string{"image", "image/", "/png", "image/png/x", "text/html; charset=utf-8", "text/html;q", "a/b,c", `a/"b"`, "a/" + strings.Repeat("b", 126)},
	},
	"USCC": {
		func() encoding.TextUnmarshaler { return new(USCC) },
		[]string{"91310000MA1FL5XH3C"},
		[]string{"91310000MA1FL5XH3", "91310000MA1FL5XH3CC", "91310000MA1FL5XH3I", "91310000MA1FL5XH3O", "91310000MA1FL5XH3S",
			"91310000MA1FL5XH3V", "91310000MA1FL5XH3Z", "91310000ma1fl5xh3c", "91310000MA1FL5XH3-"},
	},
	"Random16": {
		func() encoding.TextUnmarshaler { return new(Random16) },
		[]string{"AAECAwQFBgcICQoLDA0ODw", "_-_-_-_-_-_-_-_-_-_-_w"},
		[]string{"AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODx", "AAECAwQFBgcICQoLDA0O", "AAECAwQFBgcICQoLDA0\nODw", "++++++++++++++++++++++"},
	},
	"Random32": {
		func() encoding.TextUnmarshaler { return new(Random32) },
		[]string{"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"},
		[]string{"AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9"},
	},
	"Type": {
		func() encoding.TextUnmarshaler { return new(Type) },
		[]string{"starledger.deduction.applied.v1"},
		[]string{"starledger.deduction.applied.v2", "deduction.applied.v1", "starledger.deduction.applied.v1 "},
	},
	"AuditKind": {
		func() encoding.TextUnmarshaler { return new(AuditKind) },
		[]string{"initial", "internal"},
		[]string{"Initial", "initial ", "followup"},
	},
	"SpecVersion":     {func() encoding.TextUnmarshaler { return new(SpecVersion) }, []string{"1.0"}, []string{"1", "0.3"}},
	"DataContentType": {func() encoding.TextUnmarshaler { return new(DataContentType) }, []string{"application/json"}, []string{"text/json"}},
}

func TestScalarGrammars(t *testing.T) {
	for name, g := range grammars {
		t.Run(name, func(t *testing.T) {
			for _, text := range g.accepts {
				value := g.scalar()
				if err := value.UnmarshalText([]byte(text)); err != nil {
					t.Errorf("%q is refused: %v", text, err)
				} else if written := written(value); written != text {
					t.Errorf("%q is written again as %q", text, written)
				}
			}
			for _, text := range append(g.refuses, "") {
				value := g.scalar()
				if err := value.UnmarshalText([]byte(text)); err == nil {
					t.Errorf("%q is accepted", text)
				} else if len(err.Error()) > 300 {
					t.Errorf("the error repeats all of a long value: %v", err)
				}
				if !reflect.ValueOf(value).Elem().IsZero() {
					t.Errorf("the refused %q was kept", text)
				}
			}
		})
	}
}

// No scalar panics, and what it accepts it writes again as it was.
func FuzzScalars(f *testing.F) {
	for _, g := range grammars {
		for _, text := range append(g.accepts, g.refuses...) {
			f.Add([]byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for name, g := range grammars {
			value := g.scalar()
			if value.UnmarshalText(text) == nil && written(value) != string(text) {
				t.Errorf("%s accepts %q and writes it as %q", name, text, written(value))
			}
		}
	})
}

// written is the text of a scalar as it goes into a body.
func written(value encoding.TextUnmarshaler) string {
	if marshaler, ok := value.(encoding.TextMarshaler); ok {
		text, err := marshaler.MarshalText()
		return string(text) + errorText(err)
	}
	return reflect.ValueOf(value).Elem().String()
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestInstantThatCannotBeWritten(t *testing.T) {
	for _, year := range []int{0, 10_000} {
		instant := InstantOf(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))
		if text, err := instant.MarshalText(); err == nil {
			t.Errorf("the year %d is written as %s", year, text)
		}
	}
}

func TestInstantIsCutToMicroseconds(t *testing.T) {
	at := time.Date(2026, 11, 1, 10, 2, 0, 123_456_999, Shanghai)
	if got := InstantOf(at).String(); got != "2026-11-01T02:02:00.123456Z" {
		t.Errorf("got %s", got)
	}
}

// A day of the rules begins and ends at midnight in Shanghai, which is 16:00 UTC.
func TestDayInShanghai(t *testing.T) {
	day := Date("2026-11-01")
	if got := day.Start().String(); got != "2026-10-31T16:00:00.000000Z" {
		t.Errorf("starts at %s", got)
	}
	if got := day.End().String(); got != "2026-11-01T15:59:59.999999Z" {
		t.Errorf("ends at %s", got)
	}
	if first, last := DateOf(day.Start()), DateOf(day.End()); first != day || last != day {
		t.Errorf("from %s to %s", first, last)
	}
	if next := DateOf(day.End() + 1); next != "2026-11-02" {
		t.Errorf("%s follows", next)
	}
}

// Only a Date that was never decoded can be none; its bounds are the zero instant.
func TestNoDay(t *testing.T) {
	if start, end := Date("").Start(), Date("").End(); start != 0 || end != 0 {
		t.Errorf("from %s to %s", start, end)
	}
}

func TestNumbered(t *testing.T) {
	for n, want := range map[int]Number{1: "F1", 12: "F12"} {
		if got := Numbered('F', n); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func ExampleDigestOf() {
	fmt.Println(DigestOf(nil))
	// Output: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
}
