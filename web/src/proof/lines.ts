// The lines of the NDJSON feed: {"seq":…,"digest":"sha256:…","event":{…}}. The event's bytes are cut
// out of the line as they are, so that what is hashed is what is stored.
import { bytesOf, hex, Refuted, sha256 } from './bytes';

export interface Line {
  seq: number;
  digest: string;
  body: Uint8Array;
  subject: string;
  caseSeq: number;
  prevDigest: string;
}

const head = /^\{"seq":(\d+),"digest":"(sha256:[0-9a-f]{64})","event":/;

export function parseLine(line: string): Line {
  const found = head.exec(line);
  if (!found || !line.endsWith('}}')) throw new Refuted('a line of the feed is not in its form');
  const text = line.slice(found[0].length, -1);
  const event = JSON.parse(text) as { subject: string; caseseq: number; prevdigest: string };
  return {
    seq: Number(found[1]),
    digest: found[2] ?? '',
    body: bytesOf(text),
    subject: event.subject,
    caseSeq: event.caseseq,
    prevDigest: event.prevdigest,
  };
}

/** Hashes entries again and follows the chain of each case. */
export class Chains {
  private heads = new Map<string, { caseSeq: number; digest: string }>();
  checked = 0;

  async add(line: Line): Promise<Uint8Array> {
    const hash = await sha256(line.body);
    const digest = `sha256:${hex(hash)}`;
    if (digest !== line.digest) throw new Broken(line.seq, `the bytes of #${line.seq} have another digest`);
    const before = this.heads.get(line.subject);
    // A reader of a part of the ledger sees whole cases, so the chain of a case starts with its first.
    const expected = before ?? { caseSeq: 0, digest: '-' };
    if (line.caseSeq !== expected.caseSeq + 1 || line.prevDigest !== expected.digest) {
      throw new Broken(line.seq, `#${line.seq} does not continue its case`);
    }
    this.heads.set(line.subject, { caseSeq: line.caseSeq, digest });
    this.checked++;
    return hash;
  }
}

/** The first entry that does not hold. */
export class Broken extends Error {
  constructor(
    readonly seq: number,
    message: string,
  ) {
    super(message);
  }
}
