// Package decidetest tells stories: it drives a case by commands through decide, the stored form and
// the fold, with a clock and ids that are the same in every run.
//
// It guarantees that a case made here is one that posting could have made. It is for tests alone.
package decidetest
