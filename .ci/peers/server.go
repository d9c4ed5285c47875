package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// server is a PostgreSQL of our own: its data lies beside ours, it listens on a socket in a directory and
// nowhere else, and it is gone when the run is over.
type server struct {
	cmd     *exec.Cmd
	sockets string
	said    *bytes.Buffer
}

const install = "PostgreSQL 15 is not there (%w): install it with\n  apt-get install postgresql-15\nor name the directory of its programs with -postgres DIR"

func startPostgres(ctx context.Context, dir, binaries string) (*server, error) {
	if _, err := os.Stat(filepath.Join(binaries, "initdb")); err != nil {
		return nil, fmt.Errorf(install, err)
	}
	data, sockets := filepath.Join(dir, "postgres"), filepath.Join(dir, "sockets")
	as, err := notRoot(dir, data, sockets)
	if err != nil {
		return nil, err
	}
	initdb := exec.CommandContext(ctx, filepath.Join(binaries, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C")
	initdb.SysProcAttr, initdb.Dir = as, data
	if text, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("make a PostgreSQL: %w\n%s", err, text)
	}
	s := &server{sockets: sockets, said: &bytes.Buffer{}}
	s.cmd = exec.Command(filepath.Join(binaries, "postgres"), "-D", data, "-k", sockets, "-c", "listen_addresses=", "-c", "fsync=on",
		"-c", "synchronous_commit=on", "-c", "max_connections="+strconv.Itoa(connections+10), "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB")
	s.cmd.SysProcAttr, s.cmd.Dir, s.cmd.Stderr = as, data, s.said
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	pool, err := s.connect(ctx)
	if err != nil {
		return nil, errors.Join(err, s.stop(), fmt.Errorf("PostgreSQL says:\n%s", s.said))
	}
	pool.Close()
	return s, nil
}

// notRoot makes the directories, and says as whom to run: PostgreSQL refuses to run as root.
func notRoot(dir, data, sockets string) (*syscall.SysProcAttr, error) {
	for _, one := range []string{data, sockets} {
		if err := os.Mkdir(one, 0o700); err != nil {
			return nil, err
		}
	}
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errU := strconv.Atoi(found.Uid)
		gid, errG := strconv.Atoi(found.Gid)
		err = errors.Join(errU, errG, os.Chmod(dir, 0o711), os.Chown(data, uid, gid), os.Chown(sockets, uid, gid))
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, err
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody")
}

// startWithin is how long PostgreSQL may take until it answers.
const startWithin = 30 * time.Second

func (s *server) connect(ctx context.Context) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(fmt.Sprintf("host=%s user=postgres dbname=postgres pool_max_conns=%d", s.sockets, connections))
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	for late := time.Now().Add(startWithin); ; time.Sleep(50 * time.Millisecond) {
		if err = pool.Ping(ctx); err == nil {
			return pool, nil
		}
		if ctx.Err() != nil || time.Now().After(late) {
			pool.Close()
			return nil, fmt.Errorf("reach PostgreSQL: %w", err)
		}
	}
}

// stop ends the server in order, without waiting for those who are connected.
func (s *server) stop() error {
	err := s.cmd.Process.Signal(syscall.SIGINT)
	return errors.Join(err, s.cmd.Wait())
}
