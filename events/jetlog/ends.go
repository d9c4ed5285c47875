package jetlog

// endsKept bounds the memory of ends: about 6 MB.
const endsKept = 1 << 16

// ends is how far each case is known to go, so that a unit that is stale beyond doubt does not
// spoil the batch it would go in. A case that is not in it, or has gone on since by another node's
// hand, is left to the broker. It belongs to whoever has the writer's turn.
type ends map[string]uint64

// reach notes that a case has a record at a sequence.
func (e ends) reach(caseID string, seq uint64) {
	known, ok := e[caseID]
	if !ok && len(e) >= endsKept {
		clear(e) // it is learnt again, one unit at a time
	}
	e[caseID] = max(known, seq)
}
