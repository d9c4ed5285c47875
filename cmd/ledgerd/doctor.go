package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// errUnfit: at least one finding of the doctor must be put right before anybody relies on the ledger.
var errUnfit = errors.New("not fit to be relied on")

func newDoctor() *cobra.Command {
	var cfg Config
	var language string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look at clock, disks, permissions, settings and cluster, and say what to do",
		Long: `Look at what the ledger will rely on: the clock, the disks and how they sync, the permissions, the
settings, and the cluster, if one keeps the ledger. Each finding says what was seen and what to do. It can run beside
the service; all it writes are short files for measuring, which it removes.

Give it the settings of the service: the same flags, environment or --config.

Exit codes: 0 fit, warnings included, 1 something has to be put right, 2 usage.`,
		Example: `  ledgerd doctor --config /etc/starledger/starledger.conf
  ledgerd doctor --data /var/lib/starledger --lang zh --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if language != "zh" && language != "en" {
				return usageError{fmt.Errorf("--lang %s: there are zh and en", language)}
			}
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			findings := examine(cfg)
			if err := tellFindings(cmd.OutOrStdout(), findings, language, asJSON); err != nil {
				return err
			}
			return verdict(findings)
		},
	}
	cfg.bind(cmd.Flags())
	cmd.Flags().StringVar(&language, "lang", languageOfTerminal(), "language: zh or en")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the findings as JSON, in both languages")
	return cmd
}

// languageOfTerminal is what the environment of the terminal asks for.
func languageOfTerminal() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}

// outcome is how a finding is to be taken.
type outcome string

const (
	fine   outcome = "ok"
	doubt  outcome = "warn" // works, but something is given away
	broken outcome = "fail" // not to be relied on
)

// words are one sentence in both languages.
type words struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

func (w words) in(language string) string {
	if language == "zh" {
		return w.ZH
	}
	return w.EN
}

// finding is what one check saw in one place, and what to do about it.
type finding struct {
	Code    string  `json:"code"`
	Outcome outcome `json:"outcome"`
	Place   string  `json:"place,omitempty"` // a directory, a file, a setting
	Found   words   `json:"found"`
	Todo    *words  `json:"todo,omitempty"`
}

// found makes a finding; what is fine needs nothing to be done.
func found(code string, how outcome, place string, seen, todo words) finding {
	f := finding{Code: code, Outcome: how, Place: place, Found: seen}
	if how != fine {
		f.Todo = &todo
	}
	return f
}

// examinations are the checks, in the order in which they are told.
var examinations = []func(Config) []finding{
	examineClock, examineSpace, examineSync, examinePlaces, examinePermissions, examineSignIn, examineTransport, examineTrust, examineLimits, examineCluster,
}

func examine(cfg Config) (all []finding) {
	for _, look := range examinations {
		all = append(all, look(cfg)...)
	}
	return all
}

func verdict(findings []finding) error {
	bad := 0
	for _, f := range findings {
		if f.Outcome == broken {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%w: %d findings have to be put right", errUnfit, bad)
	}
	return nil
}

var outcomeSigns = map[outcome]words{fine: {"正常", "ok  "}, doubt: {"注意", "warn"}, broken: {"不可", "FAIL"}}

func tellFindings(out io.Writer, findings []finding, language string, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(map[string]any{"findings": findings})
	}
	var text strings.Builder
	for _, f := range findings {
		place := ""
		if f.Place != "" {
			place = " " + f.Place
		}
		fmt.Fprintf(&text, "%s  %s%s: %s\n", outcomeSigns[f.Outcome].in(language), f.Code, place, f.Found.in(language))
		if f.Todo != nil {
			fmt.Fprintf(&text, "      → %s\n", f.Todo.in(language))
		}
	}
	_, err := io.WriteString(out, text.String())
	return err
}
