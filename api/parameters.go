package api

import (
	"net/url"
	"slices"
)

// parameters are the query parameters, each known to the route and given once. A parameter that
// is misspelt would otherwise be ignored, and the answer would be to another question.
func parameters(raw string, known []string) (url.Values, error) {
	if raw == "" {
		return nil, nil
	}
	given, err := url.ParseQuery(raw)
	if err != nil {
		return nil, malformed("query-malformed")
	}
	for name, values := range given {
		switch {
		case !slices.Contains(known, name):
			return nil, malformed("parameter-unknown", "parameter", clip(name)).at(clip(name))
		case len(values) > 1:
			return nil, malformed("parameter-repeated", "parameter", name).at(name)
		}
	}
	return given, nil
}
