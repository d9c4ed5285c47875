package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"starledger/events"

	_ "modernc.org/sqlite" // the driver, pure Go
)

// schemaVersion is the version of everything in the file: tables, and what the models put there. A
// file of another version is thrown away, since rebuilding is the only migration there is.
const schemaVersion = 9

// store is the SQLite file. One connection writes, a few read. Until the log has been read once, all is one
// transaction under a rollback journal: next to nothing has to be put aside, since nearly every page is new,
// each is written once, and whatever breaks it off leaves a file without entries. Nobody reads meanwhile.
// From then on WAL lets them work at the same time; synchronous=NORMAL never leaves a broken file, and a
// commit that a power cut takes away is applied again from the log, because the position went with it.
type store struct {
	write *sql.DB
	read  *sql.DB
}

// openStore opens the file, or makes it anew; reason says why it had to be thrown away, "" when it
// was not, or was not there.
func openStore(ctx context.Context, path string) (s *store, reason string, err error) {
	_, missing := os.Stat(path)
	if errors.Is(missing, fs.ErrNotExist) {
		// What a kill left beside it belongs to no other file.
		if err := discard(path); err != nil {
			return nil, "", err
		}
	}
	if s, err = connect(ctx, path); err == nil {
		if errors.Is(missing, fs.ErrNotExist) {
			return s, "", s.create(ctx)
		}
		if reason = s.unusable(ctx); reason == "" {
			return s, "", nil
		}
		if err := s.close(); err != nil {
			return nil, reason, fmt.Errorf("throw the read model away: %w", err)
		}
	} else {
		reason = err.Error()
	}
	if err := discard(path); err != nil {
		return nil, reason, err
	}
	if s, err = connect(ctx, path); err != nil {
		return nil, reason, err
	}
	return s, reason, s.create(ctx)
}

// discard removes a file and what SQLite keeps beside it.
func discard(path string) error {
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("throw %s away: %w", filepath.Base(path), err)
		}
	}
	return nil
}

func connect(ctx context.Context, path string) (*store, error) {
	s := &store{}
	var err error
	if s.write, err = sql.Open("sqlite", address(path, "busy_timeout(5000)", "wal_autocheckpoint(8000)", "cache_size(-32000)")); err != nil {
		return nil, fmt.Errorf("open the read model: %w", err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", address(path, "query_only(1)", "busy_timeout(5000)")); err != nil {
		return nil, errors.Join(fmt.Errorf("open the read model: %w", err), s.write.Close())
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	if err := s.write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the read model: %w", err), s.close())
	}
	return s, nil
}

func address(path string, pragmas ...string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + url.Values{"_pragma": pragmas}.Encode()
}

func (s *store) close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// unusable says why the file cannot be used, "" when it can.
func (s *store) unusable(ctx context.Context) string {
	var version int
	if err := s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err.Error()
	}
	if version != schemaVersion {
		return fmt.Sprintf("it has version %d, this program writes version %d", version, schemaVersion)
	}
	if _, err := s.position(ctx); err != nil {
		return err.Error()
	}
	return ""
}

// create makes the tables. Secondary indexes come when the log has been read once (see follower).
func (s *store) create(ctx context.Context) error {
	statements := []string{"BEGIN", positionTable, namesTable}
	for _, m := range readModels() {
		statements = append(statements, m.tables)
	}
	statements = append(statements, fmt.Sprintf("PRAGMA user_version = %d", schemaVersion), "COMMIT")
	// The driver runs several statements in one call, on the one connection that writes.
	if _, err := s.write.ExecContext(ctx, strings.Join(statements, ";\n")); err != nil {
		return fmt.Errorf("create the read model: %w", err)
	}
	return nil
}

// position is where the read models stand.
type position struct {
	seq     uint64
	digest  events.Digest  // of the body at seq
	latest  events.Instant // the latest recorded time up to seq
	late    events.Instant // by how much an event was recorded before the latest time up to it, at most
	indexed bool           // the secondary indexes exist
}

const positionTable = `
CREATE TABLE position (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	seq     INTEGER NOT NULL, -- last event applied
	digest  TEXT    NOT NULL, -- of its body
	latest  INTEGER NOT NULL, -- latest recorded time so far; times are microseconds since 1970, UTC
	late    INTEGER NOT NULL, -- largest late of an entry so far
	indexed INTEGER NOT NULL
);
INSERT INTO position VALUES (1, 0, '', 0, 0, 0);`

func (s *store) position(ctx context.Context) (position, error) {
	var p position
	err := s.write.QueryRowContext(ctx, "SELECT seq, digest, latest, late, indexed FROM position").
		Scan(&p.seq, &p.digest, &p.latest, &p.late, &p.indexed)
	if err != nil {
		return p, fmt.Errorf("read the position of the read models: %w", err)
	}
	return p, nil
}
