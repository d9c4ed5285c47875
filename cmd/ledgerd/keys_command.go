package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"
)

func newKeys() *cobra.Command {
	keys := &cobra.Command{
		Use:   "keys",
		Short: "Make or show the keys of a log or a witness",
		Long: `Make or show the keys of a log or a witness.

A key lies in one file of mode 0600 in a directory of mode 0700; wider modes are refused. A key that is
there is shown, never replaced. Keep a copy of it offline: without it the log cannot go on.

The output is lines of a policy file (C2SP tlog-policy), so that it can be appended to one.`,
		Example: `  # the log: make its key and tell its witnesses
  ledgerd keys log --key-dir /etc/starledger/keys --origin ledger.example.org/2026
  # the witness: registers the log, and tells what goes into the log's policy
  ledgerd witness --dir /var/lib/witness --name witness.example.org/w1 --log "$(ledgerd keys log --key-dir /etc/starledger/keys --origin ledger.example.org/2026 --vkey)"
  ledgerd keys witness --key-dir /var/lib/witness/keys --name witness.example.org/w1 --url https://witness.example.org
  # the log: with a policy of both lines and "quorum w1"
  ledgerd serve --key-dir /etc/starledger/keys --origin ledger.example.org/2026 --policy policy.txt`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{errors.New("say whose: ledgerd keys log, or ledgerd keys witness")}
		},
	}
	keys.AddCommand(newLogKeys(), newWitnessKeys())
	return keys
}

func newLogKeys() *cobra.Command {
	var cfg Config
	var only bool
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Make or show the key of a log",
		Long: `Make the key of a log, or show the one that is there.

For a log that has been sealed none is made: another key would begin another log. The output is the line
of a policy file that witnesses and verifiers need.`,
		Example: `  ledgerd keys log --key-dir /etc/starledger/keys --origin ledger.example.org/2026 > policy.txt
  ledgerd keys log --vkey   # the verifier key alone, for ledgerd witness --log`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.fromElsewhere(cmd.Flags()); err != nil {
				return usageError{err}
			}
			if cfg.KeyDir == "" {
				cfg.KeyDir = filepath.Join(cfg.Data, "keys")
			}
			cfg.CheckpointDir = filepath.Join(cfg.Data, "checkpoints") // where they are by default
			key, err := logKey(cfg, false, true)
			if err != nil {
				return err
			}
			return showKey(cmd.OutOrStdout(), only, key, fmt.Sprintf(
				"# The key of the log %s lies in %s.\n# Register this verifier key with every witness, and keep it in the policy of everyone who verifies:\nlog %s\n",
				key.name, filepath.Join(cfg.KeyDir, logKeyFile), key.verifier))
		},
	}
	f := cmd.Flags()
	f.StringVar(&cfg.file, "config", "", "file with settings (see ledgerd config)")
	f.StringVar(&cfg.Data, "data", defaultData, "data directory")
	f.StringVar(&cfg.KeyDir, "key-dir", "", "directory of the signing key (default DATA/keys)")
	f.StringVar(&cfg.Origin, "origin", defaultOrigin, "name of the log; cannot change later")
	f.BoolVar(&only, "vkey", false, "print the verifier key and nothing else")
	return cmd
}

func newWitnessKeys() *cobra.Command {
	var keyDir, name, url, alias string
	var only bool
	cmd := &cobra.Command{
		Use:   "witness",
		Short: "Make or show the key of a witness",
		Long:  "Make the key of a witness, or show the one that is there, as the line of a policy file.",
		Example: `  ledgerd keys witness --key-dir /var/lib/witness/keys --name witness.example.org/w1 --url https://witness.example.org
  ledgerd keys witness --as zhang --url https://witness.example.org >> policy.txt`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd.Flags()); err != nil {
				return usageError{err}
			}
			key, err := keyOf(keyDir, name, witnessKeys)
			if err != nil {
				return err
			}
			return showKey(cmd.OutOrStdout(), only, key, fmt.Sprintf(
				"# The key of the witness %s lies in %s.\n# For the policies of the logs that it cosigns for, and of everyone who verifies:\nwitness %s %s %s\n",
				key.name, filepath.Join(keyDir, witnessKeyFile), alias, key.verifier, url))
		},
	}
	f := cmd.Flags()
	f.StringVar(&keyDir, "key-dir", "./witness/keys", "directory of the witness's key")
	f.StringVar(&name, "name", defaultWitnessName, "name of the witness's key; cannot change later")
	f.StringVar(&url, "url", "http://127.0.0.1:8090", "where logs reach the witness")
	f.StringVar(&alias, "as", "w1", "name of the witness within the policy")
	f.BoolVar(&only, "vkey", false, "print the verifier key and nothing else")
	return cmd
}

func showKey(out io.Writer, only bool, key signingKey, lines string) error {
	if only {
		lines = key.verifier + "\n"
	}
	_, err := io.WriteString(out, lines)
	return err
}
