package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"

	"starledger/events/proof"
)

const demoWitnessName = "witness.demo"

// startDemoWitness gives the demo its keys, which are the same at every start, and a witness in the
// same process on loopback, so that every step of sealing can be seen. In earnest a witness runs
// elsewhere and belongs to somebody else: this one proves nothing to anybody.
func startDemoWitness(cfg *Config, parts *parts, logger *slog.Logger) error {
	if cfg.Policy != "" || len(cfg.Witnesses) > 0 {
		return nil // somebody tries out a witness of their own
	}
	logKey, err := demoKey(cfg.KeyDir, cfg.Origin, logKeys)
	if err != nil {
		return err
	}
	witnessKey, err := demoKey(cfg.KeyDir, demoWitnessName, witnessKeys)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(logKey.verifier)
	if err != nil {
		return fmt.Errorf("read the demo's key: %w", err)
	}
	server, err := witnessServer(filepath.Join(cfg.Data, "witness"), witnessKey, []proof.Log{{Key: verifier}}, logger)
	if err != nil {
		return err
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen for the demo's witness: %w", err)
	}
	cfg.Witnesses = []string{witnessKey.verifier + " http://" + door.Addr().String()}
	parts.start("the demo's witness", func(context.Context) error { return unlessClosed(server.Serve(door)) })
	parts.start("the end of the demo's witness", func(ctx context.Context) error {
		<-ctx.Done()
		return server.Close()
	})
	return nil
}

// demoKey is a key that everybody can know.
func demoKey(dir, name string, kind keyKind) (signingKey, error) {
	if _, err := os.Stat(filepath.Join(dir, kind.file)); errors.Is(err, fs.ErrNotExist) {
		return makeKey(dir, name, kind, demoSeed(name))
	}
	return keyOf(dir, name, kind)
}
