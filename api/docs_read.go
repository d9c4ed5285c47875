package api

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// The part of OpenAPI that openapi.yaml uses, as far as the page shows it. Maps keep their order,
// since a person reads them from top to bottom.

type openAPI struct {
	Info struct {
		Title       string `yaml:"title"`
		Summary     string `yaml:"summary"`
		Description string `yaml:"description"`
	} `yaml:"info"`
	Tags []struct {
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
	} `yaml:"tags"`
	Paths      ordered[pathItem] `yaml:"paths"`
	Components struct {
		Parameters ordered[parameter] `yaml:"parameters"`
		Responses  ordered[response]  `yaml:"responses"`
		Schemas    ordered[schema]    `yaml:"schemas"`
	} `yaml:"components"`
}

type pathItem struct {
	Parameters []parameter `yaml:"parameters"`
	Get        *operation  `yaml:"get"`
	Post       *operation  `yaml:"post"`
	Delete     *operation  `yaml:"delete"`
}

type operation struct {
	ID          string      `yaml:"operationId"`
	Tags        []string    `yaml:"tags"`
	Summary     string      `yaml:"summary"`
	Description string      `yaml:"description"`
	Parameters  []parameter `yaml:"parameters"`
	RequestBody *struct {
		Description string           `yaml:"description"`
		Content     ordered[content] `yaml:"content"`
	} `yaml:"requestBody"`
	Responses ordered[response] `yaml:"responses"`
}

type parameter struct {
	Ref         string `yaml:"$ref"`
	Name        string `yaml:"name"`
	In          string `yaml:"in"`
	Required    bool   `yaml:"required"`
	Description string `yaml:"description"`
	Schema      schema `yaml:"schema"`
}

type response struct {
	Ref         string           `yaml:"$ref"`
	Description string           `yaml:"description"`
	Content     ordered[content] `yaml:"content"`
}

type content struct {
	Schema  schema `yaml:"schema"`
	Example any    `yaml:"example"`
}

type schema struct {
	Ref         string          `yaml:"$ref"`
	Type        any             `yaml:"type"` // a word, or a list of them
	Description string          `yaml:"description"`
	Pattern     string          `yaml:"pattern"`
	Enum        []any           `yaml:"enum"`
	Const       any             `yaml:"const"`
	Items       *schema         `yaml:"items"`
	OneOf       []schema        `yaml:"oneOf"`
	AllOf       []schema        `yaml:"allOf"`
	Required    []string        `yaml:"required"`
	Properties  ordered[schema] `yaml:"properties"`
}

// An ordered map is a YAML mapping in the order of the document.
type ordered[T any] []pair[T]

type pair[T any] struct {
	name  string
	value T
}

// UnmarshalYAML keeps the order that a Go map would lose.
func (o *ordered[T]) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: not a mapping", node.Line)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		var value T
		if err := node.Content[i+1].Decode(&value); err != nil {
			return err
		}
		*o = append(*o, pair[T]{node.Content[i].Value, value})
	}
	return nil
}

// find is the value of a name.
func (o ordered[T]) find(name string) (value T, ok bool) {
	for _, each := range o {
		if each.name == name {
			return each.value, true
		}
	}
	return value, false
}
