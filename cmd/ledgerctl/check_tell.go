package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"starledger/events"
	"starledger/events/checks"
)

// checkRow is an outcome as the API gives it; a bundle's are written in the same form.
type checkRow struct {
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	Outcome checks.Result `json:"outcome"`
	Case    events.CaseID `json:"case"`
	Detail  string        `json:"detail"`
	Events  []uint64      `json:"events"`
}

// tally gathers outcomes as they come and prints them in the form asked for.
type tally struct {
	*program
	sieve
	rows  table            // to be printed at the end
	items []jsontext.Value // likewise
	cases map[events.CaseID]bool
	found map[checks.Result]int
}

func (p *program) newTally(wanted sieve) *tally {
	t := &tally{program: p, sieve: wanted, cases: map[events.CaseID]bool{}, found: map[checks.Result]int{}}
	t.rows.add(phrasesIn(p.settings.language, headCheck, headOutcome, headCase, headEvents, headDetail)...)
	return t
}

// take counts an outcome and keeps it, or prints it at once where every line stands for itself.
func (t *tally) take(row checkRow, text jsontext.Value) error {
	if !t.counts(row.Case, row.Code) {
		return nil
	}
	t.cases[row.Case] = true
	t.found[row.Outcome]++
	if !t.shows(row.Outcome) {
		return nil
	}
	switch t.settings.output {
	case asLines:
		return t.raw(text)
	case asJSON:
		t.items = append(t.items, text)
	default:
		detail := row.Detail
		if detail == "" {
			detail = row.Name
		}
		t.rows.add(row.Code, t.word(resultWords, string(row.Outcome)), string(row.Case), sequences(row.Events), detail)
	}
	return nil
}

// mostNumbers are shown of a check that found more events.
const mostNumbers = 5

func sequences(seqs []uint64) string {
	var list []string
	for i, seq := range seqs {
		if i == mostNumbers {
			list = append(list, "…")
			break
		}
		list = append(list, fmt.Sprint(seq))
	}
	return strings.Join(list, " ")
}

// end prints what was kept and the sum, and is errChecksFailed when something was found.
func (t *tally) end() error {
	if err := t.print(); err != nil {
		return err
	}
	if t.found[checks.Fail] > 0 || t.strict && t.found[checks.Warned] > 0 {
		return &checksFailed{t.found[checks.Fail], t.found[checks.Warned]}
	}
	return nil
}

func (t *tally) print() error {
	switch t.settings.output {
	case asLines:
		return nil
	case asJSON:
		return t.encode(struct {
			Items []jsontext.Value `json:"items"`
			Cases int              `json:"cases"`
			Fail  int              `json:"fail"`
			Warn  int              `json:"warn"`
		}{t.items, len(t.cases), t.found[checks.Fail], t.found[checks.Warned]})
	}
	if len(t.rows.rows) > 1 {
		if err := t.rows.write(t.out); err != nil {
			return err
		}
	}
	return t.line(t.say(checkSum), len(t.cases), t.found[checks.Fail], t.found[checks.Warned], t.found[checks.Pass], t.found[checks.NotApplicable])
}

// A checksFailed says that checks found something. It is no fault of the run: exit code 1.
type checksFailed struct{ fail, warn int }

func (e *checksFailed) Error() string {
	return fmt.Sprintf("conformance checks failed: %d, warned: %d", e.fail, e.warn)
}

// outcomeOf reads an outcome of the API.
func outcomeOf(item jsontext.Value) (checkRow, error) {
	var row checkRow
	if err := json.Unmarshal(item, &row); err != nil {
		return row, fmt.Errorf("read an outcome: %w: %w", errForeign, err)
	}
	if row.Code == "" || row.Outcome == "" {
		return row, fmt.Errorf("read an outcome: %w: it has no code or no outcome", errForeign)
	}
	return row, nil
}

// rowsOf are the outcomes of one case in a bundle, in the language of the run.
func (t *tally) rowsOf(id events.CaseID, outcomes []checks.Outcome) error {
	for i := range outcomes {
		o := &outcomes[i]
		details := make([]string, len(o.Detail))
		for j, detail := range o.Detail {
			details[j] = t.wording(detail)
		}
		row := checkRow{o.Check.Code, t.wording(o.Check.Name), o.Result, id, strings.Join(details, "; "), o.Events}
		text, err := json.Marshal(row, json.Deterministic(true))
		if err != nil {
			return errors.Join(errForeign, err)
		}
		if err := t.take(row, text); err != nil {
			return err
		}
	}
	return nil
}

var (
	headCheck   = phrase{"检查", "CHECK"}
	headOutcome = phrase{"结果", "OUTCOME"}
	headDetail  = phrase{"说明", "DETAIL"}
	checkSum    = phrase{
		"%d 个项目：失败 %d，警告 %d，通过 %d，不适用 %d",
		"cases: %d; failed %d, warned %d, passed %d, not applicable %d",
	}
	checkProgress = phrase{"已检查 %d 个项目", "cases checked: %d"}
)
