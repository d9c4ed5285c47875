package projections

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"sync"

	"starledger/events"
)

// thisProgram is the digest of the program that runs. Whatever it derives follows from its rules, its
// words and the schemes that come with it, all of which are inside: under another digest, anything may
// come out otherwise.
var thisProgram = sync.OnceValues(func() (events.Digest, error) {
	file, err := openProgram()
	if err != nil {
		return "", fmt.Errorf("read the program that runs: %w", err)
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", fmt.Errorf("read the program that runs: %w", err)
	}
	return events.Digest("sha256:" + hex.EncodeToString(hash.Sum(nil))), nil
})

// openProgram opens the file that runs, not the one that an update has put in its place since: Linux gives
// it under this name. Elsewhere the path it was started from has to do.
func openProgram() (*os.File, error) {
	if file, err := os.Open("/proc/self/exe"); err == nil {
		return file, nil
	}
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}
