// The leaf of an event: seven lines of ASCII that give nothing of the event away (events/proof/leaf.go,
// whose comment is the format).
import { base64, bytesOf, concat, fromBase64, fromBase64Url, hex, Malformed, sha256, textOf, type Hash } from './bytes';

export interface Leaf {
  seq: number;
  time: string;
  case: Hash;
  caseSeq: number;
  /** Leaf hash of the previous event of the case; null for its first. */
  prev: Hash | null;
  /** SHA-256 of the stored bytes of the event. */
  body: Hash;
}

const form =
  /^starledger-leaf\/v1\nseq ([1-9]\d*)\ntime (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\ncase ([\w-]{43})\ncaseseq ([1-9]\d*)\nprev (-|[\w+/]{43}=)\nbody sha256:([0-9a-f]{64})\n$/;
const maxSize = 1n << 60n;

/** Reads a record; it accepts what the log writes and nothing else. */
export function parseLeaf(record: Uint8Array): Leaf {
  const found = form.exec(textOf(record));
  if (!found) throw new Malformed('leaf: not in the form');
  const [, seq = '', time = '', kase = '', caseSeq = '', prev = '', body = ''] = found;
  const commitment = fromBase64Url(kase);
  const before = prev === '-' ? null : fromBase64(prev);
  if (BigInt(seq) > maxSize || BigInt(caseSeq) > BigInt(seq)) throw new Malformed('leaf: caseseq beyond seq');
  if ((caseSeq === '1') !== (before === null)) throw new Malformed('leaf: only the first of a case has no previous');
  if (before && before.every((byte) => byte === 0)) throw new Malformed('leaf: an empty previous hash');
  if (!isInstant(time)) throw new Malformed('leaf: not a time');
  return { seq: Number(seq), time, case: commitment, caseSeq: Number(caseSeq), prev: before, body: fromHex(body) };
}

/** Whether the digits are a moment that exists: no 30 February, no hour 24, no year 0. */
function isInstant(text: string): boolean {
  const seconds = text.slice(0, 19);
  const at = new Date(`${seconds}Z`);
  return text >= '0001' && !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === seconds;
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function leafRecord(leaf: Leaf): Uint8Array {
  const url = base64(leaf.case).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const prev = leaf.prev ? base64(leaf.prev) : '-';
  return bytesOf(
    `starledger-leaf/v1\nseq ${leaf.seq}\ntime ${leaf.time}\ncase ${url}\ncaseseq ${leaf.caseSeq}\nprev ${prev}\nbody sha256:${hex(leaf.body)}\n`,
  );
}

/** How a case is called in its leaves: SHA-256("starledger-case/v1\0" ‖ salt ‖ "\0" ‖ case id). */
export function caseCommitment(salt: Uint8Array, caseId: string): Promise<Hash> {
  return sha256(concat(bytesOf('starledger-case/v1\0'), salt, bytesOf('\0'), bytesOf(caseId)));
}
