// Command ledgerd is the service: it wires the ledger, its read models, its sealing and the HTTP API
// together, verifies and repairs a store, and cosigns as a witness for other logs. All rules live in
// the packages it wires.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"starledger/events"
)

// Exit codes of the contract, the same for both programs.
const (
	exitSound     = 0
	exitFailure   = 1
	exitUsage     = 2
	exitIntegrity = 3
	exitConflict  = 4
)

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(execute(ctx, os.Args[1:]))
}

func execute(ctx context.Context, args []string) int {
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "ledgerd:", err)
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitSound
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, events.ErrIntegrity):
		return exitIntegrity
	case errors.Is(err, errLocked), errors.Is(err, errThere):
		return exitConflict
	}
	return exitFailure
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "ledgerd",
		Short:         "Audit ledger for service certification",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newServe(), newBackup(), newRestore(), newBegin(), newRepair(), newMigrate(), newVerify(), newConfig(), newDoctor(), newBench(), newKeys(), newWitness())
	return root
}

func newServe() *cobra.Command {
	var cfg Config
	serve := &cobra.Command{
		Use:   "serve",
		Short: "Serve the ledger over HTTP",
		Long: `Serve the ledger over HTTP on its embedded JetStream.

Before it serves, the ledger is compared with everything that is known outside the store: archive, read
model, checkpoints, witnesses. When something contradicts it later, it is stopped: what can be read is
served on, nothing is written or signed any more, and /readyz says why.

With --nats the ledger is kept by a NATS cluster, and any number of nodes serve it, each with a data directory
of its own; cmd/ledgerd/deploy has the configuration of the servers. All nodes sign with one key, whose file
each is given; one of them seals, and another takes over when it is gone. Attachments lie in --attachment-dir,
which all nodes share.

Every flag can also be given as an environment variable: --archive-dir is LEDGERD_ARCHIVE_DIR; several
--witness are separated by commas there. Or in a file, --config FILE, of which ` + "`ledgerd config`" + ` prints a
sample. A flag counts before a variable, and a variable before the file.
Exit codes: 0 stopped in order, 1 failure, 2 usage, 3 the ledger is damaged (at the start, or found out while
it was served), 4 a directory of the ledger is in use.`,
		Example: `  ledgerd serve --demo
  ledgerd serve --tokens tokens.json --data /var/lib/starledger --archive-dir /mnt/second-disk/archive
  ledgerd serve --tokens tokens.json --checkpoint-dir /mnt/third-disk/checkpoints --policy policy.txt   # see ledgerd keys --help
  ledgerd serve --tokens tokens.json --nats nats://n1:4222,nats://n2:4222,nats://n3:4222 --nats-creds service.seed --nats-ca ca.pem --nats-cert node.pem --nats-key node.key --attachment-dir /mnt/shared/attachments
  LEDGERD_TOKENS=tokens.json ledgerd serve --listen 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			return run(cmd.Context(), cfg, newLogger(cfg.Demo), cmd.OutOrStdout())
		},
	}
	cfg.bind(serve.Flags())
	return serve
}

// newLogger writes to standard error, one line for each request. The demo's screen is for reading,
// so it shows only what is wrong.
func newLogger(quiet bool) *slog.Logger {
	level := slog.LevelInfo
	if quiet {
		level = slog.LevelWarn
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

func noArguments(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%q is not expected: everything is given as flags", args[0])}
	}
	return nil
}
