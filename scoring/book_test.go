package scoring_test

import (
	"errors"
	"testing"
	"time"

	"starledger/scoring"
)

func version(t *testing.T, version, from, until string) *scoring.Scheme {
	return mustParse(t, edited(t, func(d document) {
		d["version"], d["in_force_from"] = version, from
		if until != "" {
			d["in_force_until"] = until
		}
	}))
}

func TestInForce(t *testing.T) {
	first := version(t, "1", "2012-02-01", "2025-12-31")
	second := version(t, "2", "2025-06-01", "")
	third := version(t, "3", "2025-06-01", "2025-06-30") // registered last, same first day
	book, err := scoring.NewBook(second, first, third, rated(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ at, want string }{
		{"2012-01-31T23:59:59+08:00", ""},
		{"2012-01-31T16:00:00Z", "1"}, // already 1 February in Shanghai
		{"2025-05-31T12:00:00+08:00", "1"},
		{"2025-06-30T23:00:00+08:00", "3"},
		{"2025-07-01T00:00:00+08:00", "2"},
		{"2030-01-01T00:00:00+08:00", "2"},
	} {
		on, err := time.Parse(time.RFC3339, row.at)
		if err != nil {
			t.Fatal(err)
		}
		s, ok := book.InForce("gbt27922-2011", on)
		if ok != (row.want != "") || ok && s.Version != row.want {
			t.Errorf("%s: %v", row.at, s)
		}
	}
	if _, ok := book.InForce("unheard-of", time.Now()); ok {
		t.Error("unknown scheme in force")
	}
	ended, err := scoring.NewBook(version(t, "1", "2012-02-01", "2012-02-29"))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := ended.InForce("gbt27922-2011", time.Date(2012, 3, 1, 0, 0, 0, 0, time.UTC)); ok {
		t.Error("in force after its last day")
	}
}

func TestBook(t *testing.T) {
	book, err := scoring.NewBook(standard(t), rated(t))
	if err != nil {
		t.Fatal(err)
	}
	if all := book.All(); len(all) != 2 || all[0].ID != "cts-2025" {
		t.Errorf("all: %v", all)
	}
	if s, ok := book.Find("gbt27922-2011", "1"); !ok || s.Digest() != standard(t).Digest() {
		t.Error("version 1 not found")
	}
	if _, ok := book.Find("gbt27922-2011", "2"); ok {
		t.Error("found version 2")
	}
	if _, err := scoring.NewBook(append(book.All(), standard(t))...); !errors.Is(err, scoring.ErrDuplicateScheme) {
		t.Errorf("registered twice: %v", err)
	}
}

func TestParseRef(t *testing.T) {
	for ref, want := range map[string][2]string{
		"cts-2025":        {"cts-2025", ""},
		"gbt27922-2011@1": {"gbt27922-2011", "1"},
	} {
		if id, version, err := scoring.ParseRef(ref); err != nil || id != want[0] || version != want[1] {
			t.Errorf("%s: %q %q %v", ref, id, version, err)
		}
	}
	for _, ref := range []string{"", "@1", "a@", "a@1@2", "a b", "-a", "标准"} {
		if _, _, err := scoring.ParseRef(ref); !errors.Is(err, scoring.ErrBadRef) {
			t.Errorf("%q: %v", ref, err)
		}
	}
}
