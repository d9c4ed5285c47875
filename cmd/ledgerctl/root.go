package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// system is what a run gets from the machine.
type system struct {
	out, err io.Writer
	getenv   func(string) string
}

// A program is one run.
type program struct {
	system
	settings settings
	client   *client
	acting   bool // the command line was sound and the command has begun
}

const longHelp = `ledgerctl reads a StarLedger over its HTTP API: cases, scores with their calculation,
histories as sentences, events as they are stored. It verifies audit bundles offline.

Sign in with --token-file, or with the token in LEDGERCTL_TOKEN. The server is --server or
LEDGERCTL_SERVER. A token is never sent in clear to another machine unless --insecure is given.

Exit codes: 0 sound, 1 failure, 2 usage, 3 integrity broken, 4 conflict, 5 denied.`

const rootExample = `  export LEDGERCTL_TOKEN=...                     # a sign-in of the server
  ledgerctl cases --state active                 # which cases may I read?
  ledgerctl score CASE --explain                 # how did the score come about?
  ledgerctl replay CASE --lang zh                # what happened, entry by entry
  ledgerctl events --follow --output jsonl       # every new event, as it is stored
  ledgerctl check                                # were the rules of certification kept?
  ledgerctl bundle CASE -o case.zip              # everything about a case, to take along
  ledgerctl verify case.zip --policy mine.txt    # does it hold? offline, whoever made it`

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string, s system) int {
	p := &program{system: s, settings: settingsOf(s.getenv)}
	root := p.root()
	root.SetArgs(args)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	if err != nil && !p.acting && !errors.As(err, new(usageError)) {
		err = usageError{err}
	}
	if err != nil {
		if failed := complain(s.err, err, p.settings.language); failed != nil {
			return exitFailure
		}
	}
	return exitCode(err)
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use: "ledgerctl", Short: "read, explain, replay and verify the cases of a StarLedger",
		Long: longHelp, Example: rootExample,
		SilenceErrors: true, SilenceUsage: true,
	}
	root.SetFlagErrorFunc(flagError)
	p.settings.bind(root)
	root.AddCommand(p.casesCommand(), p.scoreCommand(), p.replayCommand(), p.eventsCommand(),
		p.schemesCommand(), p.checkCommand(), p.bundleCommand(), p.verifyCommand(), p.versionCommand())
	return root
}

// flagError cuts off what pflag repeats of an argument: -token=… with one dash is a row of short
// flags to it, and what stands there may be a token.
func flagError(_ *cobra.Command, err error) error {
	text, _, _ := strings.Cut(err.Error(), " in -")
	return usage("%s", text)
}

// action is the body of a command that asks the server. What goes wrong before it is a matter of usage.
type action func(ctx context.Context, args []string) error

func (p *program) asking(do action) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := p.connect(); err != nil {
			return err
		}
		p.acting = true
		return do(cmd.Context(), args)
	}
}

// connect makes the client from the settings. Nothing is sent yet.
func (p *program) connect() error {
	server, err := p.settings.address()
	if err != nil {
		return err
	}
	token, err := p.settings.secret()
	if err != nil {
		return err
	}
	if err := mayCarry(server, token, p.settings.insecure); err != nil {
		return err
	}
	p.client = newClient(server, token, p.settings.language, p.settings.timeout)
	return nil
}

// say translates.
func (p *program) say(text phrase) string { return text.in(p.settings.language) }

const defaultTimeout = 30 * time.Second
