package main

import (
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
)

// An output is the form in which answers are printed.
type output string

const (
	asTable output = "table" // to read
	asJSON  output = "json"  // the API's own documents
	asLines output = "jsonl" // one item a line, as the API wrote it
)

// Set accepts the three forms; it makes output a flag.
func (o *output) Set(s string) error {
	switch output(s) {
	case asTable, asJSON, asLines:
		*o = output(s)
		return nil
	}
	return usage("the forms of output are table, json and jsonl")
}

func (o *output) String() string { return string(*o) }

// Type names the values in --help.
func (o *output) Type() string { return "table|json|jsonl" }

// line prints a line of our own.
func (p *program) line(format string, args ...any) error {
	_, err := fmt.Fprintf(p.out, format+"\n", args...)
	return err
}

// raw writes one document or line as the server wrote it.
func (p *program) raw(text []byte) error {
	if _, err := p.out.Write(text); err != nil {
		return err
	}
	_, err := io.WriteString(p.out, "\n")
	return err
}

// encode writes a document of our own on one line.
func (p *program) encode(v any) error {
	text, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return err
	}
	return p.raw(text)
}
