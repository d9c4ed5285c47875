package schemas

import (
	"maps"
	"slices"
)

// EventTypes lists the types that have a schema, sorted.
func EventTypes() []string { return slices.Sorted(maps.Keys(eventSchemas())) }
