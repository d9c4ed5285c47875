package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"starledger/cmd/ledgerd/load"
)

// benching is a run of the load generator, and whom it works on.
type benching struct {
	load.Config
	tokens string
	dir    string
	anyone bool
	asJSON bool
}

func newBench() *cobra.Command {
	var b benching
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Work a ledger as certification bodies do, and measure it",
		Long: `Work a ledger as certification bodies do: cases arrive, auditors post in bursts and look at scores, others
follow live, assessors replay everything, all of it at once. Afterwards every command that was acknowledged
is looked for in the ledger. It stops by itself.

Without --server it starts a service of its own on a directory that it deletes again. With --server it works
on that one, which gets the cases into its ledger for ever: never one that is used in earnest.

Exit codes: 0 no error, nothing lost and memory flat, 1 otherwise, 2 usage.`,
		Example: `  ledgerd bench
  ledgerd bench --cases 10000 --posters 200 --followers 50 --replays 10 --for 10m
  ledgerd bench --server http://127.0.0.1:8080 --ops http://127.0.0.1:8081 --tokens tokens.json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := b.check(); err != nil {
				return usageError{err}
			}
			return b.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&b.Server, "server", "", "address of a running service; empty: one of its own")
	f.StringVar(&b.Ops, "ops", "", "address of its operations listener, for its memory")
	f.StringVar(&b.tokens, "tokens", "", "its tokens file, with a case_officer, a lead_auditor, an auditor and somebody of quality")
	f.StringVar(&b.dir, "dir", "", "where a service of its own keeps its data while it runs (default the directory for temporary files)")
	f.BoolVar(&b.anyone, "remote", false, "allow a --server on another machine")
	f.BoolVar(&b.asJSON, "json", false, "write the report as JSON")
	f.IntVar(&b.Cases, "cases", 200, "cases that are open at the beginning")
	f.IntVar(&b.Arrivals, "arrivals", 30, "more cases a minute")
	f.IntVar(&b.Posters, "posters", 20, "auditors who post at once")
	f.DurationVar(&b.Pause, "pause", time.Second, "between two entries of one auditor, in the mean")
	f.IntVar(&b.Followers, "followers", 5, "live feeds of the whole ledger")
	f.IntVar(&b.Replays, "replays", 2, "replays of the whole ledger at once")
	f.DurationVar(&b.Every, "every", time.Minute, "from one round of replays to the next")
	f.DurationVar(&b.For, "for", time.Minute, "how long to work once the cases are open")
	return cmd
}

func (b *benching) check() error {
	if b.Server == "" {
		return b.Check()
	}
	at, err := url.Parse(b.Server)
	if err != nil || at.Host == "" {
		return fmt.Errorf("--server %s is not an address", b.Server)
	}
	if !b.anyone && !isLoopback(at.Host) {
		return fmt.Errorf("--server %s is another machine: --remote, if it is really meant", b.Server)
	}
	if b.tokens == "" {
		return errors.New("--server needs --tokens, the tokens file of that service")
	}
	return b.Check()
}

func (b *benching) run(ctx context.Context, out io.Writer) (err error) {
	tokens := load.MakePeople()
	if b.Server != "" {
		if tokens, err = os.ReadFile(b.tokens); err != nil {
			return fmt.Errorf("read who may sign in: %w", err)
		}
	} else {
		stop, failed := b.serveOwn(tokens)
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	if b.People, err = load.ReadPeople(tokens); err != nil {
		return usageError{err}
	}
	progress := out
	if b.asJSON {
		progress = os.Stderr
	}
	report, err := load.Run(ctx, b.Config, progress)
	if report == nil {
		return err
	}
	if b.asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		err = errors.Join(err, encoder.Encode(report))
	} else {
		err = errors.Join(err, report.Tell(out))
	}
	return errors.Join(err, report.Verdict())
}

var servingAt = regexp.MustCompile(`msg=serving api=(\S+) ops=(\S+)`)

// serveOwn starts this program as a service, in a process of its own so that its memory is its own, and
// says how to stop it and clear up.
func (b *benching) serveOwn(tokens []byte) (stop func() error, err error) {
	dir, err := os.MkdirTemp(b.dir, "ledgerd-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a place for the service: %w", err)
	}
	file := filepath.Join(dir, "tokens.json")
	if err := os.WriteFile(file, tokens, 0o600); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	self, err := os.Executable()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	service := exec.Command(self, "serve", "--data", filepath.Join(dir, "data"), "--tokens", file, "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0")
	said, err := service.StderrPipe()
	if err == nil {
		err = service.Start()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the service: %w", err), os.RemoveAll(dir))
	}
	lines, drained := bufio.NewScanner(said), make(chan struct{})
	last := ""
	for b.Server == "" && lines.Scan() {
		last = lines.Text()
		if found := servingAt.FindStringSubmatch(last); found != nil {
			b.Server, b.Ops = found[1], found[2]
		}
	}
	go func() { // one line a request
		defer close(drained)
		_, _ = io.Copy(io.Discard, said)
	}()
	stop = func() error {
		err := service.Process.Signal(syscall.SIGTERM)
		<-drained
		return errors.Join(err, service.Wait(), os.RemoveAll(dir))
	}
	if b.Server == "" {
		return nil, errors.Join(fmt.Errorf("the service did not start: %s", last), stop())
	}
	return stop, nil
}
