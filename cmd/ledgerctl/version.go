package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is that of the module, or the commit of a build from a checkout.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" {
		return "unversioned"
	}
	return build.Main.Version
}

// versionDocument is what version --output json prints.
type versionDocument struct {
	Version string `json:"version"`
	Go      string `json:"go"`
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "which ledgerctl this is",
		Example: "  ledgerctl version\n  ledgerctl version --output json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			p.acting = true
			if p.settings.output == asTable {
				return p.line("ledgerctl %s (%s)", version(), runtime.Version())
			}
			return p.encode(versionDocument{version(), runtime.Version()})
		},
	}
}
