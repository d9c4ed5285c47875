package scoring

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Change is one difference between two versions of a scheme: what stands at one place of the
// document in each. A is empty for what is new, B for what is gone.
type Change struct {
	// Path is a JSON pointer in which items of lists are named by their id, not by their place, as in
	// /clauses/5.1.1.1/points: a clause that was inserted does not change those after it.
	Path string
	A, B jsontext.Value
}

// Diff lists what differs from a to b, in the order of a's document and then b's additions. The order
// of items that have an id is not compared.
func Diff(a, b *Scheme) ([]Change, error) {
	before, err := leavesOf(a.prepared.canonical)
	if err != nil {
		return nil, err
	}
	after, err := leavesOf(b.prepared.canonical)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, path := range before.order {
		if was, is := before.at[path], after.at[path]; string(was) != string(is) {
			changes = append(changes, Change{path, was, is})
		}
	}
	for _, path := range after.order {
		if _, had := before.at[path]; !had {
			changes = append(changes, Change{Path: path, B: after.at[path]})
		}
	}
	return changes, nil
}

// leaves are the values of a document that have no members, by their path.
type leaves struct {
	at    map[string]jsontext.Value
	order []string
}

func leavesOf(document jsontext.Value) (*leaves, error) {
	l := &leaves{at: map[string]jsontext.Value{}}
	return l, l.walk("", document)
}

func (l *leaves) walk(path string, v jsontext.Value) error {
	switch v.Kind() {
	case '{':
		return l.object(path, v)
	case '[':
		return l.array(path, v)
	}
	l.order, l.at[path] = append(l.order, path), v
	return nil
}

func (l *leaves) object(path string, v jsontext.Value) error {
	return members(v, func(name string, value jsontext.Value) error {
		return l.walk(path+"/"+escaped.Replace(name), value)
	})
}

// array names items by their id. A list of plain texts is one value: its order is its meaning.
func (l *leaves) array(path string, v jsontext.Value) error {
	var items []jsontext.Value
	if err := json.Unmarshal(v, &items); err != nil {
		return err
	}
	ids := make([]string, len(items))
	for i, item := range items {
		var named struct {
			ID string `json:"id"`
		}
		if item.Kind() != '{' || json.Unmarshal(item, &named) != nil || named.ID == "" || slices.Contains(ids[:i], named.ID) {
			l.order, l.at[path] = append(l.order, path), v
			return nil
		}
		ids[i] = named.ID
	}
	for i, item := range items {
		if err := l.walk(path+"/"+escaped.Replace(ids[i]), item); err != nil {
			return err
		}
	}
	return nil
}

// members calls do for each member of an object, in their order.
func members(v jsontext.Value, do func(name string, value jsontext.Value) error) error {
	d := jsontext.NewDecoder(strings.NewReader(string(v)))
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return err
		}
		key := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return err
		}
		if err := do(key, value.Clone()); err != nil {
			return err
		}
	}
	return nil
}

// escaped writes a name as a step of a JSON pointer.
var escaped = strings.NewReplacer("~", "~0", "/", "~1")
