package proof

import (
	"bytes"
	"fmt"

	format "github.com/transparency-dev/formats/proof"
)

const (
	maxExtra     = 4 << 10
	maxTlogProof = maxNote + 2*maxExtra + 64*maxPath
)

// A TlogProof proves without a connection that a leaf is in the log: where it stands, the path to
// the root, and the checkpoint with the signatures of the log and of witnesses. Whether these are
// enough is for a Policy to say.
type TlogProof struct {
	Extra      []byte // not authenticated by anything; nil when there is none
	Index      uint64
	Path       []Hash
	Checkpoint []byte // signed, byte for byte
}

// Text is the content of a .tlog-proof file (C2SP tlog-proof):
//
//	c2sp.org/tlog-proof@v1
//	extra <base64>                       (only when there is extra data)
//	index 1
//	gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
//
//	ledger.example.org/2026
//	2
//	sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
//
//	— ledger.example.org/2026 hI2DJw…
//	— witness.example/w1 mJirIklj…
//
// One line a hash, from the sibling of the leaf upwards, then an empty line and the signed checkpoint.
func (p TlogProof) Text() ([]byte, error) {
	checkpoint, err := unverified(p.Checkpoint)
	if err != nil {
		return nil, err
	}
	if p.Index >= checkpoint.Size || len(p.Path) > maxPath || len(p.Extra) > maxExtra {
		return nil, fmt.Errorf("%w tlog-proof: leaf %d of %d with %d hashes", ErrMalformed, p.Index, checkpoint.Size, len(p.Path))
	}
	written := format.TLogProof{Index: p.Index, Checkpoint: p.Checkpoint, ExtraData: p.Extra}
	for _, h := range p.Path {
		written.Hashes = append(written.Hashes, h)
	}
	return written.Marshal(), nil
}

// ParseTlogProof accepts exactly what Text writes.
func ParseTlogProof(text []byte) (TlogProof, error) {
	if len(text) > maxTlogProof {
		return TlogProof{}, fmt.Errorf("%w tlog-proof: longer than %d", ErrMalformed, maxTlogProof)
	}
	var read format.TLogProof
	if err := read.Unmarshal(text); err != nil {
		return TlogProof{}, fmt.Errorf("%w tlog-proof: %w", ErrMalformed, err)
	}
	p := TlogProof{Extra: read.ExtraData, Index: read.Index, Checkpoint: read.Checkpoint}
	for _, h := range read.Hashes {
		p.Path = append(p.Path, h)
	}
	written, err := p.Text()
	if err != nil {
		return TlogProof{}, err
	}
	if !bytes.Equal(written, text) {
		return TlogProof{}, fmt.Errorf("%w tlog-proof: it would be written differently", ErrMalformed)
	}
	return p, nil
}

// Verify checks that the leaf with this hash is in a tree that a log of the policy signed, and
// returns what the policy says of its witnesses. The caller asks the answer whether the quorum is met.
func (p TlogProof) Verify(leaf Hash, policy *Policy) (Judgement, error) {
	judgement, err := policy.Judge(p.Checkpoint)
	if err != nil {
		return Judgement{}, err
	}
	if err := VerifyInclusion(judgement.Checkpoint.Head, p.Index, leaf, p.Path); err != nil {
		return Judgement{}, err
	}
	return judgement, nil
}
