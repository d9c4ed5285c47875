package projections

import (
	"sync"

	"starledger/events"
)

// What is kept in memory for reading, by the size of the bodies it came from. A folded case takes
// about half of that, decoded events about three times as much: 24 MB and 48 MB.
const (
	historyBytes = 48 << 20
	storedBytes  = 16 << 20
)

// hot is what was read last: folded cases, and the events of cases that are looked at in time. Both
// are prefixes of what the log has, and are brought up to it when they are asked for; so what another
// node writes needs no word to this one.
type hot struct {
	mu        sync.Mutex
	histories *lru[events.CaseID, *History]
	rows      *lru[events.CaseID, []*events.Stored]
}

func newHot() *hot {
	return &hot{
		histories: newLRU[events.CaseID, *History](historyBytes),
		rows:      newLRU[events.CaseID, []*events.Stored](storedBytes),
	}
}

// history is the kept history of a case, nil when there is none.
func (h *hot) history(id events.CaseID) *History {
	h.mu.Lock()
	defer h.mu.Unlock()
	history, _ := h.histories.get(id)
	return history
}

// keep keeps a history, unless a longer one is kept.
func (h *hot) keep(history *History) {
	h.mu.Lock()
	defer h.mu.Unlock()
	id := history.Case.ID
	if longer, ok := h.histories.get(id); ok && len(longer.Seqs) > len(history.Seqs) {
		return
	}
	h.histories.put(id, history, history.size)
}

// posted continues a history that is kept, or that begins here; nil when stored does not continue it.
func (h *hot) posted(id events.CaseID, stored []*events.Stored) *History {
	h.mu.Lock()
	defer h.mu.Unlock()
	history, ok := h.histories.get(id)
	if !ok {
		history = newHistory(id)
	}
	next, err := history.with(stored)
	if err != nil {
		h.histories.drop(id)
		return nil
	}
	h.histories.put(id, next, next.size)
	return next
}

// stored are the events kept of a case, from its first on.
func (h *hot) stored(id events.CaseID) []*events.Stored {
	h.mu.Lock()
	defer h.mu.Unlock()
	rows, _ := h.rows.get(id)
	return rows
}

// keepStored keeps the events of a case, unless more are kept.
func (h *hot) keepStored(id events.CaseID, rows []*events.Stored) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if more, ok := h.rows.get(id); ok && len(more) > len(rows) {
		return
	}
	size := 0
	for _, e := range rows {
		size += len(e.Body)
	}
	h.rows.put(id, rows, size)
}
