// The whole verification: leaves against the signed checkpoint, then every stored body against its leaf
// and against the chain of its case. It runs in a worker; what it fetches is given to it.
import { base64, Refuted, same } from './bytes';
import { bundlePath, bundleWidth, recordsOf } from './bundles';
import { parseLeaf } from './leaf';
import { Broken, Chains, parseLine } from './lines';
import { judge, parsePolicy, type Judgement } from './policy';
import { GrowingTree, leafHash } from './tree';

/** What a browser remembers of the last time. */
export interface Remembered {
  origin: string;
  size: number;
  root: string;
  key: string;
}

export interface Progress {
  phase: 'leaves' | 'entries';
  done: number;
  total: number;
}

export interface Verified {
  /** The last sequence that was verified. */
  seq: number;
  entries: number;
  checkpoint?: { origin: string; size: number; root: string; key: string; satisfied: boolean };
  witnesses: { witness: string; time: number }[];
  /** Whether the checkpoint was held against the one remembered. */
  continued: boolean;
}

export interface Source {
  /** null where the server has no checkpoint. */
  checkpoint: () => Promise<Uint8Array | null>;
  policy: () => Promise<string>;
  bundle: (path: string) => Promise<Uint8Array>;
  /** The entries that may be read, in order. */
  lines: () => AsyncIterable<string>;
  total: number;
}

export async function verify(
  source: Source,
  remembered: Remembered | null,
  tell: (progress: Progress) => void,
): Promise<Verified> {
  const signed = await source.checkpoint();
  const policyText = signed ? await source.policy() : '';
  const key = keyLine(policyText);
  if (remembered && remembered.key !== key)
    throw new Refuted(`this browser pinned ${remembered.key}, now it is ${key}`);
  const judgement = signed ? await judge(await parsePolicy(policyText), signed) : null;
  const bodies = judgement ? await verifyLeaves(source, judgement, remembered, tell) : new Map<number, Uint8Array>();
  const chains = new Chains();
  let last = 0;
  for await (const text of source.lines()) {
    const line = parseLine(text);
    if (line.seq <= last) throw new Broken(line.seq, `#${line.seq} comes after #${last}`);
    const hash = await chains.add(line);
    const leaf = bodies.get(line.seq);
    if (leaf && !same(leaf, hash)) throw new Broken(line.seq, `#${line.seq} is not what was sealed`);
    last = line.seq;
    if (chains.checked % 100 === 0) tell({ phase: 'entries', done: line.seq, total: source.total });
  }
  return {
    seq: last,
    entries: chains.checked,
    checkpoint: judgement
      ? { ...judgement.checkpoint, root: base64(judgement.checkpoint.root), key, satisfied: judgement.satisfied }
      : undefined,
    witnesses: judgement?.cosignatures ?? [],
    continued: judgement !== null && remembered !== null,
  };
}

/** Hashes all leaves up to the root, past the root that is remembered; gives the digests of the bodies. */
async function verifyLeaves(
  source: Source,
  judgement: Judgement,
  remembered: Remembered | null,
  tell: (progress: Progress) => void,
): Promise<Map<number, Uint8Array>> {
  const { origin, size, root } = judgement.checkpoint;
  if (remembered && (remembered.origin !== origin || remembered.size > size)) {
    throw new Refuted(
      `this browser saw ${remembered.origin} at size ${remembered.size}, now it is ${origin} at ${size}`,
    );
  }
  const bodies = new Map<number, Uint8Array>();
  const tree = new GrowingTree();
  for (let n = 0; n * bundleWidth < size; n++) {
    const width = Math.min(bundleWidth, size - n * bundleWidth);
    for (const record of recordsOf(await source.bundle(bundlePath(n, width)))) {
      const leaf = parseLeaf(record);
      if (leaf.seq !== tree.size + 1) throw new Broken(tree.size + 1, `leaf ${tree.size} says it is #${leaf.seq}`);
      bodies.set(leaf.seq, leaf.body);
      await tree.append(await leafHash(record));
      if (remembered?.size === tree.size && base64(await tree.root()) !== remembered.root) {
        throw new Refuted(`the first ${remembered.size} entries are not those that this browser saw before`);
      }
    }
    tell({ phase: 'leaves', done: tree.size, total: size });
  }
  if (tree.size !== size || !same(await tree.root(), root)) {
    throw new Refuted(`the leaves do not have the root of the checkpoint at size ${size}`);
  }
  return bodies;
}

/** The key that the log signs with, to notice when it changes. */
function keyLine(policy: string): string {
  return /^log\s+(\S+)/m.exec(policy)?.[1] ?? '';
}
