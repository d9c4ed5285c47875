package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"starledger/events/proof"
)

const (
	// maxProofLines is what C2SP allows.
	maxProofLines = 63
	// maxRequest bounds an add-checkpoint request: the proof, and a checkpoint with many cosignatures.
	maxRequest = 64 << 10
)

var errRequest = errors.New("not an add-checkpoint request")

// A request asks a witness for its cosignature.
type request struct {
	old  uint64 // the size the witness is thought to know
	path []proof.Hash
	note []byte // the signed checkpoint
}

// text is the body of the request (C2SP tlog-witness):
//
//	old 20852014
//	PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
//	jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
//
//	example.com/behind-the-sofa
//	20852163
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//
//	— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1My…
//
// The old size in decimal, at most 63 hashes of the consistency proof, an empty line, the note.
func (r request) text() []byte {
	text := fmt.Appendf(nil, "old %d\n", r.old)
	for _, h := range r.path {
		text = base64.StdEncoding.AppendEncode(text, h[:])
		text = append(text, '\n')
	}
	text = append(text, '\n')
	return append(text, r.note...)
}

// parseRequest accepts exactly what text writes; the note is not looked into.
func parseRequest(text []byte) (request, error) {
	head, note, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(text) > maxRequest || len(lines) > 1+maxProofLines {
		return request{}, errRequest
	}
	r := request{note: note}
	var err error
	if r.old, err = strconv.ParseUint(strings.TrimPrefix(lines[0], "old "), 10, 64); err != nil {
		return request{}, fmt.Errorf("%w: old size", errRequest)
	}
	for _, line := range lines[1:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(hash) != len(proof.Hash{}) {
			return request{}, fmt.Errorf("%w: a line of the proof is not a hash", errRequest)
		}
		r.path = append(r.path, proof.Hash(hash))
	}
	if !bytes.Equal(r.text(), text) {
		return request{}, fmt.Errorf("%w: it would be written differently", errRequest)
	}
	return r, nil
}
