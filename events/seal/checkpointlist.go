package seal

import (
	"fmt"
	"iter"
	"path"
)

// Sizes yields the sizes at which checkpoints are kept, ascending, beginning with from. It reads names
// and no files, so it is quick; checkpoints that are kept meanwhile may be among them or not. After an
// error nothing more comes.
func (d *CheckpointDir) Sizes(from uint64) iter.Seq2[uint64, error] {
	return func(yield func(uint64, error) bool) {
		folders, err := numbered(d.files.dir)
		for i := 0; i < len(folders) && err == nil; i++ {
			if folders[i] < from/perFolder {
				continue
			}
			var sizes []uint64
			sizes, err = numbered(d.files.path(path.Dir(checkpointPath(folders[i] * perFolder))))
			for _, size := range sizes {
				if size >= from && !yield(size, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(0, fmt.Errorf("list the checkpoints: %w", err))
		}
	}
}

// SizesBelow yields the sizes below a bound at which checkpoints are kept, descending.
func (d *CheckpointDir) SizesBelow(bound uint64) iter.Seq2[uint64, error] {
	return func(yield func(uint64, error) bool) {
		folders, err := numbered(d.files.dir)
		for i := len(folders) - 1; i >= 0 && err == nil; i-- {
			if folders[i]*perFolder >= bound {
				continue
			}
			var sizes []uint64
			sizes, err = numbered(d.files.path(path.Dir(checkpointPath(folders[i] * perFolder))))
			for j := len(sizes) - 1; j >= 0 && err == nil; j-- {
				if sizes[j] < bound && !yield(sizes[j], nil) {
					return
				}
			}
		}
		if err != nil {
			yield(0, fmt.Errorf("list the checkpoints: %w", err))
		}
	}
}
