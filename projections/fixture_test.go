package projections_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/memlog"
	"starledger/projections"
	"starledger/projections/rehearsal"
	"starledger/schemas"
	"starledger/scoring"
)

// failer is a test, or one try of a property.
type failer interface {
	Helper()
	Fatal(...any)
}

// shipped are the schemes inside the binary.
func shipped(t failer) *scoring.Book {
	t.Helper()
	schemes, err := book()
	if err != nil {
		t.Fatal(err)
	}
	return schemes
}

var book = sync.OnceValues(readShipped)

func readShipped() (*scoring.Book, error) {
	documents, err := schemas.Schemes()
	if err != nil {
		return nil, err
	}
	list := make([]*scoring.Scheme, len(documents))
	for i, document := range documents {
		if list[i], err = scoring.ParseScheme(document); err != nil {
			return nil, err
		}
	}
	return scoring.NewBook(list...)
}

func scheme(t testing.TB, id string) *scoring.Scheme {
	t.Helper()
	found, ok := shipped(t).Find(id, "1")
	if !ok {
		t.Fatalf("there is no scheme %s", id)
	}
	return found
}

// told is a made ledger: every event, and a log that has them.
type told struct {
	log  *memlog.Log
	list []*events.Stored
	last map[events.CaseID]uint64
}

func emptyLedger() *told { return &told{log: memlog.New(), last: map[events.CaseID]uint64{}} }

// tell makes a ledger.
func tell(t testing.TB, plan rehearsal.Plan) *told {
	t.Helper()
	ledger := emptyLedger()
	if err := rehearsal.New(plan).All(func(e *events.Stored) error { ledger.append(t, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return ledger
}

// append stores an event whose sequence is the next.
func (l *told) append(t testing.TB, e *events.Stored) {
	t.Helper()
	_, err := l.log.Append(t.Context(), events.Append{Case: string(e.Subject), After: l.last[e.Subject], Bodies: [][]byte{e.Body}})
	if err != nil {
		t.Fatal(err)
	}
	l.last[e.Subject] = e.Seq
	l.list = append(l.list, e)
}

// of are the events of one case up to a sequence.
func (l *told) of(id events.CaseID, upTo uint64) []*events.Stored {
	var list []*events.Stored
	for _, e := range l.list {
		if e.Subject == id && e.Seq <= upTo {
			list = append(list, e)
		}
	}
	return list
}

func (l *told) end() uint64 { return uint64(len(l.list)) }

// a day after everything that is told in these tests.
var later = events.Date("2030-01-01").Start()

// views are read models on a log, in a file of their own or the one given, that follow until the test
// ends.
func views(t testing.TB, log events.Log, path string) *projections.Views {
	t.Helper()
	if path == "" {
		path = filepath.Join(t.TempDir(), "views.sqlite")
	}
	v := open(t, log, path)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("follow the log: %v", err)
		}
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

func open(t testing.TB, log events.Log, path string) *projections.Views {
	t.Helper()
	v, err := projections.Open(t.Context(), projections.Config{
		Path: path, Log: log, Schemes: shipped(t), Now: func() events.Instant { return later },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// upToDate are views that have seen the whole ledger.
func upToDate(t testing.TB, ledger *told) *projections.Views {
	t.Helper()
	v := views(t, ledger.log, "")
	await(t, v, ledger.end())
	return v
}

func await(t testing.TB, v *projections.Views, seq uint64) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	if err := v.WaitFor(ctx, seq); err != nil {
		t.Fatal(err)
	}
}

// build follows a log into a file up to a sequence, then stops as a process does that is told to end.
func build(t testing.TB, log events.Log, path string, seq uint64, prepare ...func(*projections.Views)) {
	t.Helper()
	v := open(t, log, path)
	for _, f := range prepare {
		f(v)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	await(t, v, seq)
	stop()
	if err := errors.Join(<-ended, v.Close()); err != nil {
		t.Fatal(err)
	}
}

// dump is every row of every table of a read model, as text.
func dump(t testing.TB, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var text strings.Builder
	for _, table := range column(t, db, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index') ORDER BY name") {
		fmt.Fprintln(&text, "==", table)
		if strings.Contains(table, "_") { // an index
			continue
		}
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, targets := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				targets[i] = &values[i]
			}
			if err := rows.Scan(targets...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&text, values...)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return text.String()
}

func column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		list = append(list, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
