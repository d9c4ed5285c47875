package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/events/proof"
	"starledger/events/seal"
)

func newMigrate() *cobra.Command {
	var cfg Config
	var to ClusterConfig
	migrate := &cobra.Command{
		Use:   "migrate",
		Short: "Move a stopped ledger from its data directory into a NATS cluster",
		Long: `Move a stopped ledger from its data directory into a NATS cluster, byte for byte and at the same sequences,
and every checkpoint with it.

What is moved is proven: the trees over both copies must have one root, and pass through the newest
checkpoint that was signed. The source is only read. An interrupted move goes on where it ended when the
command is given again; a cluster that holds anything else is refused and left as it is.

Afterwards the data directory is marked as moved, so that the ledger does not go on in two places, and serves
as that of the first node: ledgerd serve --data DIR --nats URL. Every node is given the log's key, and the directory
of the attachments, which are not moved, as --attachment-dir.

Exit codes: 0 moved and proven, 1 failure, 2 usage, 3 one of the two is not what it has to be, 4 the ledger is
being served.`,
		Example: `  ledgerd migrate --from ./data --to nats://n1:4222,nats://n2:4222,nats://n3:4222 --nats-creds service.seed --nats-admin-creds admin.seed`,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd.Flags()); err != nil {
				return usageError{err}
			}
			if to.URLs == "" {
				return usageError{errors.New("--to says into which cluster")}
			}
			if err := errors.Join(cfg.complete(), to.complete("to")); err != nil {
				return usageError{err}
			}
			return move(cmd.Context(), cfg, to, cmd.OutOrStdout(), newLogger(false))
		},
	}
	cfg.bindPlaces(migrate.Flags())
	migrate.Flags().StringVar(&cfg.Data, "from", defaultData, "data directory of the ledger")
	migrate.Flags().Lookup("data").Hidden = true // --from is the same
	to.bind(migrate.Flags(), "to")
	cfg.Ops, cfg.Listen, cfg.Cluster.Replicas = "127.0.0.1:0", "127.0.0.1:0", 3 // not used
	return migrate
}

// move copies, then proves, then marks. Each step may be cut short and begun again.
func move(ctx context.Context, cfg Config, to ClusterConfig, out io.Writer, logger *slog.Logger) (err error) {
	m := &moving{cfg: cfg, out: out}
	lock, err := lockData(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if lock.unclean {
		return fmt.Errorf("the ledger in %s was not stopped in order: start it once and stop it, which proves it", cfg.Data)
	}
	if m.sealed, err = openSealed(cfg, nil, false); err != nil {
		return err
	}
	if err := m.open(ctx, to, logger); err != nil {
		return err
	}
	defer m.close()
	if err := m.copy(ctx); err != nil {
		return err
	}
	if err := m.prove(ctx); err != nil {
		return err
	}
	return m.mark(to)
}

// moving is a ledger on its way.
type moving struct {
	cfg      Config
	out      io.Writer
	sealed   *sealed
	from, to *jetlog.Log
	last     uint64 // of the source
}

func (m *moving) open(ctx context.Context, to ClusterConfig, logger *slog.Logger) (err error) {
	newest := m.newest()
	m.from, err = jetlog.Open(ctx, jetlog.Config{
		StoreDir: storeDir(m.cfg), KnownLast: newest.Size, KnownCheckpoint: m.sealed.newest() != nil, Logger: logger,
	})
	if err != nil {
		return err
	}
	if m.last, err = m.from.Last(ctx); err == nil {
		m.to, err = jetlog.Connect(ctx, to.remote(0, false, logger))
	}
	if err != nil {
		m.from.Close()
	}
	return err
}

func (m *moving) close() {
	m.to.Close()
	m.from.Close()
}

// newest is the newest checkpoint that was signed; the empty tree when there is none.
func (m *moving) newest() proof.Head {
	if newest := m.sealed.newest(); newest != nil {
		return newest.Head
	}
	return proof.Head{Root: proof.EmptyRoot()}
}

// copy moves what the cluster does not have yet. What it has must be the beginning of this ledger.
func (m *moving) copy(ctx context.Context) error {
	have, err := m.to.Last(ctx)
	if err != nil {
		return err
	}
	if have > m.last {
		return fmt.Errorf("the cluster holds %d events, more than the %d of this ledger: %w", have, m.last, events.ErrIntegrity)
	}
	if have > 0 {
		fmt.Fprintf(m.out, "the cluster holds %d events already\n", have)
		if err := m.compare(ctx, have); err != nil {
			return fmt.Errorf("the cluster holds another ledger, and is left as it is: %w", err)
		}
	}
	shown := newProgress(m.out, m.last)
	if err := m.to.TakeOver(ctx, m.from.Read(ctx, have+1, m.last), shown.at); err != nil {
		return err
	}
	shown.done()
	end, err := m.from.Checkpoints().End(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(m.out, "moving the %d checkpoints and cosignatures\n", end)
	return m.to.Checkpoints().TakeOver(ctx, m.from.Checkpoints(), func(uint64) {})
}

// prove compares the two copies as a whole.
func (m *moving) prove(ctx context.Context) error {
	if err := m.compare(ctx, m.last); err != nil {
		return fmt.Errorf("prove the moved ledger: %w", err)
	}
	fmt.Fprintln(m.out, "sound: both copies have one root, and pass through the newest checkpoint")
	return nil
}

// compare makes the trees over the first events of both copies.
func (m *moving) compare(ctx context.Context, size uint64) error {
	var heads [2]proof.Head
	for i, log := range []*jetlog.Log{m.from, m.to} {
		shown := newProgress(m.out, size)
		var err error
		if heads[i], err = seal.Root(ctx, log, m.sealed.key.name, size, m.newest(), shown.at); err != nil {
			return err
		}
		fmt.Fprintf(m.out, "%s: %d events with root %s\n", []string{"data directory", "cluster"}[i], size, heads[i].Root)
	}
	if heads[0] != heads[1] {
		return fmt.Errorf("the two copies of %d events have different roots: %w", size, events.ErrIntegrity)
	}
	return nil
}

func movedPath(cfg Config) string { return filepath.Join(cfg.Data, "moved") }

// mark keeps the ledger from going on in two places.
func (m *moving) mark(to ClusterConfig) error {
	text := fmt.Sprintf("This ledger was moved at sequence %d to %s.\n", m.last, to.URLs)
	if err := os.WriteFile(movedPath(m.cfg), []byte(text), 0o600); err != nil {
		return fmt.Errorf("mark the ledger as moved: %w", err)
	}
	if err := syncDir(m.cfg.Data); err != nil {
		return err
	}
	fmt.Fprintf(m.out, "moved: serve it with --data %s --nats %s\n", m.cfg.Data, to.URLs)
	return nil
}

// wasMoved refuses to go on in the data directory with a ledger that is elsewhere now.
func wasMoved(cfg Config) error {
	text, err := os.ReadFile(movedPath(cfg))
	switch {
	case errors.Is(err, os.ErrNotExist) || cfg.Cluster.URLs != "":
		return nil
	case err != nil:
		return fmt.Errorf("look whether the ledger was moved: %w", err)
	}
	return usageError{fmt.Errorf("%sServe it with --nats: two ledgers that go on from one end would contradict each other", text)}
}
