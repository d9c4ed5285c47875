// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature), read as strictly
// as events/proof reads them.
import { bytesOf, concat, fromBase64, hashFromBase64, Malformed, Refuted, same, sha256, textOf } from './bytes';
import type { Head } from './tree';

export interface Key {
  name: string;
  id: Uint8Array;
  /** 1: a log's Ed25519 key. 4: a witness's, whose signatures carry a time. */
  type: 1 | 4;
  public: Uint8Array;
}

export interface Checkpoint extends Head {
  origin: string;
}

export interface Signature {
  key: Key;
  /** When a witness signed, in seconds since 1970; 0 for a log. */
  time: number;
}

const maxNote = 64 << 10;
const maxSize = 1n << 60n;

/** Reads a verifier key: name+hash+base64(type ‖ public key). */
export async function parseKey(text: string): Promise<Key> {
  const [name = '', id = '', ...rest] = text.split('+');
  const encoded = rest.join('+');
  const raw = fromBase64(encoded);
  const type = raw[0];
  if (!validName(name) || !/^[0-9a-f]{8}$/.test(id) || raw.length !== 33 || (type !== 1 && type !== 4)) {
    throw new Malformed(`key ${text.slice(0, 60)}`);
  }
  const expected = (await sha256(concat(bytesOf(name + '\n'), raw))).slice(0, 4);
  const given = Uint8Array.from(id.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  if (!same(given, expected)) throw new Malformed(`key ${name}: its hash does not fit`);
  return { name, id: given, type, public: raw.slice(1) };
}

function validName(name: string): boolean {
  const length = bytesOf(name).length;
  return length > 0 && length <= 255 && !/[\s\u0000-\u001f\u0085+]/.test(name);
}

interface Note {
  text: string;
  lines: { name: string; raw: Uint8Array }[];
}

/** Takes a note apart: the text, an empty line, signature lines. */
export function splitNote(signed: Uint8Array): Note {
  if (signed.length > maxNote) throw new Malformed('a note that is too long');
  const whole = textOf(signed);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new Malformed('a note with control characters');
  const cut = whole.lastIndexOf('\n\n');
  if (cut < 0 || !whole.endsWith('\n') || cut + 2 >= whole.length) throw new Malformed('a note without signatures');
  const lines = whole.slice(cut + 2, -1).split('\n');
  if (lines.length > 100) throw new Malformed('a note with more than 100 signatures');
  return { text: whole.slice(0, cut + 1), lines: lines.map(signatureLine) };
}

function signatureLine(line: string): { name: string; raw: Uint8Array } {
  const found = /^— (\S+) (\S+)$/u.exec(line);
  const [, name = '', encoded = ''] = found ?? [];
  if (!found || !validName(name)) throw new Malformed('a signature line');
  const raw = fromBase64(encoded);
  if (raw.length < 5) throw new Malformed('a short signature');
  return { name, raw };
}

/** Reads the body of a checkpoint: origin, size, root, and nothing else. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', last, ...more] = text.split('\n');
  if (last !== '' || more.length > 0 || !validName(origin) || !/^(0|[1-9]\d*)$/.test(size)) {
    throw new Malformed('checkpoint: not in the form');
  }
  if (BigInt(size) > maxSize) throw new Malformed('checkpoint: a size beyond any tree');
  return { origin, size: Number(size), root: hashFromBase64(root) };
}

/** Every signature by one of the keys; one that is wrong condemns the whole note. */
export async function openNote(signed: Uint8Array, keys: Key[]): Promise<{ text: string; signatures: Signature[] }> {
  const note = splitNote(signed);
  const signatures: Signature[] = [];
  for (const line of note.lines) {
    const key = keys.find((k) => k.name === line.name && same(k.id, line.raw.slice(0, 4)));
    if (!key || signatures.some((s) => s.key === key)) continue;
    signatures.push({ key, time: await verified(key, note.text, line.raw.slice(4)) });
  }
  return { text: note.text, signatures };
}

async function verified(key: Key, text: string, signature: Uint8Array): Promise<number> {
  const wrong = new Refuted(`the signature of ${key.name} does not hold`);
  if (key.type === 1) {
    if (signature.length !== 64 || !(await holds(key, bytesOf(text), signature))) throw wrong;
    return 0;
  }
  if (signature.length !== 72) throw wrong;
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`);
  if (seconds <= 0n || seconds >= 1n << 63n || !(await holds(key, message, signature.slice(8)))) throw wrong;
  return Number(seconds);
}

async function holds(key: Key, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const imported = await crypto.subtle.importKey('raw', key.public as BufferSource, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature as BufferSource, message as BufferSource);
}
