package bundle

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"text/template"
)

// Report is what report.html shows and verifies. It holds bytes as they stand in the bundle, and
// nothing that was derived from them: the page hashes and reads them itself.
type Report struct {
	Origin  string // of the log
	Case    string // id of the case
	Profile string // "assessor" or "client"
	// Checkpoint is the signed note that every proof ends with, byte for byte.
	Checkpoint []byte
	// Policy is that of the bundle. The page shows it, and verifies with it until the reader brings another.
	Policy []byte
	// Events are those of the case, in order.
	Events []ReportEvent
	// Score is expected/score.json: claims, which the page shows as such.
	Score []byte
	// Calculation shows how the score of each audit comes about, see reportCalculation. The page
	// does without when it is empty.
	Calculation []byte
	// Cases are those that the review has drawn, where the case is one. The page shows them one at a time
	// and verifies them all.
	Cases []ReportCase
}

// ReportCase is one of several cases.
type ReportCase struct {
	Case        string
	Events      []ReportEvent
	Score       []byte // its line of expected/score.json
	Calculation []byte
}

// ReportEvent is one event of the case with its proof.
type ReportEvent struct {
	Seq   uint64 // in the log
	Body  []byte // as stored
	Proof []byte // tlog-proof, of the leaf at Seq-1 in the tree of the report's checkpoint
}

var (
	//go:embed report.html
	reportHTML string
	//go:embed report.css
	reportStyle string
	//go:embed report_words.json
	reportWords []byte
	//go:embed report_*.js
	reportScripts embed.FS

	reportPage = template.Must(template.New("report.html").Option("missingkey=error").Parse(reportHTML))
)

// reportScriptNames are the scripts of the page in the order in which they are read. They become
// one module: the page is one file, and a module of a file cannot import another one.
var reportScriptNames = append(reportProofScripts,
	"report_words.js", "report_story.js", "report_dom.js",
	"report_view_verdict.js", "report_view_policy.js", "report_view_contents.js", "report_view_case.js", "report_view_score.js",
	"report_view_history.js", "report_view_checkpoint.js", "report_main.js")

// reportProofScripts are those that verify; they know nothing of the page.
var reportProofScripts = []string{
	"report_bytes.js", "report_ed25519.js", "report_crypto.js", "report_note.js", "report_policy.js",
	"report_proof.js", "report_verify.js",
}

// writeReport writes report.html: one file that opens from disk, asks nothing of any network, and
// verifies what it shows. The same report is always the same bytes.
//
// What the ledger holds is untrusted here. It stands in the page as base64 and JSON in which < is
// escaped, so that no body can end its block; the scripts put it into the page as text only; and the
// content security policy admits, by their hashes, this style sheet and this script and nothing else.
func writeReport(w io.Writer, r Report) error {
	data, err := reportData(r)
	if err != nil {
		return err
	}
	script, err := reportScript(reportScriptNames)
	if err != nil {
		return err
	}
	words, err := compactJSON(reportWords)
	if err != nil {
		return err
	}
	page := map[string]string{
		"Style": reportStyle, "StyleHash": cspHash(reportStyle), "Script": script, "ScriptHash": cspHash(script),
		"Words": words, "Data": data,
	}
	if err := reportPage.Execute(w, page); err != nil {
		return fmt.Errorf("write report.html: %w", err)
	}
	return nil
}

// reportData is the JSON the page reads. encoding/json escapes <, > and & in strings. A sequence is
// a string, since it may exceed what JavaScript counts exactly; bytes become base64.
func reportData(r Report) (string, error) {
	content := struct {
		Origin      string       `json:"origin"`
		Case        string       `json:"case"`
		Profile     string       `json:"profile"`
		Checkpoint  []byte       `json:"checkpoint"`
		Policy      []byte       `json:"policy"`
		Score       []byte       `json:"score"`
		Calculation []byte       `json:"calculation"`
		Events      []eventData  `json:"events"`
		Cases       []reportCase `json:"cases,omitempty"`
	}{r.Origin, r.Case, r.Profile, notNil(r.Checkpoint), notNil(r.Policy), notNil(r.Score), notNil(r.Calculation), eventsData(r.Events), nil}
	for _, c := range r.Cases {
		content.Cases = append(content.Cases, reportCase{c.Case, notNil(c.Score), notNil(c.Calculation), eventsData(c.Events)})
	}
	text, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("write the data of report.html: %w", err)
	}
	return string(text), nil
}

type reportCase struct {
	Case        string      `json:"case"`
	Score       []byte      `json:"score"`
	Calculation []byte      `json:"calculation"`
	Events      []eventData `json:"events"`
}

type eventData struct {
	Seq   string `json:"seq"`
	Body  []byte `json:"body"`
	Proof []byte `json:"proof"`
}

func eventsData(list []ReportEvent) []eventData {
	data := make([]eventData, len(list))
	for i, e := range list {
		data[i] = eventData{strconv.FormatUint(e.Seq, 10), notNil(e.Body), notNil(e.Proof)}
	}
	return data
}

// notNil makes nothing empty base64 and not null.
func notNil(b []byte) []byte { return append([]byte{}, b...) }

func reportScript(names []string) (string, error) {
	var script bytes.Buffer
	for _, name := range names {
		text, err := reportScripts.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("read the scripts of report.html: %w", err)
		}
		script.WriteString("\n// " + name + "\n")
		script.Write(text)
	}
	return script.String(), nil
}

// compactJSON drops white space, and escapes < as the data does.
func compactJSON(text []byte) (string, error) {
	var compact, escaped bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		return "", fmt.Errorf("read the words of report.html: %w", err)
	}
	json.HTMLEscape(&escaped, compact.Bytes())
	return escaped.String(), nil
}

// cspHash names an inline style or script in a content security policy.
func cspHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
