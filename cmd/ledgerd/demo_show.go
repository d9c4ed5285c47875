package main

import (
	"context"
	"io"
	"text/template"
	"time"
)

// show posts the demo's stories and prints how to get in.
func (d demo) show(ctx context.Context, url string, out io.Writer) error {
	if d.people == nil {
		return nil
	}
	began := time.Now()
	posted, certified, err := postDemo(ctx, url, d.began, d.people)
	if err != nil {
		return err
	}
	tokens := map[string]string{}
	for _, person := range d.people {
		tokens[person.Roles[0]] = person.Token
	}
	return demoScreen.Execute(out, struct {
		URL    string
		Posted int
		Took   time.Duration
		People []demoPerson
		Token  map[string]string
		Case   string
	}{url, posted, time.Since(began).Round(time.Millisecond), d.people, tokens, certified})
}

// demoScreen is the first thing a newcomer sees.
var demoScreen = template.Must(template.New("demo").Parse(`
StarLedger 示例已就绪 · the demo is ready        {{.URL}}
{{if .Posted}}{{.Posted}} requests were posted through the API in {{.Took}}.{{else}}Everything had been posted before; nothing was added.{{end}}

Sign-in per role (new tokens at every start), with a link for the browser:
{{range .People}}
  {{printf "%-16s" (index .Roles 0)}} {{.Token}}   {{.Name}}   {{$.URL}}/sign-in#{{.Token}}{{end}}

Three commands to try, in another terminal (the export comes first):

  export LEDGERCTL_SERVER={{.URL}} LEDGERCTL_TOKEN={{index .Token "quality"}}
  ./bin/ledgerctl cases
  ./bin/ledgerctl score --explain {{.Case}}
  ./bin/ledgerctl replay --lang zh {{.Case}}

What was sealed is shown at {{.URL}}/log/checkpoint, how it stands at {{.URL}}/v1/integrity.
The API is described at {{.URL}}/docs. Stop with Ctrl-C; a restart adds nothing.
`))
