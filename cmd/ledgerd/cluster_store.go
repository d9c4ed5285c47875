package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"starledger/events"
	"starledger/events/jetlog"
)

// openLog opens the log where it is kept: in the data directory, or in a cluster.
func openLog(ctx context.Context, cfg Config, known uint64, knownCheckpoint bool, logger *slog.Logger) (*jetlog.Log, error) {
	if cfg.Cluster.URLs != "" {
		log, err := jetlog.Connect(ctx, cfg.Cluster.remote(known, knownCheckpoint, logger))
		if err == nil && log.Accepted() != "" {
			logger.Warn("served although a power cut may take away what is acknowledged", "accepted", log.Accepted())
		}
		return log, err
	}
	return jetlog.Open(ctx, jetlog.Config{StoreDir: storeDir(cfg), KnownLast: known, KnownCheckpoint: knownCheckpoint, Logger: logger})
}

// elsewhere says of a cluster that does not hold what is known here who knows what.
func (s *store) elsewhere(known []place, err error) error {
	if !errors.Is(err, events.ErrIntegrity) {
		return err
	}
	var list []string
	for _, p := range known {
		list = append(list, fmt.Sprintf("%s up to sequence %d", p.name, p.seq))
	}
	return fmt.Errorf("%w; here the ledger is known to %s. Nothing was changed. Where the cluster has lost it, rebuild it from the "+
		"archive with `ledgerd repair`, and move it into a new cluster with `ledgerd migrate`", err, strings.Join(list, ", to "))
}

// keyOfAllNodes says where a node of a cluster has its key from: none makes one for itself, since all
// sign as one log.
func keyOfAllNodes(cfg Config, err error) error {
	if cfg.Cluster.URLs == "" || !errors.Is(err, errNoKey) {
		return err
	}
	return usageError{fmt.Errorf("%w: all nodes of a cluster sign with the same key. Make it once with\n"+
		"  ledgerd keys log --key-dir DIR --origin %s\nand give each node the file %s", err, cfg.Origin, filepath.Join(cfg.KeyDir, logKeyFile))}
}

// nodeName tells this node from others that share a directory: by the machine and the data directory.
func nodeName(cfg Config) (string, error) {
	if cfg.Cluster.URLs == "" {
		return "", nil
	}
	host, err := os.Hostname()
	if err != nil {
		return "", fmt.Errorf("name the node: %w", err)
	}
	dir, err := filepath.Abs(cfg.Data)
	if err != nil {
		return "", fmt.Errorf("name the node: %w", err)
	}
	return strings.TrimPrefix(string(events.DigestOf([]byte(host+"\x00"+dir))), "sha256:")[:16], nil
}
