package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/events/checks"
)

const checkExample = `  ledgerctl check                                        # every case you may read: what was found
  ledgerctl check --case 01JD3Z0000000000000000000C      # one case
  ledgerctl check --code SOD-01,SCOPE-01 --outcome fail  # who decided on the own audit, what was out of scope
  ledgerctl check --outcome all --output jsonl           # every check of every case, one a line
  ledgerctl check case.zip --policy mine.txt             # offline, from an audit bundle or its directory
  ledgerctl check --lang zh || mail -s 不符合 quality@…   # exit code 1: a check failed`

const longCheck = `Run the numbered conformance checks (separation of duties, order and deadlines of the steps, scores,
scope, copies) over the cases of the ledger, or offline over an audit bundle.

Without BUNDLE the server is asked, over all cases you may read or those of --case. With BUNDLE, a zip or
the directory it was unpacked into, no server is asked: the bundle is verified first, as ledgerctl verify
does, and the same checks are run on its own events. What lies in cases that are not in the bundle cannot be
compared: there COPY-01 is not applicable, and CERT-01 looks at the form of the number.

Exit codes: 0 nothing failed, 1 a check failed (with --strict: or warned), 3 the bundle or the ledger is
broken, 2 usage, 5 denied.

对账本（或离线对审计包）执行编号的合规检查。默认只列出警告和失败；--outcome all 列出全部。退出码：0 无失败，
1 有检查失败（--strict 时警告也算），3 完整性已破坏，2 用法有误，5 无权限。`

// checking is the flags of check.
type checking struct {
	cases    []string
	codes    []string
	outcomes []string
	policy   string
	strict   bool
}

func (p *program) checkCommand() *cobra.Command {
	var flags checking
	cmd := &cobra.Command{
		Use: "check [BUNDLE]", Short: "run the conformance checks over the ledger, or over a bundle offline",
		Long: longCheck, Example: checkExample, Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := flags.wanted()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				if flags.policy != "" {
					return usage("--policy is for a bundle")
				}
				return p.asking(func(ctx context.Context, _ []string) error { return p.checkLedger(ctx, wanted) })(cmd, args)
			}
			return p.checkBundle(cmd.Context(), args[0], flags.policy, wanted)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&flags.cases, "case", nil, "only these cases (default all you may read)")
	f.StringSliceVar(&flags.codes, "code", nil, "only these checks, such as SOD-01")
	f.StringSliceVar(&flags.outcomes, "outcome", []string{string(checks.Fail), string(checks.Warned)}, "what to print: fail, warn, pass, not_applicable, or all")
	f.StringVar(&flags.policy, "policy", "", "file with your own policy: whom you trust about a bundle")
	f.BoolVar(&flags.strict, "strict", false, "a warning is a failure, too")
	return cmd
}

// A sieve is what the flags ask for, once they are understood.
type sieve struct {
	cases    []events.CaseID // none: all
	codes    []string        // none: all
	outcomes []checks.Result // none: all
	strict   bool
}

// wanted refuses what no check has: a misspelled code would otherwise look like a clean ledger.
func (flags checking) wanted() (sieve, error) {
	s := sieve{strict: flags.strict}
	for _, text := range flags.cases {
		id, err := caseArgument(text)
		if err != nil {
			return s, fmt.Errorf("--case: %w", err)
		}
		s.cases = append(s.cases, events.CaseID(id))
	}
	for _, code := range flags.codes {
		code = strings.ToUpper(code)
		if !slices.ContainsFunc(checks.All, func(c *checks.Check) bool { return c.Code == code }) {
			return s, usage("--code: there is no check %s", code)
		}
		s.codes = append(s.codes, code)
	}
	if slices.Contains(flags.outcomes, "all") {
		return s, nil
	}
	for _, text := range flags.outcomes {
		outcome := checks.Result(text)
		if !slices.Contains([]checks.Result{checks.Fail, checks.Warned, checks.Pass, checks.NotApplicable}, outcome) {
			return s, usage("--outcome: the outcomes are fail, warn, pass, not_applicable and all")
		}
		s.outcomes = append(s.outcomes, outcome)
	}
	return s, nil
}

// counts tells whether a check of a case is looked at, shows whether it is printed too.
func (s *sieve) counts(id events.CaseID, code string) bool {
	return (len(s.cases) == 0 || slices.Contains(s.cases, id)) && (len(s.codes) == 0 || slices.Contains(s.codes, code))
}

func (s *sieve) shows(outcome checks.Result) bool {
	return len(s.outcomes) == 0 || slices.Contains(s.outcomes, outcome)
}
