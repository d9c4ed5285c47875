package schemas

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:generate go run ./generate

// The schemas of the events, written by generate from the Go types. A released schema is never
// changed: stored events name its digest. A change of meaning is a new version of the event type.
//
//go:embed events/*.json
var eventFiles embed.FS

// Every event type starts with this; the names of the files leave it out.
const typePrefix = "starledger."

type eventSchema struct {
	json   []byte
	digest string
}

// eventSchemas is read once: the digests are asked for with every event that is posted.
var eventSchemas = sync.OnceValue(func() map[string]eventSchema {
	entries, err := eventFiles.ReadDir("events")
	if err != nil {
		panic(fmt.Sprintf("the embedded schemas cannot be listed: %v", err)) // the build is broken
	}
	byType := make(map[string]eventSchema, len(entries))
	for _, entry := range entries {
		text, err := eventFiles.ReadFile(path.Join("events", entry.Name()))
		if err != nil {
			panic(fmt.Sprintf("the embedded schema %s cannot be read: %v", entry.Name(), err)) // likewise
		}
		sum := sha256.Sum256(text)
		name := typePrefix + strings.TrimSuffix(entry.Name(), ".json")
		byType[name] = eventSchema{text, "sha256:" + hex.EncodeToString(sum[:])}
	}
	return byType
})

// Event is the JSON Schema of the complete stored event of a type, such as
// starledger.finding.raised.v1, and its digest in the form of the attribute dataschema. The bytes
// are shared; callers must not change them. It is false for a type this build does not know.
func Event(eventType string) (json []byte, digest string, ok bool) {
	schema, ok := eventSchemas()[eventType]
	return schema.json, schema.digest, ok
}
