package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"starledger/events/proof"
)

// Witnesses submits checkpoints to witnesses. There are two: over HTTP, and the one of the tests.
type Witnesses interface {
	// AddCheckpoint asks w to cosign the note. The path proves that its tree continues that of size
	// old. The answer is signature lines, which the caller has to verify. Errors: *KnowsError when w
	// knows another size than old, ErrContradicted when w holds the checkpoint to be of another
	// history, ErrUnregistered when w does not know the log or its key; anything else means that w
	// could not be asked.
	AddCheckpoint(ctx context.Context, w proof.Witness, old uint64, path []proof.Hash, note []byte) (lines []byte, err error)
}

// The ways in which a witness refuses.
var (
	ErrUnregistered = errors.New("the witness has not registered the log and its key")
	ErrContradicted = errors.New("the witness has seen another history of the log")
)

// A KnowsError says that a witness knows another size of the log than the one it was asked from.
type KnowsError struct{ Size uint64 }

func (e *KnowsError) Error() string {
	return fmt.Sprintf("the witness knows the tree of size %d", e.Size)
}

// HTTPWitnesses reaches witnesses at the URLs of the policy, by C2SP tlog-witness.
type HTTPWitnesses struct{ Client *http.Client }

// maxAnswer bounds what is read of a witness's answer.
const maxAnswer = 16 << 10

// AddCheckpoint posts to <url>/add-checkpoint.
func (h HTTPWitnesses) AddCheckpoint(ctx context.Context, w proof.Witness, old uint64, path []proof.Hash, note []byte) ([]byte, error) {
	url := strings.TrimSuffix(w.URL, "/") + "/add-checkpoint"
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(request{old, path, note}.text()))
	if err != nil {
		return nil, fmt.Errorf("ask witness %s: %w", w.Name, err)
	}
	response, err := h.Client.Do(post)
	if err != nil {
		return nil, fmt.Errorf("ask witness %s: %w", w.Name, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err == nil && len(answer) > maxAnswer {
		err = errors.New("it is too long")
	}
	if err != nil {
		return nil, fmt.Errorf("read the answer of witness %s: %w", w.Name, err)
	}
	switch response.StatusCode {
	case http.StatusOK:
		return answer, nil
	case http.StatusForbidden, http.StatusNotFound:
		return nil, ErrUnregistered
	case http.StatusUnprocessableEntity:
		return nil, ErrContradicted
	case http.StatusConflict:
		return nil, conflict(answer, old)
	}
	return nil, fmt.Errorf("witness %s answered %s", w.Name, response.Status)
}

// conflict reads the answer 409: the size that the witness knows, and a newline. Where that is the
// size it was asked from, the sizes agree and the roots do not.
func conflict(answer []byte, old uint64) error {
	size, err := strconv.ParseUint(strings.TrimSuffix(string(answer), "\n"), 10, 64)
	if err != nil || size == old {
		return ErrContradicted
	}
	return &KnowsError{Size: size}
}
