package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// comments are the doc comments of a package, as they are published.
type comments struct {
	types  map[string]string            // by type name
	fields map[string]map[string]string // by struct name and field name
	values map[string]map[string]string // by type name and the value of a string constant
}

func readComments(dir string) (*comments, error) {
	c := &comments{types: map[string]string{}, fields: map[string]map[string]string{}, values: map[string]map[string]string{}}
	names, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("read the comments of %s: %w", name, err)
		}
		for _, declaration := range file.Decls {
			if group, ok := declaration.(*ast.GenDecl); ok {
				c.readGroup(group)
			}
		}
	}
	return c, nil
}

func (c *comments) readGroup(group *ast.GenDecl) {
	for _, spec := range group.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			c.readType(spec, first(spec.Doc, group.Doc))
		case *ast.ValueSpec:
			c.readConstant(spec)
		}
	}
}

func (c *comments) readType(spec *ast.TypeSpec, doc *ast.CommentGroup) {
	name := spec.Name.Name
	c.types[name] = withoutName(name, flow(doc))
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	c.fields[name] = map[string]string{}
	for _, field := range structure.Fields.List {
		for _, id := range field.Names {
			c.fields[name][id.Name] = flow(first(field.Doc, field.Comment))
		}
	}
}

// readConstant keeps the comment of a string constant of a named type.
func (c *comments) readConstant(spec *ast.ValueSpec) {
	of, named := spec.Type.(*ast.Ident)
	doc := flow(first(spec.Doc, spec.Comment))
	if !named || doc == "" || len(spec.Values) != 1 {
		return
	}
	literal, ok := spec.Values[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return
	}
	value, err := strconv.Unquote(literal.Value)
	if err != nil {
		return // the compiler refuses it too
	}
	if c.values[of.Name] == nil {
		c.values[of.Name] = map[string]string{}
	}
	c.values[of.Name][value] = doc
}

func first(groups ...*ast.CommentGroup) *ast.CommentGroup {
	for _, group := range groups {
		if group != nil {
			return group
		}
	}
	return nil
}

// flow is the text of a comment with one line for each paragraph.
func flow(group *ast.CommentGroup) string {
	paragraphs := strings.Split(strings.TrimSpace(group.Text()), "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, "\n")
}

// withoutName turns "Clause is the number of …" into "The number of …": who reads the schema does
// not know the Go name.
func withoutName(name, doc string) string {
	rest, ok := strings.CutPrefix(doc, name+" ")
	if !ok {
		return doc
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "is "), "are ")
	letter, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(letter)) + rest[size:]
}
