package projections

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"starledger/events"
)

// shelf is the file in which reviews are kept from one start to the next. It lies beside that of the read
// models, so that neither waits for the other to write.
//
// What is on it is believed only where this very program made it (another may judge otherwise), from a log
// that still has what it rested on, and where every byte is as it was written. Else the file is thrown away,
// and the reviews are made anew. The service does without it where it can be neither read nor written, which
// the logger is told.
type shelf struct {
	path    string
	log     events.Log
	logger  *slog.Logger
	program func() (events.Digest, error) // thisProgram but in tests

	mu       sync.Mutex
	db       *sql.DB // nil while it is not open
	mark     mark    // as it stands in the file
	files    int     // made in this run
	missed   bool    // a review could not be kept in this run
	troubled bool    // the logger was told of what is still so
	shut     bool    // it is closed, or cannot be opened
}

func newShelf(cfg *Config) *shelf {
	extension := filepath.Ext(cfg.Path)
	return &shelf{
		path: strings.TrimSuffix(cfg.Path, extension) + "-reviews" + extension,
		log:  cfg.Log, logger: cfg.Logger, program: thisProgram,
	}
}

const shelfTables = `
CREATE TABLE reviews (
	case_id TEXT PRIMARY KEY,
	review  BLOB NOT NULL, -- see writtenReview
	seal    BLOB NOT NULL  -- over the program, the case and the review
);
CREATE TABLE mark (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	program  TEXT    NOT NULL, -- digest of the program that made the reviews
	seq      INTEGER NOT NULL, -- the reviews rest on the log up to here at most
	digest   TEXT    NOT NULL, -- of the body there
	seen     INTEGER NOT NULL, -- every case was reviewed with its events up to here
	registry INTEGER NOT NULL, -- on the registry up to here
	seal     BLOB    NOT NULL  -- over the rest of the row
);`

// use opens the file if need be, and works on it alone. It tells whether that could be done.
func (s *shelf) use(ctx context.Context, doing string, do func() error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut {
		return false
	}
	err := s.open(ctx)
	if err == nil {
		err = do()
	}
	spoilt := damaged(err)
	if spoilt {
		err = s.startOver(ctx, err.Error())
	}
	if err != nil && ctx.Err() == nil && !s.troubled {
		s.logger.Warn("reviews are not kept for the next start", "path", s.path, "doing", doing, "error", err)
		s.troubled = true
	}
	return err == nil && !spoilt
}

// errDamaged is what a row is that is not as it was written.
var errDamaged = errors.New("is not as it was written")

// damaged tells whether the file is not what this program wrote, rather than out of reach.
func damaged(err error) bool {
	var failed *sqlite.Error
	if errors.As(err, &failed) {
		const corrupt, noDatabase = 11, 26 // SQLITE_CORRUPT and SQLITE_NOTADB
		code := failed.Code() & 0xff       // without what it says more closely
		return code == corrupt || code == noDatabase
	}
	return errors.Is(err, errDamaged)
}

// seal is over everything by which a row is believed.
func seal(parts ...any) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, strings.Repeat("%s\n", len(parts)), parts...))
	return sum[:]
}

// close releases the file.
func (s *shelf) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = true
	return s.disconnect()
}

func (s *shelf) disconnect() error {
	if s.db == nil {
		return nil
	}
	err := s.db.Close()
	s.db, s.mark = nil, mark{}
	if err != nil {
		return fmt.Errorf("close the kept reviews: %w", err)
	}
	return nil
}
