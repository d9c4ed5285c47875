// Package projections holds the views of the ledger: read models in SQLite that follow the log, the
// histories of hot cases, and travel in time.
//
// It guarantees that a read model is what the events up to its position say and nothing else: both
// are written in one transaction, a gap, an unknown type, a body that cannot be decoded or a broken
// chain of a case stops Run, and a file that is deleted is rebuilt to the same rows. Whether an
// event may happen is left to events/decide, what it is worth to scoring, and who may see an answer
// to the caller, who restricts it with Within.
package projections
