// Package bundle writes and verifies the offline audit bundle: one zip with everything an assessor
// needs to check a case without a connection and without trusting whoever runs the ledger.
//
// It guarantees that the same ledger, checkpoint and request give the same bytes, that Verify judges
// by the verifier's own policy alone, and that nothing in a bundle, however it was made, lets Verify
// write outside the directories it was given, run without end, or take memory without bound. What
// was never entered, or was entered falsely, no bundle can show.
//
// What is in a bundle, in this order, is said by layout.go; what is checked, by checks.go.
package bundle
