package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// lite is a table in SQLite in WAL mode with synchronous=FULL: every transaction is synced. It has one
// writer at a time, as SQLite has.
type lite struct {
	dir   string
	db    *sql.DB
	write sync.Mutex
}

func openSQLite(ctx context.Context, dir string) (peer, error) {
	dir, err := os.MkdirTemp(dir, "sqlite-")
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "events.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	_, err = db.ExecContext(ctx, `CREATE TABLE events (seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, case_seq INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (case_id, case_seq))`)
	return &lite{dir: dir, db: db}, err
}

func (l *lite) name() string { return "SQLite, FULL" }

func (l *lite) append(ctx context.Context, caller, n int, body []byte) error {
	l.write.Lock()
	defer l.write.Unlock()
	_, err := l.db.ExecContext(ctx, `INSERT INTO events (case_id, case_seq, body) VALUES (?, ?, ?)`, caseOf(caller), n, body)
	return err
}

func (l *lite) replay(ctx context.Context) (int, error) {
	return l.count(ctx, `SELECT body FROM events ORDER BY seq`)
}

func (l *lite) one(ctx context.Context, caller int) (int, error) {
	return l.count(ctx, `SELECT body FROM events WHERE case_id = ? ORDER BY case_seq`, caseOf(caller))
}

func (l *lite) count(ctx context.Context, query string, args ...any) (n int, err error) {
	rows, err := l.db.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

func (l *lite) close() error { return errors.Join(l.db.Close(), os.RemoveAll(l.dir)) }
