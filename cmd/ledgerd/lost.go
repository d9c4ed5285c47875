package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// What is done when the key or the checkpoints are not where they were.

// logKey is the log's signing key. A key is only made when nothing was ever signed, as far as a
// checkpoint or anything else in the data directory can tell.
func logKey(cfg Config, signed, may bool) (signingKey, error) {
	key, err := loadKey(cfg.KeyDir, logKeys)
	if err == nil && key.name != cfg.Origin {
		return key, usageError{fmt.Errorf("--origin %s: the key in %s is that of %s", cfg.Origin, cfg.KeyDir, key.name)}
	}
	if !errors.Is(err, errNoKey) {
		return key, err
	}
	trace := "a checkpoint"
	if !signed {
		if trace = traceOfSealing(cfg); trace == "" && may {
			return keyOf(cfg.KeyDir, cfg.Origin, logKeys)
		}
	}
	if trace == "" {
		return key, fmt.Errorf("%w: nothing is sealed in %s yet", err, cfg.Data)
	}
	return key, fmt.Errorf("%w, but the log has been sealed (%s tells): put the key back from its copy; another key would begin another log", err, trace)
}

// traceOfSealing is a file that only sealing makes, empty when there is none: whoever takes the
// checkpoints and the key away seldom thinks of it.
func traceOfSealing(cfg Config) string {
	for _, trace := range []struct{ dir, pattern string }{
		{cfg.CheckpointDir, "*/*"}, {storeDir(cfg), checkpointBlocks}, {tileDir(cfg), "*"},
		{cfg.Data, filepath.Base(casesPath(cfg))}, {cfg.Data, filepath.Base(scrubPath(cfg))},
	} {
		if found := firstIn(trace.dir, trace.pattern); found != "" {
			return found
		}
	}
	return ""
}

// firstIn is the first path in a directory that is matched and holds anything, empty when there is none.
func firstIn(dir, pattern string) string {
	files := os.DirFS(dir)
	found, _ := fs.Glob(files, pattern) // the one error is a bad pattern
	for _, path := range found {
		if info, err := fs.Stat(files, path); err == nil && (info.IsDir() || info.Size() > 0) {
			return filepath.Join(dir, filepath.FromSlash(path))
		}
	}
	return ""
}

// checkpointBlocks matches the blocks of LEDGER_CP in the store. A stream without checkpoints has none
// with anything in it.
const checkpointBlocks = "jetstream/*/streams/LEDGER_CP/msgs/*.blk"

func casesPath(cfg Config) string { return filepath.Join(cfg.Data, "cases") }

// nothingSigned tells whether no checkpoint of the ledger is known here, in the files or in LEDGER_CP.
func (s *sealed) nothingSigned(cfg Config) bool {
	return s.newest() == nil && firstIn(storeDir(cfg), checkpointBlocks) == ""
}

// maxGiven is more than a checkpoint with all the cosignatures of a policy takes.
const maxGiven = 64 << 10

// readGiven reads a checkpoint that somebody else has kept: a witness, a mirror, an assessor's bundle.
func readGiven(path string) ([]knownCheckpoint, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usageError{fmt.Errorf("--checkpoint: %w", err)}
	}
	defer file.Close() // it was only read
	text, err := io.ReadAll(io.LimitReader(file, maxGiven+1))
	if err != nil {
		return nil, usageError{fmt.Errorf("--checkpoint: %w", err)}
	}
	if len(text) > maxGiven {
		return nil, usageError{fmt.Errorf("--checkpoint %s: longer than any checkpoint", path)}
	}
	return []knownCheckpoint{{place: path, note: text, given: true}}, nil
}
