package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// table is a table of events in PostgreSQL, one connection for each caller.
type table struct{ pool *pgxpool.Pool }

const connections = 260 // 256 callers, and some to look

func openPostgres(ctx context.Context, s *server) (peer, error) {
	pool, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	t := &table{pool}
	var commit, sync string
	for _, statement := range []string{
		`DROP TABLE IF EXISTS events`,
		`CREATE TABLE events (seq bigserial PRIMARY KEY, case_id text NOT NULL, case_seq int NOT NULL, body bytea NOT NULL, UNIQUE (case_id, case_seq))`,
		`CHECKPOINT`, // of the round before
	} {
		if _, err := pool.Exec(ctx, statement); err != nil {
			return nil, fmt.Errorf("prepare PostgreSQL: %w", err)
		}
	}
	if err := pool.QueryRow(ctx, `SELECT current_setting('synchronous_commit'), current_setting('fsync')`).Scan(&commit, &sync); err != nil {
		return nil, err
	}
	if commit != "on" || sync != "on" {
		return nil, fmt.Errorf("PostgreSQL runs with synchronous_commit=%s, fsync=%s: it would not be durable", commit, sync)
	}
	return t, nil
}

func (t *table) name() string { return "PostgreSQL 15, sync on" }

func (t *table) append(ctx context.Context, caller, n int, body []byte) error {
	_, err := t.pool.Exec(ctx, `INSERT INTO events (case_id, case_seq, body) VALUES ($1, $2, $3)`, caseOf(caller), n, body)
	return err
}

func (t *table) replay(ctx context.Context) (int, error) {
	return t.count(ctx, `SELECT body FROM events ORDER BY seq`)
}

func (t *table) one(ctx context.Context, caller int) (int, error) {
	return t.count(ctx, `SELECT body FROM events WHERE case_id = $1 ORDER BY case_seq`, caseOf(caller))
}

func (t *table) count(ctx context.Context, query string, args ...any) (n int, err error) {
	rows, err := t.pool.Query(ctx, query, args...)
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

func (t *table) close() error {
	t.pool.Close()
	return nil
}
