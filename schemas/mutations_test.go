package schemas_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"testing"
)

// edges are values at and beyond the edges of the grammars. All of them are put in the place of a
// string, so each grammar meets the edges of all the others too.
var edges = []string{
	"", " ", "\n", "\t x", "x\r", "x\x00", "x\x7f", "\u0085", "\u00a0\u3000\u2028", "\u200b", "é", "审查",
	"a", "A", "Z9._-", "_a", "-", "-a", "a b", " a", "a ", "a/b", "a/b/c", "a/b;c", "a;b/c", "a/", "/b", `a/"b"`, "a/b,c",
	strings.Repeat("a", 32), strings.Repeat("a", 33), strings.Repeat("a", 64), strings.Repeat("a", 65),
	strings.Repeat("a", 127), strings.Repeat("a", 128), strings.Repeat("a", 129),
	"a/" + strings.Repeat("b", 125), "a/" + strings.Repeat("b", 126),
	strings.Repeat("审", 4000), strings.Repeat("审", 4001),
	"0", "1", "00", "01", "1.5", "1.", ".5", "1.5000000", "123456789", "1234567890", "+1", "-1", "1e3", "１",
	"0/1", "1/0", "-1/2", "--1/2", "01/2", "1/02", "2/4", "1/2/3", strings.Repeat("9", 40) + "/1", strings.Repeat("9", 41) + "/1",
	"F1", "F0", "F01", "F1234567", "F12345678", "f1", "A1", "G7", "F1\n",
	"2026-11-01", "2026-02-29", "2028-02-29", "2026-13-01", "2026-1-1", "2026-04-31", "0000-01-01", "9999-12-31", "2026-11-01 ",
	"2026-11-01T02:02:00.000000Z", "2026-11-01T02:02:00,000000Z", "2026-11-01T02:02:00.+00000Z", "2026-11-01T02:02:00.000Z",
	"2026-11-01T02:02:00.000000+00:00", "2026-11-01t02:02:00.000000z", "2026-11-01T24:00:00.000000Z", "2026-12-31T23:59:60.000000Z",
	"2026-02-29T02:02:00.000000Z", "0000-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z",
	"2026-11-01T2:02:00.0000000Z", "2026-11-01T02:02:00.0000000Z",
	"sha256:" + strings.Repeat("0", 64), "sha256:" + strings.Repeat("F", 64), "sha256:" + strings.Repeat("f", 63), "sha1:" + strings.Repeat("0", 66),
	"01JD3Z0000000000000000000C", "01jd3z0000000000000000000c", "81JD3Z0000000000000000000C", "01JD3Z0000000000000000000I", "01JD3Z0000000000000000000", "registry", "access", "Registry",
	"AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODx", "AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0OD", "AAECAwQFBgcICQoLDA0\nDw",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
	"91310000MA1FL5XH3C", "91310000MA1FL5XH3I", "91310000MA1FL5XH3", "91310000ma1fl5xh3c",
	"1.0", "application/json", "starledger.bonus.revoked.v1", "starledger.bonus.revoked.v2", "conforming", "grant", "lead",
}

// sharp are the edges that every string of every body meets: just outside of each grammar.
var sharp = []string{
	"", "x\r", "-a", " a", "a/b;c", "01", "01/2", "F0", "2026-02-29", "2026-02-29T02:02:00.000000Z",
	"sha256:" + strings.Repeat("F", 64), "01jd3z0000000000000000000c", "AAECAwQFBgcICQoLDA0ODx", "91310000MA1FL5XH3I", strings.Repeat("a", 129),
}

// others are values of every other kind.
var others = []any{
	nil, false, []any{}, []any{nil}, []any{"a"}, map[string]any{}, map[string]any{"a": "b"},
	json.Number("0"), json.Number("1"), json.Number("18446744073709551615"), json.Number("18446744073709551616"),
}

