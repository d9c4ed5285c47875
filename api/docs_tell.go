package api

import (
	"fmt"
	"html/template"
	"path"
	"slices"

	"github.com/go-json-experiment/json"
	"gopkg.in/yaml.v3"
)

// A told description is openapi.yaml as the page shows it: references followed, schemas in words.
type told struct {
	Title    string
	Summary  string
	Intro    template.HTML
	Sections []toldSection
	Schemas  []toldSchema
}

type toldSection struct {
	Name       string
	Text       template.HTML
	Operations []toldOperation
}

type toldOperation struct {
	Method, Path, ID, Summary string
	Text                      template.HTML
	Parameters                []toldMember
	Body                      *toldBody
	Answers                   []toldAnswer
}

type toldMember struct {
	Name, In string
	Required bool
	Type     template.HTML
	Text     template.HTML
}

type toldBody struct {
	Type    template.HTML
	Example string
}

type toldAnswer struct {
	Status   string
	Text     template.HTML
	Contents []toldContent
}

type toldContent struct {
	MediaType string
	Type      template.HTML
}

type toldSchema struct {
	Name    string
	Text    template.HTML
	Type    template.HTML
	Members []toldMember
}

// tell reads openapi.yaml. It fails on a reference that leads nowhere.
func tell(text []byte) (*told, error) {
	var doc openAPI
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	page := &told{Title: doc.Info.Title, Summary: doc.Info.Summary, Intro: prose(doc.Info.Description)}
	for _, tag := range doc.Tags {
		section := toldSection{Name: tag.Name, Text: prose(tag.Description)}
		for _, at := range doc.Paths {
			operations, err := doc.tagged(tag.Name, at.name, at.value)
			if err != nil {
				return nil, err
			}
			section.Operations = append(section.Operations, operations...)
		}
		page.Sections = append(page.Sections, section)
	}
	for _, each := range doc.Components.Schemas {
		page.Schemas = append(page.Schemas, tellSchema(each.name, each.value))
	}
	return page, nil
}

func (doc *openAPI) tagged(tag, at string, item pathItem) ([]toldOperation, error) {
	var list []toldOperation
	for _, each := range []struct {
		method string
		*operation
	}{{"GET", item.Get}, {"POST", item.Post}, {"DELETE", item.Delete}} {
		if each.operation == nil || !slices.Contains(each.Tags, tag) {
			continue
		}
		op, err := doc.tell(each.operation, item.Parameters)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", each.method, at, err)
		}
		op.Method, op.Path = each.method, at
		list = append(list, op)
	}
	return list, nil
}

func (doc *openAPI) tell(op *operation, shared []parameter) (shown toldOperation, err error) {
	shown = toldOperation{ID: op.ID, Summary: op.Summary, Text: prose(op.Description)}
	if shown.Parameters, err = doc.tellParameters(slices.Concat(shared, op.Parameters)); err != nil {
		return shown, err
	}
	if op.RequestBody != nil {
		if shown.Body, err = tellBody(op.RequestBody.Content); err != nil {
			return shown, err
		}
	}
	shown.Answers, err = doc.tellAnswers(op.Responses)
	return shown, err
}

func (doc *openAPI) tellParameters(list []parameter) ([]toldMember, error) {
	var shown []toldMember
	for _, p := range list {
		if p.Ref != "" {
			var ok bool
			ref := p.Ref
			if p, ok = doc.Components.Parameters.find(path.Base(ref)); !ok {
				return nil, fmt.Errorf("%s leads nowhere", ref)
			}
		}
		shown = append(shown, toldMember{p.Name, p.In, p.Required, typeOf(p.Schema), prose(p.Description)})
	}
	return shown, nil
}

func (doc *openAPI) tellAnswers(list ordered[response]) ([]toldAnswer, error) {
	var shown []toldAnswer
	for _, each := range list {
		answer := each.value
		if ref := answer.Ref; ref != "" {
			var ok bool
			if answer, ok = doc.Components.Responses.find(path.Base(ref)); !ok {
				return nil, fmt.Errorf("%s leads nowhere", ref)
			}
		}
		shown = append(shown, tellAnswer(each.name, answer))
	}
	return shown, nil
}

func tellBody(list ordered[content]) (*toldBody, error) {
	body := &toldBody{}
	for _, each := range list {
		body.Type = typeOf(each.value.Schema)
		if each.value.Example == nil {
			continue
		}
		text, err := json.Marshal(each.value.Example, json.Deterministic(true))
		if err != nil {
			return nil, fmt.Errorf("the example: %w", err)
		}
		body.Example = string(text)
	}
	return body, nil
}

func tellAnswer(status string, r response) toldAnswer {
	answer := toldAnswer{Status: status, Text: prose(r.Description)}
	for _, each := range r.Content {
		answer.Contents = append(answer.Contents, toldContent{each.name, typeOf(each.value.Schema)})
	}
	return answer
}

func tellSchema(name string, s schema) toldSchema {
	shown := toldSchema{Name: name, Text: prose(s.Description), Members: membersOf(s)}
	if len(shown.Members) == 0 && len(s.AllOf) == 0 {
		shown.Type = typeOf(s)
	}
	for _, base := range s.AllOf {
		shown.Members = append(shown.Members, toldMember{Name: "…", Type: typeOf(base), Text: demanded(s)})
	}
	return shown
}

// demanded are the members that a schema requires of the one it builds on.
func demanded(s schema) template.HTML {
	var names []any
	for _, name := range s.Required {
		if _, own := s.Properties.find(name); !own {
			names = append(names, name+" *")
		}
	}
	return values(names)
}

func membersOf(s schema) []toldMember {
	var list []toldMember
	for _, each := range s.Properties {
		list = append(list, toldMember{
			Name: each.name, Required: slices.Contains(s.Required, each.name),
			Type: typeOf(each.value), Text: prose(each.value.Description),
		})
	}
	return list
}
