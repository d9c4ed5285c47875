package bundle

import (
	"encoding/hex"
	"fmt"
	"path"
	"strconv"
	"strings"

	"starledger/events"
	"starledger/events/proof"
)

// A kind is what a member of the archive is. The members stand in the order of the kinds, and within
// a kind in that of their numbers or names:
//
//	README.zh.md, README.en.md      how to check by hand
//	policy.txt                      the ledger's own, for display
//	checkpoint                      as published, with cosignatures
//	checkpoints/<size>              those beside the events of the case: they bound its times
//	tile/entries/<N>[.p/<W>]        assessor: the leaves of the whole log
//	tile/<L>/<N>[.p/<W>]            client: hashes that tie the older checkpoints to the newest
//	events/<seq>.json               the stored bytes
//	proofs/<seq>.tlog-proof         one for each event
//	schemas/<type>.json             JSON Schemas of the events' types
//	schemes/<sha256>.json           scheme documents in the canonical form that the digest is of
//	attachments/<sha256>            evidence
//	expected/score.json             claims; a verifier recomputes them
//	report.html                     to read, and to verify in a browser
//
// What may change: nothing in the meaning of a name. Another kind of member is another format, since
// a verifier refuses what it does not know.
type kind int

const (
	readmeZH kind = iota
	readmeEN
	policyText
	published
	checkpoint
	entryTile
	hashTile
	event
	inclusion
	schema
	scheme
	attachment
	expected
	report
	kinds // how many there are
)

const (
	nameReadmeZH   = "README.zh.md"
	nameReadmeEN   = "README.en.md"
	namePolicy     = "policy.txt"
	nameCheckpoint = "checkpoint"
	nameExpected   = "expected/score.json"
	nameReport     = "report.html"
)

// single are the kinds of which there is exactly one member.
var single = map[string]kind{
	nameReadmeZH: readmeZH, nameReadmeEN: readmeEN, namePolicy: policyText, nameCheckpoint: published,
	nameExpected: expected, nameReport: report,
}

// maxMember bounds the bytes of a member by its kind, so that whatever is read whole is small.
var maxMember = [kinds]uint64{
	readmeZH: 64 << 10, readmeEN: 64 << 10, policyText: 64 << 10, published: 64 << 10, checkpoint: 64 << 10,
	entryTile: 128 << 10, hashTile: 8 << 10, event: events.MaxBody, inclusion: 128 << 10,
	schema: 1 << 20, scheme: 1 << 20, attachment: 32 << 20, expected: 16 << 20, report: 1 << 30,
}

// The bounds on all members of a kind together.
const (
	// maxEvents is far beyond the longest certification: it has some hundreds. Replaying takes more than
	// proportional time.
	maxEvents = 10_000
	// maxBodies is what the bodies of all events may take; they are held in memory.
	maxBodies = 64 << 20
	// maxCheckpoints is two for each event: the last before it and the first with it.
	maxCheckpoints = 2 * maxEvents
	// maxHashTiles bounds the tiles of a client's bundle.
	maxHashTiles = 8 * maxEvents
	maxSchemas   = 1_000
	// maxSchemes is how many versions of schemes the audits of a case may be pinned to. All are held in
	// memory.
	maxSchemes = 64
)

var maxCount = [kinds]int{
	readmeZH: 1, readmeEN: 1, policyText: 1, published: 1, checkpoint: maxCheckpoints, entryTile: maxMembers,
	hashTile: maxHashTiles, event: maxEvents, inclusion: maxEvents, schema: maxSchemas, scheme: maxSchemes,
	attachment: maxEvents, expected: 1, report: 1,
}

// A member is a parsed name. Number is the sequence of an event or proof, or the size of a checkpoint.
type member struct {
	kind   kind
	number uint64
	tile   proof.Tile
	text   string // type of a schema, digest of a scheme or attachment
}

func checkpointName(size uint64) string   { return "checkpoints/" + strconv.FormatUint(size, 10) }
func eventName(seq uint64) string         { return fmt.Sprintf("events/%d.json", seq) }
func proofName(seq uint64) string         { return fmt.Sprintf("proofs/%d.tlog-proof", seq) }
func schemaName(t events.Type) string     { return "schemas/" + string(t) + ".json" }
func schemeName(d events.Digest) string   { return "schemes/" + hexOf(d) + ".json" }
func attachedName(d events.Digest) string { return "attachments/" + hexOf(d) }

func hexOf(d events.Digest) string { return strings.TrimPrefix(string(d), "sha256:") }

// parseMember accepts exactly the names that are written.
func parseMember(name string) (member, bool) {
	if k, ok := single[name]; ok {
		return member{kind: k}, true
	}
	folder, base := path.Split(name)
	switch {
	case folder == "checkpoints/":
		size, ok := decimal(base)
		return member{kind: checkpoint, number: size}, ok
	case strings.HasPrefix(name, "tile/"):
		t, err := proof.ParseTilePath(name)
		if t.L == proof.Entries {
			return member{kind: entryTile, tile: t}, err == nil
		}
		return member{kind: hashTile, tile: t}, err == nil
	case folder == "events/":
		return numbered(event, base, ".json")
	case folder == "proofs/":
		return numbered(inclusion, base, ".tlog-proof")
	case folder == "schemas/":
		name, ok := strings.CutSuffix(base, ".json")
		return member{kind: schema, text: name}, ok && new(events.Type).UnmarshalText([]byte(name)) == nil
	case folder == "schemes/":
		name, ok := strings.CutSuffix(base, ".json")
		return member{kind: scheme, text: name}, ok && isDigest(name)
	case folder == "attachments/":
		return member{kind: attachment, text: base}, isDigest(base)
	}
	return member{}, false
}

func numbered(k kind, base, suffix string) (member, bool) {
	digits, cut := strings.CutSuffix(base, suffix)
	seq, ok := decimal(digits)
	return member{kind: k, number: seq}, cut && ok && seq > 0
}

// decimal reads a number without leading zeros, within the sizes of a tree.
func decimal(text string) (uint64, bool) {
	n, err := strconv.ParseUint(text, 10, 64)
	return n, err == nil && n <= proof.MaxSize && strconv.FormatUint(n, 10) == text
}

func isDigest(text string) bool {
	raw, err := hex.DecodeString(text)
	return err == nil && len(raw) == 32 && strings.ToLower(text) == text
}

// before tells whether m stands before n in the archive; of two that are alike neither does.
func (m member) before(n member) bool {
	switch {
	case m.kind != n.kind:
		return m.kind < n.kind
	case m.number != n.number:
		return m.number < n.number
	case m.tile.L != n.tile.L:
		return m.tile.L < n.tile.L
	case m.tile.N != n.tile.N:
		return m.tile.N < n.tile.N
	case m.tile.W != n.tile.W:
		return m.tile.W < n.tile.W
	}
	return m.text < n.text
}
