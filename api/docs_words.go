package api

import (
	"fmt"
	"html"
	"html/template"
	"path"
	"slices"
	"strings"
)

// typeOf says what a schema accepts, with links to the schemas it names.
func typeOf(s schema) template.HTML {
	switch {
	case s.Ref != "":
		name := html.EscapeString(path.Base(s.Ref))
		return template.HTML(`<a href="#schema-` + name + `">` + name + `</a>`)
	case s.Items != nil:
		return "[" + typeOf(*s.Items) + "]"
	case len(s.OneOf) > 0:
		words := make([]string, len(s.OneOf))
		for i, each := range s.OneOf {
			words[i] = string(typeOf(each))
		}
		return template.HTML(strings.Join(words, " | "))
	case len(s.Enum) > 0:
		return values(s.Enum)
	case s.Const != nil:
		return values([]any{s.Const})
	case s.Pattern != "":
		return values([]any{s.Pattern})
	case len(s.Properties) > 0:
		return object(s)
	}
	return kinds(s.Type)
}

// values are shown as they are written.
func values(list []any) template.HTML {
	words := make([]string, len(list))
	for i, each := range list {
		words[i] = "<code>" + html.EscapeString(fmt.Sprint(each)) + "</code>"
	}
	return template.HTML(strings.Join(words, " | "))
}

// object shows the members of a schema that has no name of its own.
func object(s schema) template.HTML {
	words := make([]string, len(s.Properties))
	for i, each := range s.Properties {
		name := html.EscapeString(each.name)
		if !slices.Contains(s.Required, each.name) {
			name += "?"
		}
		words[i] = "<code>" + name + "</code>: " + string(typeOf(each.value))
	}
	return template.HTML("{ " + strings.Join(words, ", ") + " }")
}

// kinds are the JSON types of a schema.
func kinds(of any) template.HTML {
	if list, several := of.([]any); several {
		return values(list)
	}
	if of == nil {
		return ""
	}
	return template.HTML(html.EscapeString(fmt.Sprint(of)))
}

// prose turns a description into paragraphs; what stands between backticks is code.
func prose(text string) template.HTML {
	var out strings.Builder
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if paragraph == "" {
			continue
		}
		out.WriteString("<p>")
		for i, part := range strings.Split(paragraph, "`") {
			escaped := html.EscapeString(part)
			if i%2 == 1 {
				escaped = "<code>" + escaped + "</code>"
			}
			out.WriteString(escaped)
		}
		out.WriteString("</p>")
	}
	return template.HTML(out.String())
}
