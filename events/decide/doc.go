// Package decide answers one question: may this happen now? A case, a command and a setting go in;
// one event to be written, or a refusal, comes out.
//
// It guarantees that the same case, command and setting get the same answer, that a refusal names the
// rule and the member it is about, and that an event it allows can be encoded and folded. It is pure:
// clock, schemes and the list of known attachments come in as arguments. Who may post what in which
// role is decided before it (api); the conformance checks it calls when posting are events/checks.
package decide
