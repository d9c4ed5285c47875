// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

const maxNote = 64 * 1024;
const logKeyType = 0x01;
const witnessKeyType = 0x04;

// validName accepts what may name a log or a key.
const validName = (name) => name !== '' && toUtf8(name).length <= 255 && !/[\p{White_Space}\x00-\x1f+]/u.test(name);

// parseNote takes a signed note apart: the text that is signed, then an empty line, then signatures:
//
//	— <name> <base64 of key id and signature>
//
// It says nothing about whether a signature is right.
function parseNote(bytes) {
  const note = fromUtf8(bytes);
  if (bytes.length > maxNote || /[\x00-\x09\x0b-\x1f]/.test(note)) throw malformed('note');
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n') || note.length === split + 2) throw malformed('note');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > 100) throw malformed('note');
  return { text: note.slice(0, split + 1), signatures: lines.map(signatureLine) };
}

function signatureLine(line) {
  const [dash, name, base64, ...more] = line.split(' ');
  if (dash !== '—' || base64 === undefined || more.length > 0 || !validName(name)) throw malformed('note');
  const bytes = fromBase64(base64);
  if (bytes.length < 5) throw malformed('note');
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

// parseCheckpoint reads the three lines that a log signs: origin, size, root hash; nothing else.
function parseCheckpoint(text) {
  const [origin, size, root, ...end] = text.split('\n');
  if (end.length !== 1 || end[0] !== '' || !validName(origin)) throw malformed('checkpoint');
  return { origin, size: decimal(size), root: hashFrom(root) };
}

// parseVerifier reads <name>+<key id>+<base64 of type and public key>, in which the key id is the
// beginning of SHA-256(name ‖ "\n" ‖ type ‖ public key).
async function parseVerifier(text, type) {
  const [name, id, ...rest] = text.split('+');
  const key = fromBase64(rest.join('+'));
  if (!validName(name) || key.length !== 33 || key[0] !== type) throw malformed('key', { key: text });
  const expected = (await sha256(joined(toUtf8(name + '\n'), key))).subarray(0, 4);
  if (toHex(expected) !== id) throw malformed('key-id', { key: text });
  return { name, id, type, publicKey: key.subarray(1), text };
}

// signatureBy is the first signature line of the key: later ones do not count.
const signatureBy = (note, key) => note.signatures.find((s) => s.name === key.name && s.id === key.id);

// verifyLine checks a signature line by its key. A log signs the text. A witness signs when it saw
// it, too: 8 bytes with the seconds since 1970 stand before its signature.
async function verifyLine(note, line, key) {
  if (key.type === logKeyType) return verifySignature(key.publicKey, toUtf8(note.text), line.signature);
  const seconds = cosignedAt(line);
  if (line.signature.length !== 72 || seconds <= 0n || seconds >= 1n << 63n) return false;
  const message = toUtf8(`cosignature/v1\ntime ${seconds}\n${note.text}`);
  return verifySignature(key.publicKey, message, line.signature.subarray(8));
}

const cosignedAt = (line) => (line.signature.length < 8 ? 0n : BigInt('0x' + toHex(line.signature.subarray(0, 8))));
