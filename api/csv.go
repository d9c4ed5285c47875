package api

import (
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"starledger/events"
)

// A csvTable is one table of the analytics as a spreadsheet takes it.
type csvTable struct {
	name   string
	header []string
	rows   func(*analyticsBody) [][]string
}

// csvTables are the tables that can be asked for.
var csvTables = []csvTable{
	{"scores", []string{"month", "scheme", "audits", "failed", "grade", "graded", "mean", "least", "most"}, scoreRows},
	{"losses", []string{"scheme", "clause", "month", "audits", "lost", "lost_fraction"}, lossRows},
	{"repeats", []string{"scheme", "clause", "audits"}, repeatRows},
	{"lead_times", []string{"step", "audits", "median_days", "ninth_days", "longest_days"}, leadTimeRows},
}

// tableOf is the table that was asked for; nil for all of it as JSON.
func tableOf(query url.Values) (*csvTable, error) {
	if !query.Has("csv") {
		return nil, nil
	}
	at := slices.IndexFunc(csvTables, func(t csvTable) bool { return t.name == query.Get("csv") })
	if at < 0 {
		return nil, malformed("table-unknown", "tables", tableWords()).at("csv")
	}
	return &csvTables[at], nil
}

func tableWords() string {
	words := make([]string, len(csvTables))
	for i := range csvTables {
		words[i] = csvTables[i].name
	}
	return strings.Join(words, ", ")
}

// scoreRows are one row for each grade of a group, and one without grade when nobody was graded.
func scoreRows(a *analyticsBody) [][]string {
	var rows [][]string
	for _, g := range a.Scores {
		row := func(grade events.ID, graded int) {
			rows = append(rows, []string{
				g.Month, g.Scheme, strconv.Itoa(g.Audits), strconv.Itoa(g.Failed), string(grade), strconv.Itoa(graded),
				g.Mean.Value(), g.Least.Value(), g.Most.Value(),
			})
		}
		if len(g.Grades) == 0 {
			row("", 0)
		}
		for _, grade := range slices.Sorted(maps.Keys(g.Grades)) {
			row(grade, g.Grades[grade])
		}
	}
	return rows
}

func lossRows(a *analyticsBody) [][]string {
	var rows [][]string
	for _, l := range a.Losses {
		for _, m := range l.Months {
			rows = append(rows, []string{l.Scheme, string(l.Clause), m.Month, strconv.Itoa(m.Audits), m.Lost.Value(), m.Lost.Fraction()})
		}
	}
	return rows
}

func repeatRows(a *analyticsBody) [][]string {
	return mapped(a.Repeats, func(r *clauseRepeat) []string {
		return []string{r.Scheme, string(r.Clause), strconv.Itoa(r.Audits)}
	})
}

func leadTimeRows(a *analyticsBody) [][]string {
	return mapped(a.LeadTimes, func(l *leadTime) []string {
		return []string{l.Step, strconv.Itoa(l.Audits), l.Median, l.Ninth, l.Longest}
	})
}

// byteOrderMark makes spreadsheets read UTF-8.
const byteOrderMark = "\ufeff"

// writeCSV answers with a table. What a spreadsheet would take for a formula is written as text.
func writeCSV(w http.ResponseWriter, name string, header []string, rows [][]string) error {
	var text strings.Builder
	text.WriteString(byteOrderMark)
	table := csv.NewWriter(&text)
	table.UseCRLF = true
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		if err := table.Write(row); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	return writeBytes(w, http.StatusOK, "text/csv; charset=utf-8", []byte(text.String()))
}
