// Command ledgerctl is the assessor's tool: over the HTTP API it lists cases, explains scores, tells
// histories and follows events; offline it verifies audit bundles.
//
// It only reads. It believes a server no further than it can check: stored bytes are hashed again,
// the chain of a case is followed, and a score is worked out anew from its clauses before it is
// explained. What does not fit ends with exit code 3. What a server's answers cannot show, such
// as an event that was left out, is what verify checks in a bundle.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], system{out: os.Stdout, err: os.Stderr, getenv: os.Getenv})
	stop()
	os.Exit(code)
}
