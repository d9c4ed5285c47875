package api

import (
	"net/url"
	"testing"
	"time"

	"starledger/events"
	"starledger/projections"
)

func instant(t testing.TB, text string) events.Instant {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return events.InstantOf(at)
}

func TestPointsInTime(t *testing.T) {
	for text, want := range map[string]projections.Point{
		"seq:1":                            {Seq: 1},
		"seq:9223372036854775807":          {Seq: 1<<63 - 1},
		"2026-11-21T08:00:00Z":             {Time: instant(t, "2026-11-21T08:00:00Z")},
		"2026-11-21T16:00:00+08:00":        {Time: instant(t, "2026-11-21T08:00:00Z")},
		"2026-11-21T16:00:00 08:00":        {Time: instant(t, "2026-11-21T08:00:00Z")}, // + in a query string
		"2026-11-21T08:00:00.1234569Z":     {Time: instant(t, "2026-11-21T08:00:00.123456Z")},
		"2024-06-25":                       {Time: instant(t, "2024-06-25T15:59:59.999999Z")}, // its end in Shanghai
		"2024-02-29T23:59:59.000001-01:00": {Time: instant(t, "2024-03-01T00:59:59.000001Z")},
	} {
		if got, ok := parsePoint(text); !ok || got != want {
			t.Errorf("%s is %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "seq:", "seq:0", "seq:01", "seq:+1", "seq:-1", "seq:9223372036854775808", "SEQ:1", "1",
		"2026-02-30", "2026-2-3", "20261121", "2026-11-21T08:00:00", "2026-11-21 08:00:00Z",
		"2026-11-21T24:00:00Z", "2026-11-21T08:00Z", "0000-01-01", "1969-12-31", "10000-01-01T00:00:00Z", "now",
	} {
		if got, ok := parsePoint(text); ok {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestAxis(t *testing.T) {
	for query, want := range map[string]string{
		"":                                "",
		"axis=recorded":                   "",
		"axis=effective":                  "",
		"axis=effective&as_of=2024-06-25": "",
		"axis=":                           "axis-unknown",
		"axis=both":                       "axis-unknown",
		"axis=effective&as_of=seq:3":      "seq-on-effective-axis",
		"as_of=":                          "as-of-malformed",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = pointOf(values)
		if got := codeOf(err); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// codeOf is the code of a problem, "" of none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return problemOf(err).Code
}

// What is read as a point is never before 1970, and reads the same when it is written again.
func FuzzPoint(f *testing.F) {
	for _, seed := range []string{"seq:1", "seq:0", "2024-06-25", "2026-11-21T16:00:00+08:00", "2026-11-21T16:00:00 08:00", "seq:9223372036854775808"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, ok := parsePoint(text)
		if !ok {
			return
		}
		if (p.Seq == 0) == (p.Time == 0) || p.Time < 0 {
			t.Fatalf("%q is %v", text, p)
		}
		if p.Time > 0 {
			if again, ok := parsePoint(p.Time.String()); !ok || again != p {
				t.Fatalf("%q is %v, written again %v", text, p, again)
			}
		}
	})
}

// No query string makes a reader panic, and what is accepted is within its bounds.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"after=1&limit=1000", "limit=0", "q=%E6%9C%8D%E5%8A%A1&state=active&grade=five_star", "type=starledger.case.opened.v1&from=2024-06-25",
		"detail=clauses,steps", "min_seq=7", "as_of=seq:3&axis=effective", "a=%ff&a=b;c",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		query, err := parameters(raw, []string{"after", "limit", "q", "state", "grade", "scheme", "type", "actor", "from", "to", "detail", "min_seq", "as_of", "axis"})
		if err != nil {
			return
		}
		if part, err := windowOf(query); err == nil && (part.limit < 1 || part.limit > maxLimit || part.after > 1<<63-1) {
			t.Fatalf("%q: %+v", raw, part)
		}
		if cases, err := caseQueryOf(query); err == nil && len(cases.Text) > 4*maxSearch {
			t.Fatalf("%q: %+v", raw, cases)
		}
		if chosen, err := filterOf(query); err == nil && (chosen.from < 0 || chosen.to < 0) {
			t.Fatalf("%q: %+v", raw, chosen)
		}
		if _, err := detailOf(query); err != nil && codeOf(err) != "detail-unknown" {
			t.Fatalf("%q: %v", raw, err)
		}
		if _, err := minSeqOf(query); err != nil && codeOf(err) != "min-seq-malformed" {
			t.Fatalf("%q: %v", raw, err)
		}
	})
}
