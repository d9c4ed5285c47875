package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The files in the tree are what the generator writes now.
func TestNoDrift(t *testing.T) {
	files, err := generate("../../events")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Errorf("%v: run go generate ./schemas", err)
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what package events says: run go generate ./schemas", name)
		}
	}
	present, err := filepath.Glob("../" + schemaDir + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range present {
		if _, wanted := files[schemaDir+"/"+filepath.Base(name)]; !wanted {
			t.Errorf("%s is of no event type: run go generate ./schemas", name)
		}
	}
}
