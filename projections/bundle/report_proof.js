// Leaves, and the proof that one is in the tree (RFC 6962, C2SP tlog-proof).

// leafRecord writes what the tree says about an event: seven lines, content-free.
//
//	starledger-leaf/v1
//	seq 3
//	time 2026-11-01T02:02:00.000000Z
//	case 9CDKyfRFP2NBs-hI_4gtn412lm_cuMpHjwsYsIloukI
//	caseseq 2
//	prev 88zmP9xTn7IqvY91r2Y7qNaaewKE0EYnamIWFHdl5UU=
//	body sha256:9deb03778ce6ca46060ad6ed605491ca185d89d8979eca334e11c55ac60e11d8
//
// prev is the leaf hash of the previous event of the case, absent (-) exactly for its first.
function leafRecord({ seq, time, caseHash, caseSeq, prev, body }) {
  if (seq < 1n || seq > maxSize || caseSeq < 1n || caseSeq > seq) throw malformed('leaf-number');
  if ((caseSeq === 1n) !== (prev === undefined) || prev?.every((byte) => byte === 0)) throw malformed('leaf-previous');
  if (caseHash.length !== 32 || body.length !== 32) throw malformed('not-a-hash');
  if (!isInstant(time)) throw malformed('leaf-time');
  const before = prev === undefined ? '-' : toBase64(prev);
  return `starledger-leaf/v1\nseq ${seq}\ntime ${time}\ncase ${toBase64url(caseHash)}\ncaseseq ${caseSeq}\nprev ${before}\nbody sha256:${toHex(body)}\n`;
}

// isInstant accepts UTC with six decimals. What is no day, such as 30 February, becomes another one.
function isInstant(text) {
  if (!/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text)) return false;
  const read = new Date(text.slice(0, 23) + 'Z');
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 23) === text.slice(0, 23);
}

// caseCommitment is how a case is called in its leaves: whoever does not hold the salt of its first
// event cannot even try out case ids.
const caseCommitment = (salt, id) => sha256(joined(toUtf8('starledger-case/v1\0'), salt, toUtf8('\0' + id)));

// RFC 6962, 2.1: leaves and nodes are hashed with different first bytes, so that neither passes for the other.
const leafHash = (record) => sha256(joined([0], toUtf8(record)));
const nodeHash = (left, right) => sha256(joined([1], left, right));

// parseTlogProof reads a .tlog-proof file: a header, the index, the hashes from the sibling of the
// leaf upwards, an empty line, the signed checkpoint. Extra data is not authenticated and not used.
function parseTlogProof(bytes) {
  const text = fromUtf8(bytes);
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(split, 0)).split('\n');
  if (bytes.length > maxProof || split < 0 || lines.shift() !== 'c2sp.org/tlog-proof@v1') throw malformed('proof');
  if (lines[0]?.startsWith('extra ') && fromBase64(lines.shift().slice('extra '.length)).length > 4096) throw malformed('proof');
  const [, index] = /^index (.*)$/.exec(lines.shift() ?? '') ?? [];
  if (lines.length > 63) throw malformed('proof');
  const proof = { index: decimal(index), path: lines.map(hashFrom), checkpoint: toUtf8(text.slice(split + 2)) };
  const { size } = parseCheckpoint(parseNote(proof.checkpoint).text);
  if (proof.index >= size) throw malformed('proof');
  return proof;
}

const maxProof = maxNote + 2 * 4096 + 64 * 63;

// climb hashes a leaf up to the root that its path leads to (RFC 9162, 2.1.3.2), step by step, so
// that every step can be shown. It throws when the path is longer or shorter than the tree is high.
async function climb(index, size, leaf, path) {
  let [at, last, hash] = [index, size - 1n, leaf];
  const steps = [];
  for (const sibling of path) {
    if (last === 0n) throw refuted('path-length');
    const siblingIsLeft = (at & 1n) === 1n || at === last;
    hash = siblingIsLeft ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
    steps.push({ sibling, siblingIsLeft, hash });
    while (siblingIsLeft && (at & 1n) === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    [at, last] = [at >> 1n, last >> 1n];
  }
  if (last !== 0n) throw refuted('path-length');
  return { root: hash, steps };
}
