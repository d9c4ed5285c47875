// Package checks holds the conformance checks as data: what each guards, where it comes from, and the
// one handler that answers it.
//
// It guarantees that posting an event, reviewing a whole case and verifying a case offline ask the
// same question with the same code, and that the fold of an audit reaches scoring in one way only
// (Facts). What a refusal looks like to the caller, and in which words, is left to others.
package checks
