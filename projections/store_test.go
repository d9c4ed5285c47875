package projections_test

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"starledger/events"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// A file that is of another version, is no read model, or is gone is made anew, and comes out the same.
func TestThrownAway(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 37, Events: 100, Open: 2, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	rows := []struct {
		name  string
		spoil func(path string) error
		said  bool
	}{
		{"gone", os.Remove, false},
		{"another version", func(path string) error { return execute(path, "PRAGMA user_version = 999") }, true},
		{"no position", func(path string) error { return execute(path, "DELETE FROM position") }, true},
		{"not a database", func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("?", 8192)), 0o600) }, true},
		{"empty", func(path string) error { return os.Truncate(path, 0) }, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "views")
			build(t, ledger.log, path, ledger.end())
			want := dump(t, path)
			if err := row.spoil(path); err != nil {
				t.Fatal(err)
			}
			if said := whatOpenSays(t, ledger.log, path); row.said != strings.Contains(said, "thrown away") {
				t.Errorf("Open said %q", said)
			}
			build(t, ledger.log, path, ledger.end())
			if dump(t, path) != want {
				t.Error("the read model was rebuilt to other rows")
			}
		})
	}
}

func whatOpenSays(t *testing.T, log events.Log, path string) string {
	t.Helper()
	var said bytes.Buffer
	v, err := projections.Open(context.Background(), projections.Config{
		Path: path, Log: log, Logger: slog.New(slog.NewTextHandler(&said, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if seq, _ := v.Position(); seq != 0 {
		t.Errorf("a new read model stands at %d", seq)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return said.String()
}

func execute(path, statement string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
