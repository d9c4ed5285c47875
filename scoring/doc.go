// Package scoring judges an audit: facts and a scheme in, one exact score with its explanation out.
//
// It guarantees that the same facts under the same scheme give the same score for ever, and that the
// number and its explanation come from one calculation. It is pure: no clock, no files, no log. Which
// facts are allowed to become events is decided elsewhere (events/decide).
//
// The rules are numbered R1 to R13 after the domain page; each is named where it is applied.
package scoring
