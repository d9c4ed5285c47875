package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the program against the real API. The scripts read as documentation: each is
// what a user types, and what comes back. They share one ledger, which none of them can change.
//
//	$CASE      an audit of an appliance service, complete up to the closing meeting
//	$PROGRESS  an audit that has just been opened
//	$APPLIED   an application under cts-2025
//	$DIGEST    of the scheme gbt27922-2011
//
// $WORK/token holds a sign-in, golden.zip a bundle, broken.zip the same with one byte altered, and
// mine.txt a policy for them. The command exits expects an exit code.
func TestScripts(t *testing.T) {
	l := newLedger(t)
	complete := l.appliance()
	progress := l.begin("gbt27922-2011", "远航电梯维保有限公司", "电梯安装和维修保养")
	applied := l.post("wang", "/v1/cases", fields{"kind": "certification", "scheme": "cts-2025",
		"organization": fields{"name": "锦程厨具商贸有限公司"}, "scope": "厨房电器的销售和售后服务"})
	l.caughtUp()

	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ledgerctl": func(ts *testscript.TestScript, _ bool, args []string) { expect(ts, exitSound, args) },
			"exits":     exits,
		},
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, "LEDGERCTL_SERVER="+l.url, "LEDGERCTL_TOKEN="+tokenOf("zhou"), "LANG=en_US.UTF-8",
				"CASE="+complete, "PROGRESS="+progress, "APPLIED="+applied, "ASSESSOR="+tokenOf("wu"),
				"DIGEST="+shippedScheme(t, "gbt27922-2011").Digest())
			if err := bundles(env.WorkDir); err != nil {
				return err
			}
			return os.WriteFile(env.WorkDir+"/token", []byte(tokenOf("zhou")), 0o600)
		},
	})
}

// exits runs: exits CODE ledgerctl ARGS…
func exits(ts *testscript.TestScript, _ bool, args []string) {
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	expect(ts, code, args[2:])
}

// expect runs one command line in this process.
func expect(ts *testscript.TestScript, want int, args []string) {
	got := run(context.Background(), args, system{out: ts.Stdout(), err: ts.Stderr(), getenv: ts.Getenv})
	if got != want {
		ts.Fatalf("ledgerctl %s: exit code %d, want %d", strings.Join(args, " "), got, want)
	}
}

// bundles puts a bundle and a policy into a directory.
func bundles(dir string) error {
	const testdata = "../../projections/bundle/testdata/"
	bundle, err := os.ReadFile(testdata + "golden.zip")
	if err != nil {
		return err
	}
	policy, err := os.ReadFile(testdata + "golden.policy.txt")
	if err != nil {
		return err
	}
	altered := bytes.Clone(bundle)
	altered[len(altered)/2] ^= 1
	for name, content := range map[string][]byte{"golden.zip": bundle, "broken.zip": altered, "mine.txt": policy} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
