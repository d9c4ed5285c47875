// Package schemas holds what the ledger publishes as data: the certification schemes, and the JSON
// Schemas of the events. It guarantees that the documents travel inside the binary, unchanged; it
// leaves reading and judging them to others.
package schemas

import (
	"embed"
	"fmt"
	"path"
)

// A scheme document is never changed once released: audits are pinned to its digest. A change is a
// new file with a new version.
//
//go:embed schemes/*.json
var schemes embed.FS

// Schemes returns the embedded scheme documents, ordered by file name "<id>@<version>.json". The
// bytes are the caller's own.
func Schemes() ([][]byte, error) {
	entries, err := schemes.ReadDir("schemes")
	if err != nil {
		return nil, fmt.Errorf("list embedded schemes: %w", err)
	}
	documents := make([][]byte, 0, len(entries))
	for _, entry := range entries {
		document, err := schemes.ReadFile(path.Join("schemes", entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read embedded scheme %s: %w", entry.Name(), err)
		}
		documents = append(documents, document)
	}
	return documents, nil
}
