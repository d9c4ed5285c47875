package api

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"

	"starledger/events/checks"
	"starledger/events/decide"
	"starledger/scoring"
)

// Every code that can be answered has a text in both languages, and no text is left over.
func TestTextsAreComplete(t *testing.T) {
	answered := map[string]bool{codeInternal: true}
	for _, code := range decide.Codes {
		answered[code] = true
	}
	for _, code := range scoring.RuleCodes() {
		answered[code] = true
	}
	for _, code := range codesInSource(t) {
		answered[code] = true
	}
	for code := range answered {
		if w := wordings[code]; w.ZH == "" || w.EN == "" {
			t.Errorf("%s has no text in both languages", code)
		}
	}
	for code := range wordings {
		if !answered[code] && !strings.Contains(code, ":") {
			t.Errorf("nothing answers %s", code)
		}
	}
}

// Both texts to a code show the same arguments.
func TestTextsAgree(t *testing.T) {
	argument := regexp.MustCompile(`\{[a-z]+\}`)
	for code, w := range wordings {
		zh, en := map[string]bool{}, map[string]bool{}
		for _, a := range argument.FindAllString(w.ZH, -1) {
			zh[a] = true
		}
		for _, a := range argument.FindAllString(w.EN, -1) {
			en[a] = true
		}
		if !reflect.DeepEqual(zh, en) {
			t.Errorf("%s: %s / %s", code, w.ZH, w.EN)
		}
	}
}

func TestTextsAreFilled(t *testing.T) {
	for _, c := range []struct {
		in         language
		code, want string
		args       map[string]string
	}{
		{english, "wrong-state", "This comes after the opening meeting.", map[string]string{"missing": "opening"}},
		{chinese, "member-invalid", "值不符合要求，应为：minor, major", map[string]string{"expected": "minor, major"}},
		{chinese, "member-invalid", "值不符合要求，应为：日期，如 2026-11-01", map[string]string{"expected": "date"}},
		{english, "unknown-clause", "The scheme has no clause internal.", map[string]string{"clause": "internal"}},
		{english, "grade-unchanged", "The grade is the same (–).", nil},
		{english, "no-such-code", "no-such-code", nil},
	} {
		if got := c.in.text(c.code, c.args); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
	if english.title(599) != "" || english.of(checks.Wording{ZH: "a", EN: "b"}) != "b" {
		t.Error("title or wording")
	}
}

// codesInSource are the codes written in this package: the first text given to the functions that
// make problems, and to nothing else.
func codesInSource(t *testing.T) []string {
	var codes []string
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			maker, ok := call.Fun.(*ast.Ident)
			if !ok || maker.Name != "refuse" && maker.Name != "malformed" && maker.Name != "notFound" {
				return true
			}
			for _, argument := range call.Args[:min(2, len(call.Args))] {
				if text, ok := argument.(*ast.BasicLit); ok {
					if code, err := strconv.Unquote(text.Value); err == nil {
						codes = append(codes, code)
						break
					}
				}
			}
			return true
		})
	}
	return codes
}
