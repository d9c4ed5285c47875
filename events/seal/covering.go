package seal

import (
	"fmt"
	"path"
)

// Covering is the note of the first checkpoint that covers an event: the smallest signed size that is not
// below its sequence. It is nil while there is none. The answer for an event never changes once there is
// one, since sizes only grow; so nobody can choose among checkpoints.
func (d *CheckpointDir) Covering(seq uint64) ([]byte, error) {
	folders, err := numbered(d.files.dir)
	if err != nil {
		return nil, fmt.Errorf("find the checkpoint that covers event %d: %w", seq, err)
	}
	for _, folder := range folders {
		if folder < seq/perFolder {
			continue
		}
		sizes, err := numbered(d.files.path(path.Dir(checkpointPath(folder * perFolder))))
		if err != nil {
			return nil, fmt.Errorf("find the checkpoint that covers event %d: %w", seq, err)
		}
		for _, size := range sizes {
			if size >= seq {
				return d.Read(size)
			}
		}
	}
	return nil, nil
}
