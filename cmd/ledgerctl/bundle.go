package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"starledger/projections/bundle"
)

const bundleExample = `  ledgerctl bundle 01JD3Z0000000000000000000C -o case.zip              # for an assessor: all leaves of the log
  ledgerctl bundle 01JD3Z0000000000000000000C --profile client -o case.zip
  ledgerctl bundle 01JD3Z0000000000000000000C --since 52000 -o next.zip  # without the leaves you keep
  ledgerctl bundle 01JD3Z0000000000000000000R -o review.zip   # an accreditation review, with every case it drew
  ledgerctl verify case.zip --policy mine.txt`

const mediaZip = "application/zip"

func (p *program) bundleCommand() *cobra.Command {
	var profile, file string
	var since uint64
	cmd := &cobra.Command{
		Use: "bundle CASE", Short: "download the audit bundle of a case, to verify offline", Example: bundleExample,
		Args: oneCase, ValidArgsFunction: p.completeCase,
		RunE: p.asking(func(ctx context.Context, args []string) error {
			id, err := caseArgument(args[0])
			if err != nil {
				return err
			}
			if err := new(bundle.Profile).UnmarshalText([]byte(profile)); err != nil {
				return usage("--profile: %w", err)
			}
			q := question{path: []string{"v1", "cases", id, "bundle"}, query: url.Values{"profile": {profile}}, accept: mediaZip}
			if since > 0 {
				q.query.Set("since", strconv.FormatUint(since, 10))
			}
			if file == "" {
				file = id + ".zip"
			}
			return p.download(ctx, q, file)
		}),
	}
	f := cmd.Flags()
	f.StringVarP(&file, "file", "o", "", "where the bundle goes (default CASE.zip); an existing file is never replaced")
	f.StringVar(&profile, "profile", string(bundle.Assessor), "assessor, with all leaves of the log, or client, with the own case only")
	f.Uint64Var(&since, "since", 0, "size of the tree whose leaves you keep (ledgerctl verify --leaves)")
	if err := cmd.RegisterFlagCompletionFunc("profile", cobra.FixedCompletions(
		[]cobra.Completion{string(bundle.Assessor), string(bundle.Client)}, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

// download writes an answer to a new file. The file gets its name when all of it is there.
func (p *program) download(ctx context.Context, q question, name string) error {
	if err := free(name); err != nil {
		return err
	}
	answer, err := p.client.open(ctx, q, p.client.patience)
	if err != nil {
		return err
	}
	defer answer.Close()
	part, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".part-*")
	if err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	size, err := io.Copy(part, answer)
	if err == nil {
		err = part.Sync()
	}
	err = errors.Join(err, part.Close())
	if err == nil {
		err = free(name) // it took a while
	}
	if err == nil {
		err = os.Rename(part.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("write the bundle: %w", errors.Join(err, os.Remove(part.Name())))
	}
	return p.line(p.say(downloaded), plain(name), size)
}

// free refuses the name of a file that exists: it may be the evidence of an earlier visit.
func free(name string) error {
	if _, err := os.Lstat(name); err == nil {
		return usage("%s exists already", name)
	}
	return nil
}

var downloaded = phrase{"%s（%d 字节）；用 ledgerctl verify 核验", "%s (%d bytes); check it with ledgerctl verify"}
