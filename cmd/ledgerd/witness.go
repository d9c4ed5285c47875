package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"starledger/api"
	"starledger/events/proof"
	"starledger/events/seal"
)

// WitnessConfig is what `ledgerd witness` is told.
type WitnessConfig struct {
	// Dir keeps every checkpoint that was cosigned, in full: with them the witness proves what it saw.
	Dir string
	// KeyDir is the directory of the witness's key, mode 0700; it defaults to a folder inside Dir.
	KeyDir string
	// Name is the name of the key, as in witness.example.org/w1. It cannot change later.
	Name string
	// Logs are the verifier keys of the logs to cosign for; LogsFile has more of them, one a line.
	Logs     []string
	LogsFile string
	// Listen is the address. Beyond loopback it needs TLSCert and TLSKey, or BehindProxy.
	Listen          string
	TLSCert, TLSKey string
	BehindProxy     bool
}

func newWitness() *cobra.Command {
	var cfg WitnessConfig
	cmd := &cobra.Command{
		Use:   "witness",
		Short: "Cosign the checkpoints of other people's logs",
		Long: `Cosign checkpoints of registered logs, by C2SP tlog-witness (POST /add-checkpoint).

A witness signs only trees of which each continues the one before, and keeps every checkpoint that it
signed. Run it on another machine than the log, under other people's control. It makes its key at the
first start; ` + "`ledgerd keys witness`" + ` shows what a log needs to know of it.

Exit codes: 0 stopped in order, 1 failure, 2 usage, 4 the directory is in use.`,
		Example: `  ledgerd witness --dir /var/lib/witness --name witness.example.org/w1 --log 'ledger.example.org/2026+6f2a11c5+AQ…'
  ledgerd witness --dir /var/lib/witness --logs logs.txt --listen 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd.Flags()); err != nil {
				return usageError{err}
			}
			if err := cfg.complete(); err != nil {
				return usageError{err}
			}
			return runWitness(cmd.Context(), cfg, newLogger(false), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&cfg.Dir, "dir", "./witness", "directory of what was cosigned")
	f.StringVar(&cfg.KeyDir, "key-dir", "", "directory of the witness's key, mode 0700 (default DIR/keys)")
	f.StringVar(&cfg.Name, "name", defaultWitnessName, "name of the witness's key; cannot change later")
	f.StringSliceVar(&cfg.Logs, "log", nil, "verifier key of a log to cosign for (see ledgerd keys log); repeatable")
	f.StringVar(&cfg.LogsFile, "logs", "", "file of verifier keys of logs, one a line; a line that starts with # is a comment")
	f.StringVar(&cfg.Listen, "listen", "127.0.0.1:8090", "address to listen on")
	f.StringVar(&cfg.TLSCert, "tls-cert", "", "PEM certificate")
	f.StringVar(&cfg.TLSKey, "tls-key", "", "PEM key")
	f.BoolVar(&cfg.BehindProxy, "behind-proxy", false, "a proxy in front ends TLS")
	return cmd
}

const defaultWitnessName = "witness.local"

func (c *WitnessConfig) complete() error {
	if c.KeyDir == "" {
		c.KeyDir = filepath.Join(c.Dir, "keys")
	}
	if err := checkAddress("--listen", c.Listen); err != nil {
		return err
	}
	switch {
	case len(c.Logs) == 0 && c.LogsFile == "":
		return errors.New("a witness needs a --log VKEY, or --logs FILE, to cosign for")
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key come together")
	case !isLoopback(c.Listen) && c.TLSCert == "" && !c.BehindProxy:
		return fmt.Errorf("--listen %s is reachable from outside: give --tls-cert and --tls-key, or --behind-proxy", c.Listen)
	}
	return nil
}

// logs reads the keys of the registered logs.
func (c *WitnessConfig) logs() ([]proof.Log, error) {
	lines := c.Logs
	if c.LogsFile != "" {
		text, err := os.ReadFile(c.LogsFile)
		if err != nil {
			return nil, fmt.Errorf("read the registered logs: %w", err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				lines = append(lines, strings.TrimPrefix(line, "log "))
			}
		}
	}
	var logs []proof.Log
	for _, line := range lines {
		key, err := note.NewVerifier(line)
		if err != nil {
			return nil, usageError{fmt.Errorf("the log key %q: %w", line, err)}
		}
		logs = append(logs, proof.Log{Key: key})
	}
	return logs, nil
}

func runWitness(ctx context.Context, cfg WitnessConfig, logger *slog.Logger, out io.Writer) (err error) {
	logs, err := cfg.logs()
	if err != nil {
		return err
	}
	lock := &dataLock{dir: cfg.Dir}
	defer func() { err = errors.Join(err, lock.release()) }()
	if err := lock.take(cfg.Dir); err != nil {
		return err
	}
	key, err := keyOf(cfg.KeyDir, cfg.Name, witnessKeys)
	if err != nil {
		return err
	}
	door, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("listen for checkpoints: %w", err)
	}
	server, err := witnessServer(cfg.Dir, key, logs, logger)
	if err != nil {
		return errors.Join(err, door.Close())
	}
	url := "http://" + door.Addr().String()
	if cfg.TLSCert != "" {
		url = "https://" + door.Addr().String()
	}
	logger.Info("witnessing", "url", url, "key", key.verifier, "logs", len(logs))
	fmt.Fprintf(out, "witness %s %s\n", key.verifier, url)
	ended := make(chan error, 1)
	go func() {
		if cfg.TLSCert != "" {
			ended <- unlessClosed(server.ServeTLS(door, cfg.TLSCert, cfg.TLSKey))
			return
		}
		ended <- unlessClosed(server.Serve(door))
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return errors.Join(server.Shutdown(stopping), <-ended)
}

// A request to a witness is short, and so is its answer.
const (
	witnessWithin = 10 * time.Second
	witnessAtOnce = 32 // requests that are looked at side by side
)

func witnessServer(dir string, key signingKey, logs []proof.Log, logger *slog.Logger) (*http.Server, error) {
	cosigner, err := proof.NewCosigner(key.signing)
	if err != nil {
		return nil, err
	}
	witness, err := seal.NewWitness(dir, cosigner, logs, time.Now, logger)
	if err != nil {
		return nil, err
	}
	return &http.Server{
		Handler:           atMost(witnessAtOnce, witness),
		ReadHeaderTimeout: api.ReadHeaderTimeout,
		ReadTimeout:       witnessWithin,
		WriteTimeout:      witnessWithin,
		IdleTimeout:       api.IdleTimeout,
		MaxHeaderBytes:    api.MaxHeaderBytes,
	}, nil
}

// atMost turns away what comes while n requests are being answered.
func atMost(n int, handler http.Handler) http.Handler {
	busy := make(chan struct{}, n)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case busy <- struct{}{}:
			defer func() { <-busy }()
			handler.ServeHTTP(w, r)
		default:
			w.Header().Set("Retry-After", "1")
			http.Error(w, "the witness is busy", http.StatusServiceUnavailable)
		}
	})
}
