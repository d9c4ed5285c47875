package projections

import (
	"fmt"
	"testing"
)

// What was used least goes when the budget is spent, and no more than that.
func TestLRU(t *testing.T) {
	l := newLRU[string, int](3)
	for i, key := range []string{"a", "b", "c"} {
		l.put(key, i, 1)
	}
	keeps := func(then string, want ...string) {
		t.Helper()
		var kept []string
		for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
			if _, ok := l.items[key]; ok {
				kept = append(kept, key)
			}
		}
		if fmt.Sprint(kept) != fmt.Sprint(want) {
			t.Errorf("%s: keeps %q, want %q", then, kept, want)
		}
	}
	l.get("a")
	l.put("d", 3, 1)
	keeps("a fourth after a was used", "a", "c", "d")
	l.widen(5)
	l.put("b", 1, 1)
	l.put("e", 4, 1)
	keeps("twice the budget, but at most 5", "a", "b", "c", "d", "e")
	l.put("f", 5, 1)
	keeps("a sixth", "a", "b", "d", "e", "f")
	l.put("f", 5, 4)
	keeps("one that has grown", "e", "f")
	l.shrink(1)
	keeps("less room than the last one takes", "f")
	l.widen(0)
	l.put("a", 0, 1)
	keeps("the budget stays", "a")
}
