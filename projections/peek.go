package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"starledger/events"
)

// Peek reads where the read models in a file stand, without the log: sequence and digest of the
// last event applied, 0 and none when there is no file. The start of the service holds the log
// against it, since a log that ends before that has lost something. A file that Open would throw
// away knows nothing that counts.
func Peek(ctx context.Context, path string) (seq uint64, digest events.Digest, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return 0, "", nil
	}
	db, err := sql.Open("sqlite", address(path, "query_only(1)"))
	if err != nil {
		return 0, "", fmt.Errorf("open the read model: %w", err)
	}
	s := &store{write: db, read: db}
	if s.unusable(ctx) == "" {
		var at position
		if at, err = s.position(ctx); err == nil {
			seq, digest = at.seq, at.digest
		}
	}
	return seq, digest, errors.Join(err, db.Close())
}
