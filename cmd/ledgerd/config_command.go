package main

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Their comments are the manual.
var (
	//go:embed config.go
	configSource []byte
	//go:embed cluster_config.go
	clusterSource []byte
)

func newConfig() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Print a configuration file with every setting and its default",
		Long: `Print a configuration file for --config, with every setting, what it means and its default, to be
changed and kept. A flag counts before the environment, and the environment before the file.

Exit codes: 0, 2 usage.`,
		Example: `  ledgerd config > /etc/starledger/starledger.conf
  ledgerd serve --config /etc/starledger/starledger.conf`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := sampleConfig()
			if err == nil {
				_, err = fmt.Fprint(cmd.OutOrStdout(), text)
			}
			return err
		},
	}
}

const sampleHead = `# Settings of StarLedger, for ledgerd serve --config FILE; the other commands on a ledger take the same
# file. Printed by "ledgerd config": every setting with its default, to be uncommented and changed.
#
# A flag (--archive-dir) counts before the environment (LEDGERD_ARCHIVE_DIR), and that before this file. A
# value goes to the end of its line, without quotes. Relative paths start where the program was started.
`

// sampleConfig writes every setting once, as the comment of its field explains it.
func sampleConfig() (string, error) {
	fields, err := configFields()
	if err != nil {
		return "", err
	}
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	(&Config{}).bind(flags)
	var text strings.Builder
	text.WriteString(sampleHead)
	for _, field := range fields {
		text.WriteString("\n")
		for line := range strings.Lines(field.manual) {
			text.WriteString("# " + line)
		}
		for _, name := range field.settings {
			flag := flags.Lookup(name)
			if flag == nil {
				return "", fmt.Errorf("no flag sets %s", name)
			}
			value := strings.Trim(flag.DefValue, "[]")
			text.WriteString(strings.TrimRight(fmt.Sprintf("#%s = %s", name, value), " ") + "\n")
		}
	}
	return text.String(), nil
}

// documented is what one comment in Config explains.
type documented struct {
	settings []string
	manual   string // in the names of the settings
}

// configFields reads the settings and their comments out of the sources of Config and ClusterConfig.
func configFields() ([]documented, error) {
	fields, err := fieldsOf(configSource, "Config", fieldOf)
	if err != nil {
		return nil, err
	}
	cluster, err := fieldsOf(clusterSource, "ClusterConfig", clusterFieldOf)
	return append(fields, cluster...), err
}

// fieldsOf reads what the comments of a type explain; field names the field that a setting sets.
func fieldsOf(source []byte, name string, field func(setting string) string) (fields []documented, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("read the comments of the settings: %w", err)
	}
	known := map[string]string{"Demo": "--demo"} // field -> setting; the demo is none
	for _, setting := range settingNames() {
		known[field(setting)] = setting
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, isType := n.(*ast.TypeSpec)
		if !isType || spec.Name.Name != name {
			return true
		}
		for _, field := range spec.Type.(*ast.StructType).Fields.List {
			d := documented{manual: inSettings(field.Doc.Text(), known)}
			for _, name := range field.Names {
				if setting, is := known[name.Name]; is && setting != "--demo" {
					d.settings = append(d.settings, setting)
				}
			}
			if len(d.settings) > 0 {
				fields = append(fields, d)
			}
		}
		return false
	})
	return fields, nil
}

// fieldOf is the field of Config that a flag sets: archive-dir is ArchiveDir, tls-key is TLSKey.
func fieldOf(flag string) string {
	if flag == "witness" {
		return "Witnesses"
	}
	var field strings.Builder
	for word := range strings.SplitSeq(flag, "-") {
		if word == "tls" || word == "ca" {
			field.WriteString(strings.ToUpper(word))
			continue
		}
		for i, r := range word {
			if i == 0 {
				r = unicode.ToUpper(r)
			}
			field.WriteRune(r)
		}
	}
	return field.String()
}

// clusterFieldOf is the field of ClusterConfig that a flag sets: nats is URLs, nats-creds is Creds.
func clusterFieldOf(flag string) string {
	if flag == "nats" {
		return "URLs"
	}
	name, of := strings.CutPrefix(flag, "nats-")
	if !of && !strings.HasPrefix(flag, "accept-") {
		return "" // of Config
	}
	return fieldOf(name)
}

var goName = regexp.MustCompile(`\b[A-Z][A-Za-z]+\b`)

// inSettings says in the names of the file what a comment says in the names of Go.
func inSettings(comment string, known map[string]string) string {
	return goName.ReplaceAllStringFunc(comment, func(word string) string {
		if setting, is := known[word]; is {
			return setting
		}
		return word
	})
}
