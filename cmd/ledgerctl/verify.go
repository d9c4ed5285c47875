package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections/bundle"
)

const verifyExample = `  ledgerctl verify case.zip --policy mine.txt                     # does the bundle hold?
  ledgerctl verify case.zip --policy mine.txt --remember          # and does it continue what I saw before?
  ledgerctl verify case.zip --policy mine.txt --remember=./seen --leaves ./leaves
  ledgerctl verify case.zip --policy mine.txt --json | jq '.checks[] | select(.outcome != "pass")'
  ledgerctl verify case.zip --policy mine.txt --lang zh`

const longVerify = `Verify an audit bundle offline. Nothing is sent anywhere, no server is asked.

The policy names the keys of the log and of its witnesses, and how many must have signed. Bring your
own, obtained in another way than the bundle: without --policy the one in the bundle is used, and then
nothing proves who signed it.

With --remember this machine becomes a witness of its own: it keeps the checkpoint of every sound bundle
and refuses a log that does not continue them. With --leaves it keeps the leaves of the log, so that the
next bundle may leave them out (ledgerctl bundle --since).

Exit codes: 0 sound, 3 integrity broken, 2 usage, 1 the bundle could not be verified. Warnings say what
a sound bundle does not prove.`

// verifying is the flags of verify.
type verifying struct {
	policy, remember, leaves string
	skew, lag                time.Duration
	json                     bool
}

func (p *program) verifyCommand() *cobra.Command {
	var flags verifying
	cmd := &cobra.Command{
		Use: "verify BUNDLE", Short: "verify an audit bundle offline",
		Long: longVerify, Example: verifyExample, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.json {
				p.settings.output = asJSON
			}
			return p.verify(cmd.Context(), args[0], flags)
		},
	}
	f := cmd.Flags()
	f.StringVar(&flags.policy, "policy", "", "file with your own policy: whom you trust")
	f.StringVar(&flags.remember, "remember", "", "remember what was sound, and compare with it; give a directory as --remember=DIR")
	f.Lookup("remember").NoOptDefVal = "the state directory of the user"
	f.StringVar(&flags.leaves, "leaves", "", "directory where the leaves of the log are kept between visits")
	f.DurationVar(&flags.skew, "skew", bundle.DefaultSkew, "how far recorded times may lie outside of what witnesses saw")
	f.DurationVar(&flags.lag, "lag", bundle.DefaultLag, "warn when an event was witnessed later than this after its recorded time")
	f.BoolVar(&flags.json, "json", false, "print the verdict as JSON, as --output json does")
	return cmd
}

func (p *program) verify(ctx context.Context, path string, flags verifying) error {
	options, err := flags.options(p.getenv)
	if err != nil {
		return err
	}
	p.acting = true
	progress := newProgress(p.err, p.settings.language)
	options.Progress = progress.show
	verdict, err := bundle.Verify(ctx, path, options)
	progress.clear()
	switch {
	case errors.Is(err, bundle.ErrPolicy):
		return usageError{fmt.Errorf("--policy: %w", err)}
	case err != nil:
		return err
	}
	if p.settings.output == asTable {
		err = p.tellVerdict(verdict)
	} else {
		err = p.encode(verdict)
	}
	if err == nil && !verdict.Sound {
		err = unsound(verdict)
	}
	return err
}

// options reads the files that the flags name.
func (flags verifying) options(getenv func(string) string) (bundle.Options, error) {
	o := bundle.Options{Leaves: flags.leaves, Skew: flags.skew, Lag: flags.lag}
	if flags.skew <= 0 || flags.lag <= 0 {
		return o, usage("--skew and --lag are longer than nothing")
	}
	if flags.policy != "" {
		var err error
		if o.Policy, err = readPolicy(flags.policy); err != nil {
			return o, usageError{fmt.Errorf("--policy: %w", err)}
		}
	}
	if flags.remember != "" {
		if o.Policy == nil {
			return o, usage("--remember needs --policy: what the bundle's own policy vouches for is worth no memory")
		}
		o.Remember = flags.remember
		if flags.remember == "the state directory of the user" {
			o.Remember = stateDirectory(getenv)
		}
	}
	return o, nil
}

// maxPolicyFile is more than any policy takes.
const maxPolicyFile = 1 << 20

// readPolicy reads a policy file, never more than one can be.
func readPolicy(path string) ([]byte, error) {
	info, err := os.Stat(path) // first: opening a pipe would wait for somebody to write
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxPolicyFile {
		return nil, fmt.Errorf("%s is not a policy file", path)
	}
	return os.ReadFile(path)
}

// stateDirectory is where a user's programs keep what they remember (XDG base directories).
func stateDirectory(getenv func(string) string) string {
	state := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		state = filepath.Join(getenv("HOME"), ".local", "state")
	}
	return filepath.Join(state, "starledger", "seen")
}

// An unsoundError is a bundle that does not hold. It is an events.ErrIntegrity.
type unsoundError struct{ check *bundle.Check }

func unsound(v *bundle.Verdict) error {
	for _, o := range v.Checks {
		if o.Result == checks.Fail {
			return &unsoundError{o.Check}
		}
	}
	return errors.New("a verdict without a failed check is not sound")
}

func (e *unsoundError) Error() string {
	return fmt.Sprintf("the bundle does not hold: check %d %s: %s", e.check.Number, e.check.Code, e.check.Name.EN)
}

func (e *unsoundError) Is(target error) bool { return target == events.ErrIntegrity }
