// Package events holds the facts: what may be written into the ledger, how its bytes look, and what
// a case is after a row of them.
//
// It guarantees that a body which Decode accepts is a complete event of a known type, and that
// folding the same bodies gives the same Case everywhere: when posting, when replaying, in read
// models and offline. Whether an event may happen is left to events/decide, what it is worth to
// scoring, and where it is kept to the implementations of Log.
package events
