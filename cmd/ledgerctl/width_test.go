package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWidth(t *testing.T) {
	for text, columns := range map[string]int{
		"":            0,
		"four star":   9,
		"四星级":         6,
		"（暂定）":        8, // full-width brackets
		"5.3.1.4 满意度": 14,
		"e\u0301":     1, // a letter and its accent
		"≥ 95 − 1 ÷":  10,
		"ｱ":           1, // half-width kana
		"𠮷":           2, // an ideograph beyond 16 bits
		"한글":          4,
		"①…·":         3, // of ambiguous width
		"a\u200bb":    2, // zero width space
	} {
		if got := width(text); got != columns {
			t.Errorf("%q is %d columns wide, want %d", text, got, columns)
		}
	}
}

func TestClipAndPadKeepTheWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := plain(rapid.StringOf(rapid.RuneFrom([]rune("a5.级星（\u0301é𠮷 "))).Draw(t, "text"))
		columns := rapid.IntRange(2, 30).Draw(t, "columns")
		shown := pad(clip(text, columns), columns)
		if width(shown) != columns {
			t.Fatalf("%q is %d columns wide, want %d", shown, width(shown), columns)
		}
		if width(text) <= columns && strings.TrimRight(shown, " ") != strings.TrimRight(text, " ") {
			t.Fatalf("%q became %q", text, shown)
		}
	})
}

func TestPlainTextCannotSteerATerminal(t *testing.T) {
	for _, row := range []struct{ name, from, want string }{
		{"colour", "\x1b[31mred", "\uFFFD[31mred"},
		{"C1 control", "\u009b31m", "\uFFFD31m"},
		{"lines", "一\n二\t三", "一 二 三"},
		{"reading direction", "a\u202eb", "a\uFFFDb"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"Chinese", "晨光家电（上海）", "晨光家电（上海）"},
	} {
		if got := plain(row.from); got != row.want || !utf8.ValidString(got) {
			t.Errorf("%s: %q became %q, want %q", row.name, row.from, got, row.want)
		}
	}
}

func TestTableAlignsChinese(t *testing.T) {
	table := table{indent: "  "}
	table.add("CASE", "GRADE", "SCORE")
	table.add("晨光家电", "四星级", "94.995")
	table.add("A", "", "95")
	var text strings.Builder
	if err := table.write(&text); err != nil {
		t.Fatal(err)
	}
	want := "" +
		"  CASE      GRADE   SCORE\n" +
		"  晨光家电  四星级  94.995\n" +
		"  A                 95\n"
	if text.String() != want {
		t.Errorf("got\n%swant\n%s", text.String(), want)
	}
}
