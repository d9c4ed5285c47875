package bundle

import (
	"bytes"
	"errors"
	"io/fs"

	"starledger/events/checks"
	"starledger/events/proof"
)

func (v *verification) checkArchive(o *Outcome) error {
	a, err := openArchive(v.path, v.progress)
	switch {
	case errors.Is(err, errUnsafe):
		o.fail(Example{Text: because(err)})
		return nil
	case err != nil:
		return err
	}
	v.archive = a
	o.Detail = wordf("%d 个成员", "%d members", len(a.names))
	return nil
}

func (v *verification) checkPolicy(o *Outcome) error {
	text, err := v.archive.bytes(namePolicy)
	if err != nil {
		return err
	}
	if v.policy != nil {
		if !bytes.Equal(text, v.options.Policy) {
			o.warn(in(namePolicy, checks.Wording{ZH: "与您的策略不同；仅供显示，以您的策略为准", EN: "differs from your policy; it is for display, yours decides"}))
		}
		return nil
	}
	if v.policy, err = proof.ParsePolicy(text); err != nil {
		o.fail(in(namePolicy, because(err)))
		return nil
	}
	o.warn(in(namePolicy, checks.Wording{
		ZH: "未提供您自己的策略：所信任的密钥来自被核验的包本身，不能证明是谁签的名；请用 --policy",
		EN: "no policy of your own: the keys come from the bundle itself and prove nothing about who signed; give --policy",
	}))
	return nil
}

func (v *verification) checkCheckpoint(o *Outcome) error {
	var err error
	if v.note, err = v.archive.bytes(nameCheckpoint); err != nil {
		return err
	}
	judgement, err := v.policy.Judge(v.note)
	if err != nil {
		o.fail(in(nameCheckpoint, because(err)))
		return nil
	}
	v.head, v.quorumAt = judgement.Checkpoint, judgement.Time
	if v.head.Size == 0 {
		o.fail(in(nameCheckpoint, checks.Wording{ZH: "树是空的", EN: "the tree is empty"}))
		return nil
	}
	if !judgement.Satisfied {
		o.fail(in(nameCheckpoint, wordf("见证签名 %d 个，未达到策略要求的法定数", "%d cosignatures are not the quorum that the policy asks for", len(judgement.Cosignatures))))
		return nil
	}
	o.Detail = wordf("%s，%d 片叶子，%d 个见证", "%s, %d leaves, %d witnesses", v.head.Origin, v.head.Size, len(judgement.Cosignatures))
	return nil
}

// An older is a checkpoint before the newest one, as it stands in the bundle.
type older struct {
	size      uint64
	judgement proof.Judgement
	err       error // why it was refused
}

// readOlder judges the signatures of the older checkpoints.
func (v *verification) readOlder() error {
	for _, m := range v.archive.kinds[checkpoint] {
		note, err := v.archive.bytes(checkpointName(m.number))
		if err != nil {
			return err
		}
		one := older{size: m.number}
		one.judgement, one.err = v.policy.Judge(note)
		v.older = append(v.older, one)
	}
	return nil
}

// checkHistory: every older checkpoint is the beginning of the newest tree.
func (v *verification) checkHistory(o *Outcome) error {
	unwitnessed := 0
	for _, one := range v.older {
		name, c := checkpointName(one.size), one.judgement.Checkpoint
		switch {
		case one.err != nil:
			o.fail(in(name, because(one.err)))
			continue
		case c.Size != one.size || c.Origin != v.head.Origin || c.Size > v.head.Size:
			o.fail(in(name, wordf("是 %s 大小为 %d 的检查点", "is the checkpoint of %s at size %d", c.Origin, c.Size)))
			continue
		}
		if err := v.continues(c.Head); errors.Is(err, fs.ErrNotExist) {
			o.fail(in(name, checks.Wording{ZH: "缺少证明其一致性的哈希", EN: "the hashes that prove it consistent are missing"}))
		} else if err != nil {
			o.fail(in(name, because(err)))
		}
		if !one.judgement.Satisfied {
			unwitnessed++
		}
	}
	o.Detail = wordf("%d 个较早的检查点", "%d older checkpoints", len(v.older))
	if unwitnessed > 0 {
		o.warn(Example{Text: wordf("%d 个未达到您的法定数，不用于界定时间", "%d lack the quorum of your policy and bound no time", unwitnessed)})
	}
	return nil
}

// continues checks that the newest tree begins with the older one: by its leaves where they are at
// hand, otherwise by the hash tiles in the bundle, which are proven against the newest root. It is an
// fs.ErrNotExist when neither is there.
func (v *verification) continues(old proof.Head) error {
	if root, ok := v.roots[old.Size]; ok {
		return proof.VerifyConsistency(old, proof.Head{Size: old.Size, Root: root}, nil)
	}
	path, err := proof.Consistency(v.head.Head, old.Size, v.hashTile)
	if err != nil {
		return err
	}
	return proof.VerifyConsistency(old, v.head.Head, path)
}

// hashTile reads a tile of a client's bundle.
func (v *verification) hashTile(t proof.Tile) ([]byte, error) {
	if !v.archive.has(t.Path()) {
		return nil, fs.ErrNotExist
	}
	return v.archive.bytes(t.Path())
}
