package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/proof"
	"starledger/schemas"
)

func newBegin() *cobra.Command {
	var cfg Config
	var how beginning
	cmd := &cobra.Command{
		Use:   "begin",
		Short: "Begin a new log that quotes the last checkpoint of a lost one",
		Long: `Begin a new log whose first event quotes the last checkpoint of an earlier one.

It is the last way out: something was signed that no archive, backup or mirror has any more. A log that
goes on without it would be another history under the same name, which every witness refuses. So a new log
begins, with a name, a key and a directory of its own, and says of itself what came before: every bundle of it
shows that, and ` + "`ledgerctl verify`" + ` explains it. Keep what is left of the earlier log; its own bundles stay good.
A cluster gets it by ` + "`ledgerd migrate`" + `.

Exit codes: 0 begun, 1 failure, 2 usage, 3 the checkpoint is not signed by the key, 4 there is a ledger already.`,
		Example: `  ledgerd begin --continues last-checkpoint --old-key 'ledger.example.org/2026+6f2a11c5+AQ…' \
    --origin ledger.example.org/2026b --data /var/lib/starledger-2026b --actor root --reason 'both disks were lost in the fire of 3 May'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			return begin(cmd.Context(), cfg, how, newLogger(true), cmd.OutOrStdout())
		},
	}
	cfg.bindPlaces(cmd.Flags())
	cfg.bindTrust(cmd.Flags())
	f := cmd.Flags()
	f.StringVar(&how.checkpoint, "continues", "", "file with the last checkpoint of the earlier log that anybody has")
	f.StringVar(&how.key, "old-key", "", "verifier key of the earlier log, as in everybody's policy")
	f.StringVar(&how.actor, "actor", "", "id of whoever decides this")
	f.StringVar(&how.reason, "reason", "", "why the earlier log cannot go on")
	return cmd
}

// beginning is what the first event of a new log says.
type beginning struct{ checkpoint, key, actor, reason string }

// begin opens a ledger that must be empty, and writes its first event. The first start of the service
// seals it.
func begin(ctx context.Context, cfg Config, how beginning, logger *slog.Logger, out io.Writer) (err error) {
	quoted, err := how.quote(cfg)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, cfg, newGuard(logger), logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close(context.WithoutCancel(ctx), false)) }()
	if last, err := store.log.Last(ctx); err != nil || last > 0 {
		return errors.Join(err, fmt.Errorf("%w in %s, with %d events: a log that continues another begins empty", errThere, cfg.Data, last))
	}
	first, err := how.event(cfg, quoted, events.InstantOf(time.Now()))
	if err != nil {
		return fmt.Errorf("write the first event: %w", err)
	}
	_, err = store.log.Append(ctx, events.Append{Case: string(first.Subject), Bodies: [][]byte{first.Body}})
	if err != nil {
		return fmt.Errorf("store the first event: %w", err)
	}
	fmt.Fprintf(out, "begun: the log %s; its first event quotes %s. Register its key with the witnesses: ledgerd keys log\n", cfg.Origin, quoted.Origin)
	return nil
}

// quote reads and judges the checkpoint.
func (b beginning) quote(cfg Config) (events.LogContinued, error) {
	if b.checkpoint == "" || b.key == "" || b.actor == "" || b.reason == "" {
		return events.LogContinued{}, usageError{errors.New("--continues, --old-key, --actor and --reason are all needed: they stand in the ledger for ever")}
	}
	given, err := readGiven(b.checkpoint)
	if err != nil {
		return events.LogContinued{}, err
	}
	key, err := note.NewVerifier(b.key)
	if err != nil {
		return events.LogContinued{}, usageError{fmt.Errorf("--old-key: %w", err)}
	}
	last, err := proof.Open(given[0].note, key)
	if err != nil {
		return events.LogContinued{}, fmt.Errorf("%w: %s is not signed by %s: %w", events.ErrIntegrity, b.checkpoint, key.Name(), err)
	}
	if last.Origin == cfg.Origin {
		return events.LogContinued{}, usageError{fmt.Errorf("--origin %s is the name of the earlier log: the new one needs another", cfg.Origin)}
	}
	return events.LogContinued{Origin: events.Source(last.Origin), Key: events.Text(b.key), Checkpoint: events.Text(given[0].note)}, nil
}

// event writes the first event, in the registry case.
func (b beginning) event(cfg Config, quoted events.LogContinued, now events.Instant) (*events.Stored, error) {
	_, schema, known := schemas.Event(string(quoted.EventType()))
	if !known {
		return nil, fmt.Errorf("%s has no schema", quoted.EventType())
	}
	salt, err := events.RandomText(rand.Reader, 32)
	if err != nil {
		return nil, err
	}
	nonce, err := events.RandomText(rand.Reader, 16)
	if err != nil {
		return nil, err
	}
	id, err := events.NewIDs(rand.Reader).Next(now.Time())
	if err != nil {
		return nil, err
	}
	return events.Encode(events.Event{Data: quoted, Attributes: events.Attributes{
		ID: events.EventID(id), Source: events.Source(cfg.Origin), Subject: events.Registry, Time: now, DataSchema: events.Digest(schema),
		CaseSeq: 1, PrevDigest: events.NoDigest, EffectiveTime: now, ActorID: events.ID(b.actor), ActorRole: "admin", Reason: events.Text(b.reason),
		CaseSalt: events.Random32(salt), Nonce: events.Random16(nonce),
	}})
}
