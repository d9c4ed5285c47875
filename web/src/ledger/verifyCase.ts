import { bundlePath, bundleWidth, recordsOf } from '../proof/bundles';
import { Refuted, same, sha256 } from '../proof/bytes';
import { parseLeaf } from '../proof/leaf';
import { leafHash } from '../proof/tree';

/** The signed checkpoint that an entry is proved to be in. */
export interface Anchor {
  index: number;
  size: number;
  /** Verifies the path from the leaf to the checkpoint, and the signatures of the checkpoint. */
  prove: (leaf: Uint8Array) => Promise<unknown>;
}

/** Where what is verified is read from. */
export interface CaseReads {
  anchor: (seq: number) => Promise<Anchor>;
  /** A file of the log by its path. */
  log: (path: string) => Promise<Uint8Array>;
  event: (seq: number) => Promise<Uint8Array>;
}

/** An entry that is not what the sealed tree holds. */
export class CaseRefuted extends Error {
  constructor(
    readonly seq: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Verifies all entries of a case, given in their order: the last by its path to the signed checkpoint, each
 * before it by the hash that its successor names. The count of each leaf says that none was left out. */
export async function verifyCase(
  seqs: number[],
  read: CaseReads,
  told: (done: number) => void,
): Promise<{ count: number; size: number }> {
  const last = seqs.at(-1);
  if (last === undefined) throw new CaseRefuted(0, 'the case has no entries');
  const anchor = await read.anchor(last);
  const leaves = leavesIn(anchor.size, read.log);
  let expected: Uint8Array | null = null;
  for (let i = seqs.length - 1; i >= 0; i--) {
    const seq = seqs[i] as number;
    const [record, event] = await Promise.all([leaves(seq), read.event(seq)]);
    try {
      const hash = await leafHash(record);
      if (expected === null) {
        if (anchor.index !== seq - 1) throw new Refuted(`the proof is about #${anchor.index + 1}`);
        await anchor.prove(hash);
      } else if (!same(hash, expected)) throw new Refuted('its successor names another entry');
      const leaf = parseLeaf(record);
      if (leaf.seq !== seq || leaf.caseSeq !== i + 1)
        throw new Refuted(`the leaf is of entry ${leaf.caseSeq} of its case`);
      if (!same(leaf.body, await sha256(event))) throw new Refuted('the leaf is of other bytes');
      expected = leaf.prev;
    } catch (error) {
      throw new CaseRefuted(seq, error);
    }
    told(seqs.length - i);
  }
  return { count: seqs.length, size: anchor.size };
}

/** The leaf records of a tree of this size; a bundle that was read holds its neighbours, too. */
function leavesIn(size: number, log: CaseReads['log']): (seq: number) => Promise<Uint8Array> {
  const bundles = new Map<number, Promise<Uint8Array[]>>();
  return async (seq) => {
    const n = Math.floor((seq - 1) / bundleWidth);
    const found = bundles.get(n) ?? log(bundlePath(n, Math.min(bundleWidth, size - n * bundleWidth))).then(recordsOf);
    bundles.set(n, found);
    const record = (await found)[(seq - 1) % bundleWidth];
    if (!record) throw new CaseRefuted(seq, 'its bundle does not hold the leaf');
    return record;
  };
}
