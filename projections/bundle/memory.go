package bundle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"starledger/events/checks"
	"starledger/events/proof"
)

// memory is what this machine has seen of a log: with it the machine is a witness of its own. Each
// checkpoint that belonged to a sound bundle is kept as it was signed:
//
//	<remember>/<sha256 of the origin>/<size>
//	<remember>/<sha256 of the origin>/contradicts-<size>     what was refused
//
// Two notes that contradict each other, both signed by the log, prove that it showed two histories.
type memory struct {
	heads []proof.Head // as read, ascending by size
}

// maxNote bounds what is read of a file that is kept.
const maxNote = 64 << 10

// ofLog is the folder below dir for the log of the bundle; origins may hold slashes.
func (v *verification) ofLog(dir string) string {
	name := sha256.Sum256([]byte(v.head.Origin))
	return filepath.Join(dir, hex.EncodeToString(name[:]))
}

// recall reads what this machine remembers of the log. It trusts its own files no further than the
// policy that they were signed under.
func (v *verification) recall() error {
	if v.options.Remember == "" {
		return nil
	}
	files, err := os.ReadDir(v.ofLog(v.options.Remember))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read what this machine remembers: %w", err)
	}
	for _, f := range files {
		size, ok := decimal(f.Name())
		if !ok {
			continue
		}
		note, err := readFile(filepath.Join(v.ofLog(v.options.Remember), f.Name()), maxNote)
		if err != nil {
			return fmt.Errorf("read what this machine remembers: %w", err)
		}
		judgement, err := v.policy.Judge(note)
		if err != nil || judgement.Checkpoint.Size != size || judgement.Checkpoint.Origin != v.head.Origin {
			return fmt.Errorf("%s is not the checkpoint that was remembered: %w", f.Name(), errors.Join(err, errMemory))
		}
		v.seen.heads = append(v.seen.heads, judgement.Checkpoint.Head)
	}
	slices.SortFunc(v.seen.heads, func(a, b proof.Head) int { return cmp.Compare(a.Size, b.Size) })
	return nil
}

var errMemory = errors.New("the directory was altered, or the policy changed")

// checkRemembered compares the newest tree with everything this machine has seen.
func (v *verification) checkRemembered(o *Outcome) error {
	if v.options.Remember == "" {
		o.skip(checks.Wording{ZH: "未指定 --remember", EN: "--remember was not given"})
		return nil
	}
	if len(v.seen.heads) == 0 {
		o.skip(checks.Wording{ZH: "本机首次见到此日志；从现在起记住", EN: "this machine sees the log for the first time; from now on it remembers"})
		return nil
	}
	compared := 0
	for _, old := range v.seen.heads {
		err := v.agrees(old)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			o.fail(Example{Text: wordf("与本机以前所见大小为 %[1]d 的检查点矛盾：%[2]v", "contradicts the checkpoint of size %d that this machine saw before: %v", old.Size, err)})
		default:
			compared++
		}
	}
	last := v.seen.heads[len(v.seen.heads)-1]
	o.Detail = wordf("与 %[2]d 个检查点中的 %[1]d 个比较", "compared with %d of %d checkpoints", compared, len(v.seen.heads))
	switch {
	case o.Result == checks.Fail:
		return v.keepContradiction()
	case last.Size > v.head.Size:
		o.warn(Example{Text: wordf("比本机以前所见（大小 %d）更旧", "is older than what this machine has seen, which is of size %d", last.Size)})
	case compared < len(v.seen.heads):
		o.warn(Example{Text: wordf("此包不足以与全部以前所见比较；请以 --since %d 重新索取", "the bundle does not hold what it takes to compare all of them; ask for it with --since %d", last.Size)})
	}
	return nil
}

// agrees compares one remembered tree with the newest. It is an fs.ErrNotExist when the bundle does not
// hold what that takes.
func (v *verification) agrees(old proof.Head) error {
	if old.Size > v.head.Size {
		return fs.ErrNotExist
	}
	for _, one := range v.older {
		if one.err == nil && one.size == old.Size {
			return proof.VerifyConsistency(old, one.judgement.Checkpoint.Head, nil)
		}
	}
	return v.continues(old)
}

// keepContradiction keeps the checkpoint that was refused: beside the remembered one it is the evidence.
func (v *verification) keepContradiction() error {
	name := "contradicts-" + strconv.FormatUint(v.head.Size, 10)
	return writeFile(filepath.Join(v.ofLog(v.options.Remember), name), v.note)
}

// keep remembers a sound bundle: its checkpoint, and its leaves. What the bundle's own policy vouches
// for is not remembered: anybody can make that.
func (v *verification) keep(sound bool) error {
	if !sound || v.options.Policy == nil {
		return nil
	}
	if v.options.Remember != "" {
		path := filepath.Join(v.ofLog(v.options.Remember), strconv.FormatUint(v.head.Size, 10))
		if err := writeFile(path, v.note); err != nil {
			return fmt.Errorf("remember the checkpoint: %w", err)
		}
	}
	if v.options.Leaves != "" {
		return v.keepLeaves()
	}
	return nil
}

// keepLeaves keeps the full entry bundles, which never change, under the names they have in a log.
func (v *verification) keepLeaves() error {
	for _, m := range v.archive.kinds[entryTile] {
		path := v.keptPath(m.tile)
		if _, err := os.Stat(path); err == nil || m.tile.W < proof.TileWidth {
			continue
		}
		data, err := v.archive.bytes(m.tile.Path())
		if err == nil {
			err = writeFile(path, data)
		}
		if err != nil {
			return fmt.Errorf("keep the leaves: %w", err)
		}
	}
	return nil
}

func (v *verification) keptPath(t proof.Tile) string {
	return filepath.Join(v.ofLog(v.options.Leaves), filepath.FromSlash(t.Path()))
}

func (v *verification) keptEntries(t proof.Tile) ([]byte, error) {
	data, err := readFile(v.keptPath(t), maxMember[entryTile])
	if err != nil {
		return nil, fmt.Errorf("%s is neither in the bundle nor among the leaves kept: %w", t.Path(), err)
	}
	v.kept.Add(1)
	return data, nil
}

// readFile reads a file that is at most so long.
func readFile(path string, most uint64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	if err == nil && uint64(len(data)) > most {
		err = fmt.Errorf("%s is longer than %d bytes", path, most)
	}
	return data, err
}

// writeFile writes a whole file, and its folder where there is none: a reader finds all of it or nothing.
func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
