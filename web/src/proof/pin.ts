// What a browser pinned when it first saw the ledger, and what it saw last. A checkpoint that does not fit
// is an alarm: the key or the origin changed, or the ledger is not the one that was seen before.
import { base64, fromBase64, Malformed, Refuted } from './bytes';
import { consistencyPath, tilePath, type ReadTile } from './consistency';
import { judge, parsePolicy, type Judgement } from './policy';
import { verifyConsistency } from './tree';

/** Kept in the browser. The pin is set once, by the first look; the head moves on with every look. */
export interface Memory {
  origin: string;
  /** The verifier key of the log, as the policy has it. */
  key: string;
  pinnedAt: string;
  size: number;
  /** Root hash of that size in base64. */
  root: string;
  seenAt: string;
}

export type Alarm = 'origin' | 'key' | 'shrank' | 'fork' | 'signature' | 'withheld';

/** The server answers, and does not hand out what proves that its log continues the one seen before. */
export class Withheld extends Error {
  constructor(
    readonly path: string,
    readonly status: number,
  ) {
    super(`${path}: ${status}`);
  }
}

/** A checkpoint that contradicts what is remembered. */
export class Alarmed extends Error {
  constructor(
    readonly alarm: Alarm,
    readonly before: string,
    readonly now: string,
  ) {
    super(`${alarm}: ${before} → ${now}`);
  }
}

export interface Look {
  checkpoint: Uint8Array;
  policy: string;
  tile: (path: string) => Promise<Uint8Array>;
}

/** Holds the published checkpoint against the memory, and gives what to remember from now on. */
export async function look(at: string, memory: Memory | null, { checkpoint, policy, tile }: Look): Promise<Memory> {
  const key = /^log[ \t]+(\S+)/m.exec(policy)?.[1] ?? '';
  // The key first: under another key every signature of its holder would hold. A key carries the name of
  // the log that it signs for.
  if (memory && memory.key !== key) {
    throw new Alarmed(key.startsWith(`${memory.origin}+`) ? 'key' : 'origin', memory.key, key);
  }
  const { checkpoint: head } = await judged(policy, checkpoint);
  if (memory && memory.origin !== head.origin) throw new Alarmed('origin', memory.origin, head.origin);
  const root = base64(head.root);
  const seen = { size: head.size, root, seenAt: at };
  if (!memory) return { origin: head.origin, key, pinnedAt: at, ...seen };
  if (head.size < memory.size) throw new Alarmed('shrank', `#${memory.size}`, `#${head.size}`);
  const read: ReadTile = (level, n, width) => tile(tilePath(level, n, width));
  const before = { size: memory.size, root: fromBase64(memory.root) };
  try {
    await verifyConsistency(before, head, await consistencyPath(before.size, head.size, read));
  } catch (error) {
    if (error instanceof Withheld) throw new Alarmed('withheld', `#${memory.size}`, `#${head.size} ${error.message}`);
    if (wrong(error)) {
      throw new Alarmed('fork', `#${memory.size} ${memory.root}`, `#${head.size} ${root}`);
    }
    throw error;
  }
  return { ...memory, ...seen };
}

async function judged(policy: string, checkpoint: Uint8Array): Promise<Judgement> {
  try {
    return await judge(await parsePolicy(policy), checkpoint);
  } catch (error) {
    if (wrong(error)) throw new Alarmed('signature', '', error.message);
    throw error;
  }
}

/** What is not in its form proves no more than what is refuted. */
function wrong(error: unknown): error is Error {
  return error instanceof Refuted || error instanceof Malformed;
}
