// Command generate writes the JSON Schemas of the events and the event reference from the Go source
// of package events. It guarantees that they say what the decoder does, in the words of the comments
// there; whether a released schema may change is asked by the frozen test of package schemas.
//
// It runs in the directory schemas, by go generate ./schemas.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"starledger/events"
)

// Where things are, seen from the directory schemas.
const (
	sourceDir     = "../events"
	schemaDir     = "events"
	referenceFile = "events.md"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	files, err := generate(sourceDir)
	if err != nil {
		return err
	}
	if err := removeStale(files); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}

// generate is every file there has to be, by its name under the directory schemas.
func generate(source string) (map[string][]byte, error) {
	comments, err := readComments(source)
	if err != nil {
		return nil, err
	}
	list, err := catalogue(comments, events.Catalogue())
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for i := range list {
		text, err := schemaOf(&list[i])
		if err != nil {
			return nil, err
		}
		files[list[i].file()], list[i].digest = text, string(events.DigestOf(text))
	}
	files[referenceFile] = reference(list)
	return files, nil
}

// removeStale removes schemas whose event type is gone. Of a released type that is an error, which
// the frozen test reports.
func removeStale(files map[string][]byte) error {
	present, err := filepath.Glob(filepath.Join(schemaDir, "*.json"))
	if err != nil {
		return fmt.Errorf("list schemas: %w", err)
	}
	for _, name := range present {
		if _, wanted := files[filepath.ToSlash(name)]; wanted {
			continue
		}
		if err := os.Remove(name); err != nil {
			return fmt.Errorf("remove stale schema: %w", err)
		}
	}
	return nil
}
