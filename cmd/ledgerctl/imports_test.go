package main

import (
	"go/build"
	"path/filepath"
	"strings"
	"testing"
)

// TestLinksNeitherBrokerNorRouterNorDatabase: the assessor's tool stays small and can be read. The
// import clauses are parsed, package by package, since the answer of a tool could come from a cache.
func TestLinksNeitherBrokerNorRouterNorDatabase(t *testing.T) {
	const module = "starledger"
	forbidden := []string{"github.com/nats-io/", "github.com/gorilla/mux", "modernc.org/", "database/sql"}
	seen := map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		for _, name := range forbidden {
			if strings.HasPrefix(path, name) {
				t.Errorf("ledgerctl links %s", path)
			}
		}
		rest, ours := strings.CutPrefix(path, module)
		if !ours {
			return
		}
		pkg, err := build.ImportDir(filepath.Join("..", "..", filepath.FromSlash(rest)), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, imported := range pkg.Imports {
			visit(imported)
		}
	}
	visit(module + "/cmd/ledgerctl")
	if !seen[module+"/events"] || !seen[module+"/scoring"] {
		t.Error("the packages were not visited")
	}
}
