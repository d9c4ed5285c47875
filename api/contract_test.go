package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// contract is openapi.yaml, read once for all tests.
var contract = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		return nil, err
	}
	return doc, doc.Validate(context.Background(), openapi3.EnableExamplesValidation())
})

var contractRouter = sync.OnceValues(func() (routers.Router, error) {
	openapi3filter.RegisterBodyDecoder("application/cloudevents+json", openapi3filter.JSONBodyDecoder)
	for _, mediaType := range []string{"application/x-ndjson", "text/csv", "text/event-stream", "text/html", "application/yaml", "application/zip"} {
		openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.PlainBodyDecoder)
	}
	// The one variable that holds slashes.
	spelled := bytes.Replace(description, []byte("/log/tile/{tile}:"), []byte("/log/tile/"+tilePath+":"), 1)
	doc, err := openapi3.NewLoader().LoadFromData(spelled)
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// conforming are the answers that were held to the contract before: doing it again would take most of
// the time of the tests.
var conforming sync.Map

// conforms holds one exchange to openapi.yaml: every answer has to be described, and what the server
// accepted has to be allowed. All tests that talk to a world pass through it.
func (w *world) conforms(r *http.Request, body string, a reply) {
	w.Helper()
	router, err := contractRouter()
	if err != nil {
		w.Fatal(err)
	}
	if r.Method == http.MethodHead {
		return
	}
	route, parts, err := router.FindRoute(r)
	if err != nil {
		if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			w.Errorf("%s %s is not in openapi.yaml, but answers %d", r.Method, r.URL, a.status)
		}
		return
	}
	options := &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true,
		ExcludeRequestBody: !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"),
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: parts, Route: route, Options: options}
	if a.status < http.StatusBadRequest {
		r.Body = io.NopCloser(strings.NewReader(body))
		if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
			w.Errorf("%s %s was accepted against openapi.yaml: %v", r.Method, r.URL, err)
		}
	}
	exchange := fmt.Sprint(route.Operation.OperationID, a.status, a.body)
	if _, held := conforming.LoadOrStore(exchange, true); held || a.status == http.StatusMethodNotAllowed || a.status == http.StatusNotModified {
		return
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: a.status, Header: a.header, Options: options,
		Body: io.NopCloser(strings.NewReader(a.body)),
	}
	if err := openapi3filter.ValidateResponse(r.Context(), out); err != nil {
		w.Errorf("%s %s answered %d against openapi.yaml: %v\n%s", r.Method, r.URL, a.status, err, clip(a.body))
	}
}

func TestContractIsValid(t *testing.T) {
	if _, err := contract(); err != nil {
		t.Fatal(err)
	}
}

// Every route is described, every description has its route, and both take the same parameters.
func TestContractHasExactlyTheRoutes(t *testing.T) {
	doc, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	described := map[string][]string{}
	for at, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			described[op.OperationID+" "+method+" "+at] = queryOf(item, op)
		}
	}
	served := map[string][]string{}
	for _, r := range routes() {
		served[r.name+" "+r.method+" "+r.path] = slices.Sorted(slices.Values(r.query))
	}
	for _, at := range slices.Sorted(maps.Keys(described)) {
		if query, ok := served[at]; !ok {
			t.Errorf("%s is described and not served", at)
		} else if !slices.Equal(query, described[at]) {
			t.Errorf("%s takes %v, described are %v", at, query, described[at])
		}
	}
	for _, at := range slices.Sorted(maps.Keys(served)) {
		if _, ok := described[at]; !ok {
			t.Errorf("%s is served and not described", at)
		}
	}
}

func queryOf(item *openapi3.PathItem, op *openapi3.Operation) []string {
	var names []string
	for _, p := range slices.Concat(item.Parameters, op.Parameters) {
		if p.Value.In == openapi3.ParameterInQuery {
			names = append(names, p.Value.Name)
		}
	}
	slices.Sort(names)
	return names
}

// The body of every command has the members of the struct it is decoded into, and requires the same.
func TestContractHasTheBodiesOfTheCommands(t *testing.T) {
	doc, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	operations := map[string]*openapi3.Operation{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			operations[op.OperationID] = op
		}
	}
	for _, each := range append(slices.Clone(commands), openCase, makeGrant, revokeGrant) {
		t.Run(each.name, func(t *testing.T) {
			op := operations[each.name]
			if op == nil {
				t.Fatal("not described")
			}
			members, required := membersIn(op.RequestBody.Value.Content["application/json"].Schema.Value)
			decoded, needed := membersOfStruct(reflect.TypeOf(each.blank(parts{})).Elem())
			if !slices.Equal(members, decoded) || !slices.Equal(required, needed) {
				t.Errorf("described: %v, required %v\ndecoded:   %v, required %v", members, required, decoded, needed)
			}
		})
	}
}

func membersIn(s *openapi3.Schema) (members, required []string) {
	members, required = slices.Collect(maps.Keys(s.Properties)), slices.Clone(s.Required)
	for _, base := range s.AllOf {
		more, needed := membersIn(base.Value)
		members, required = append(members, more...), append(required, needed...)
	}
	slices.Sort(members)
	slices.Sort(required)
	return members, required
}

func membersOfStruct(t reflect.Type) (members, required []string) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-":
		case field.Anonymous && name == "":
			more, needed := membersOfStruct(field.Type)
			members, required = append(members, more...), append(required, needed...)
		default:
			members = append(members, name)
			if !strings.Contains(options, "omitzero") {
				required = append(required, name)
			}
		}
	}
	slices.Sort(members)
	slices.Sort(required)
	return members, required
}

func TestDescriptionAndDocsAreServed(t *testing.T) {
	w := newWorld(t)
	if a := w.send(http.MethodGet, "/openapi.yaml", "", ""); a.status != http.StatusOK || a.body != string(description) {
		t.Errorf("/openapi.yaml: %d, %d bytes", a.status, len(a.body))
	}
	for tag, title := range map[string]string{"zh-CN": "接口说明", "en": "HTTP API"} {
		a := w.send(http.MethodGet, "/docs", "", "", "Accept-Language", tag)
		if a.status != http.StatusOK || !strings.Contains(a.body, `<html lang="`+tag+`">`) || !strings.Contains(a.body, title) {
			t.Errorf("/docs in %s: %d %s", tag, a.status, clip(a.body))
		}
		for _, forbidden := range []string{"<script", "http://", "https://", "ZgotmplZ", "onclick"} {
			if strings.Contains(a.body, forbidden) {
				t.Errorf("/docs has %s", forbidden)
			}
		}
		if policy := a.header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("/docs may load %s", policy)
		}
		for _, r := range routes() {
			if !strings.Contains(a.body, `id="`+r.name+`"`) {
				t.Errorf("/docs lacks %s", r.name)
			}
		}
	}
}

func TestDescriptionWithALooseEndIsRefused(t *testing.T) {
	for _, from := range []string{"#/components/parameters/AsOf", "#/components/responses/Malformed"} {
		broken := bytes.ReplaceAll(description, []byte(from), []byte(from+"Typo"))
		if _, err := tell(broken); err == nil || !strings.Contains(err.Error(), "leads nowhere") {
			t.Errorf("%s: %v", from, err)
		}
	}
	if _, err := tell([]byte("paths: [")); err == nil {
		t.Error("broken YAML is read")
	}
}
