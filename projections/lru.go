package projections

import "container/list"

// lru keeps what was used last, up to a budget. It is not safe for concurrent use.
type lru[K comparable, V any] struct {
	budget, spent int
	order         *list.List // of *kept[K, V], the latest used first
	items         map[K]*list.Element
}

type kept[K comparable, V any] struct {
	key   K
	value V
	cost  int
}

func newLRU[K comparable, V any](budget int) *lru[K, V] {
	return &lru[K, V]{budget: budget, order: list.New(), items: map[K]*list.Element{}}
}

func (l *lru[K, V]) get(key K) (value V, ok bool) {
	element, ok := l.items[key]
	if !ok {
		return value, false
	}
	l.order.MoveToFront(element)
	return element.Value.(*kept[K, V]).value, true
}

// put keeps value under key, and forgets the least used beyond the budget; never what was just put.
func (l *lru[K, V]) put(key K, value V, cost int) {
	element, ok := l.items[key]
	if !ok {
		element = l.order.PushFront(&kept[K, V]{key: key})
		l.items[key] = element
	}
	l.order.MoveToFront(element)
	item := element.Value.(*kept[K, V])
	l.spent += cost - item.cost
	item.value, item.cost = value, cost
	l.trim()
}

// widen doubles the budget, up to most.
func (l *lru[K, V]) widen(most int) { l.budget = min(2*l.budget, max(l.budget, most)) }

// shrink makes the budget no larger than one.
func (l *lru[K, V]) shrink(budget int) {
	l.budget = min(l.budget, budget)
	l.trim()
}

func (l *lru[K, V]) trim() {
	for l.spent > l.budget && l.order.Len() > 1 {
		l.drop(l.order.Back().Value.(*kept[K, V]).key)
	}
}

func (l *lru[K, V]) drop(key K) {
	element, ok := l.items[key]
	if !ok {
		return
	}
	l.spent -= l.order.Remove(element).(*kept[K, V]).cost
	delete(l.items, key)
}
