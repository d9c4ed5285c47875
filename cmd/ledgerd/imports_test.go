package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the architecture: which packages of ours, and which modules from outside, the code
// of a package may import. Tests may import more. A package that is not listed fails the test, so
// that a new one is placed on purpose.
var mayImport = map[string]struct{ ours, outside string }{
	"events":                   {"", "github.com/oklog/ulid/v2 github.com/go-json-experiment/json"},
	"events/checks":            {"events scoring schemas", "github.com/go-json-experiment/json"},
	"events/decide":            {"events events/checks scoring schemas", ""},
	"events/decide/decidetest": {"events events/checks events/decide scoring schemas", ""}, // stories for tests
	"events/archive":           {"events", ""},
	"events/jetlog":            {"events", "github.com/nats-io/nats.go github.com/nats-io/nats-server/v2 github.com/nats-io/nkeys github.com/nats-io/nuid github.com/minio/highwayhash"},
	"events/jetlog/natstest":   {"", "github.com/nats-io/nats.go github.com/nats-io/nkeys"}, // real servers for tests
	"events/proof":             {"", "golang.org/x/mod/sumdb github.com/transparency-dev/formats"},
	"events/seal":              {"events events/archive events/proof", "golang.org/x/mod/sumdb github.com/transparency-dev/formats"},
	"events/memlog":            {"events", ""},
	"events/logtest":           {"events", "go.uber.org/goleak"},
	"scoring":                  {"", "github.com/go-json-experiment/json"},
	"projections":              {"events events/checks scoring schemas", "modernc.org/sqlite github.com/go-json-experiment/json"},
	"projections/rehearsal":    {"events scoring", "github.com/oklog/ulid/v2"},                                              // ledgers for benchmarks
	"projections/bundle":       {"events events/checks events/proof scoring schemas", "github.com/go-json-experiment/json"}, // not projections: ledgerctl links no database
	"schemas":                  {"", ""},
	"schemas/generate":         {"events", ""},
	"api":                      {"events events/archive events/checks events/decide events/proof events/seal projections projections/bundle schemas scoring", "github.com/gorilla/mux github.com/cedar-policy/cedar-go github.com/go-json-experiment/json github.com/prometheus/client_golang gopkg.in/yaml.v3"},
	"cmd/ledgerd/load":         {"", ""}, // knows the ledger by its HTTP contract alone
	"cmd/ledgerd":              {"*", "github.com/spf13/cobra github.com/spf13/pflag golang.org/x/mod/sumdb"},
	"cmd/ledgerd/torture":      {"", ""}, // a test, no program
	"cmd/ledgerctl":            {"events events/checks projections/bundle scoring schemas", "github.com/spf13/cobra github.com/go-json-experiment/json"},
	"web":                      {"", ""}, // the built workbench
}

func TestWhoMayImportWhom(t *testing.T) {
	const module = "starledger/"
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && entry.Name() == ".ci" {
			return fs.SkipDir // modules of their own, which the product does not depend on
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		allowed, known := mayImport[filepath.ToSlash(from)]
		if !known {
			t.Errorf("%s: package %s has no place in the architecture; give it one in mayImport", path, from)
		}
		for _, spec := range file.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			ours, isOurs := strings.CutPrefix(to, module)
			switch {
			case isOurs && allowed.ours != "*" && !listed(allowed.ours, ours):
				t.Errorf("%s imports %s", path, to)
			case !isOurs && strings.Contains(strings.Split(to, "/")[0], ".") && !listed(allowed.outside, to):
				t.Errorf("%s imports %s", path, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// listed tells whether the list names the package or a folder above it.
func listed(list, path string) bool {
	for allowed := range strings.FieldsSeq(list) {
		if path == allowed || strings.Contains(allowed, ".") && strings.HasPrefix(path, allowed+"/") {
			return true
		}
	}
	return false
}