// mutate gives try a golden body as it is, and then with one thing changed. Two bodies stand for the
// attributes of all: the first event of a case with every member, and a later one with the least.
// The others are changed in their data. Where strings have met all edges is kept in edged, by the
// name of the member: one place stands for all of its name, the others meet the sharp edges.
func mutate(t *testing.T, name string, body []byte, edged map[string]bool, try func(what string, changed []byte)) {
	t.Helper()
	try("as it is", body)
	for what, changed := range textual(string(body)) {
		try(what, []byte(changed))
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var root map[string]any
	if err := decoder.Decode(&root); err != nil {
		t.Fatal(err)
	}
	m := mutator{edged: edged, changed: func(what string) {
		text, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		try(what, text)
	}}
	switch {
	case name == "case.opened.v1.full.json", name == "case.closed.v1.least.json":
		m.visit(root, "")
		m.add(root)
	default:
		for _, name := range []string{"onbehalfof", "reason", "note", "correlationid", "causationid"} {
			delete(root, name) // the attributes have had their turn
		}
		m.visit(root["data"], "/data")
	}
}

// mutator changes a document in place, reports each change, and takes it back.
type mutator struct {
	edged   map[string]bool
	changed func(what string)
}

// visit changes each place below at.
func (m *mutator) visit(value any, at string) {
	switch value := value.(type) {
	case map[string]any:
		for name, was := range value {
			pointer := at + "/" + name
			delete(value, name)
			m.changed(pointer + " left out")
			m.replace(was, func(v any) { value[name] = v }, pointer)
			value[name] = was
			m.visit(was, pointer)
		}
		value["unknown"] = "a"
		m.changed(at + "/unknown added")
		delete(value, "unknown")
	case []any:
		last := len(value) - 1 // one element stands for all
		was, pointer := value[last], fmt.Sprintf("%s/%d", at, last)
		m.replace(was, func(v any) { value[last] = v }, pointer)
		value[last] = was
		m.visit(was, pointer)
	}
}

// add adds each attribute that may be left out to a body that left it out.
func (m *mutator) add(root map[string]any) {
	for _, name := range []string{"casesalt", "batchindex", "batchcount", "requestdigest", "idempotencykey", "Nonce"} {
		if _, there := root[name]; there {
			continue
		}
		for _, value := range []any{json.Number("0"), json.Number("1"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "sha256:" + strings.Repeat("0", 64)} {
			root[name] = value
			m.changed(fmt.Sprintf("/%s added as %v", name, value))
		}
		delete(root, name)
	}
}

func (m *mutator) replace(was any, set func(any), pointer string) {
	for _, other := range others {
		set(other)
		m.changed(fmt.Sprintf("%s as %v", pointer, other))
	}
	switch was := was.(type) {
	case string:
		for _, text := range append([]string{was + " ", was + "\n"}, m.edgesAt(pointer)...) {
			set(text)
			m.changed(fmt.Sprintf("%s as %.50q", pointer, text))
		}
	case json.Number:
		set(string(was))
		m.changed(pointer + " as text")
	case []any:
		set(append(append([]any{}, was...), was...))
		m.changed(pointer + " twice as long")
	}
}

// edgesAt is all edges the first time a member of this name is met.
func (m *mutator) edgesAt(pointer string) []string {
	name := strings.TrimSuffix(path.Base(strings.TrimRight(pointer, "0123456789")), "/")
	if m.edged[name] {
		return sharp
	}
	m.edged[name] = true
	return edges
}

// textual changes are those that a parsed value does not show.
func textual(text string) map[string]string {
	return map[string]string{
		"white space":            strings.ReplaceAll(text, `":`, "\" :\n\t"),
		"a second value":         text + " {}",
		"cut short":              text[:len(text)-1],
		"an array around it":     "[" + text + "]",
		"a member twice":         strings.Replace(text, `"nonce"`, `"actorid":"li","nonce"`, 1),
		"a mark at the start":    "\xef\xbb\xbf" + text,
		"not UTF-8":              strings.Replace(text, `"li"`, "\"\xff\"", 1),
		"half a pair":            strings.Replace(text, `"li"`, `"\ud800"`, 1),
		"escaped":                strings.Replace(text, `"li"`, `"\u006ci"`, 1),
		"number with a fraction": strings.Replace(text, `"caseseq":2`, `"caseseq":2.0`, 1),
	}
}
