import { describe, expect, it } from 'vitest';
import { base64, bytesOf, fromBase64, hex, Malformed, Refuted, sha256 } from '../../src/proof/bytes';
import { caseCommitment, leafRecord, parseLeaf } from '../../src/proof/leaf';
import { parseCheckpoint } from '../../src/proof/note';
import { judge, parsePolicy } from '../../src/proof/policy';
import { parseTlogProof, verifyTlogProof } from '../../src/proof/tlogproof';
import { GrowingTree, leafHash, verifyConsistency, verifyInclusion } from '../../src/proof/tree';
import { vectors } from './vectors';

const bytesOfHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** What became of it, in the words of the vectors. */
async function outcome(run: () => Promise<boolean>): Promise<string> {
  try {
    return (await run()) ? 'satisfied' : 'unsatisfied';
  } catch (error) {
    if (error instanceof Malformed) return 'malformed';
    if (error instanceof Refuted) return 'refuted';
    throw error;
  }
}

interface Trees {
  leaves: string[];
  roots: string[];
  inclusion: { size: number; index: number; path: string[] }[];
  consistency: { old: number; size: number; path: string[] }[];
}

describe('the tree', () => {
  const tree = vectors<Trees>('tree');
  const leaves = () => Promise.all(tree.leaves.map((leaf) => leafHash(bytesOfHex(leaf))));
  const head = (size: number) => ({ size, root: fromBase64(tree.roots[size] ?? '') });

  it('has the root of the vectors at every size', async () => {
    const growing = new GrowingTree();
    expect(base64(await growing.root())).toBe(tree.roots[0]);
    for (const [i, leaf] of (await leaves()).entries()) {
      await growing.append(leaf);
      expect(base64(await growing.root())).toBe(tree.roots[i + 1]);
    }
  });

  it('accepts every inclusion of the vectors, and none with a hash altered, missing or added', async () => {
    const hashes = await leaves();
    for (const { size, index, path } of tree.inclusion) {
      const leaf = hashes[index]!;
      const given = path.map(fromBase64);
      await verifyInclusion(head(size), index, leaf, given);
      await expect(verifyInclusion(head(size), index, leaf, [...given, leaf])).rejects.toThrow(Refuted);
      await expect(verifyInclusion(head(size), index, await sha256(leaf), given)).rejects.toThrow(Refuted);
      if (given.length > 0) {
        await expect(verifyInclusion(head(size), index, leaf, given.slice(1))).rejects.toThrow(Refuted);
        const altered = [await sha256(given[0]!), ...given.slice(1)];
        await expect(verifyInclusion(head(size), index, leaf, altered)).rejects.toThrow(Refuted);
      }
    }
  });

  it('accepts every consistency of the vectors, and none with another root', async () => {
    for (const { old, size, path } of tree.consistency) {
      const given = path.map(fromBase64);
      await verifyConsistency(head(old), head(size), given);
      const forked = { size: old, root: await sha256(head(old).root) };
      await expect(verifyConsistency(forked, head(size), given)).rejects.toThrow(Refuted);
      await expect(verifyConsistency(head(old), head(size), [...given, head(1).root])).rejects.toThrow(Refuted);
    }
    await expect(verifyConsistency(head(3), head(2), [])).rejects.toThrow(Malformed);
  });
});

interface Leaves {
  salt: string;
  case: string;
  commitment: string;
  accept: { name: string; record: string; hash: string }[];
  reject: { name: string; record: string }[];
}

describe('the leaf', () => {
  const leaf = vectors<Leaves>('leaf');
  it.each(leaf.accept)('accepts: $name', async ({ record, hash }) => {
    const parsed = parseLeaf(bytesOf(record));
    expect(base64(await leafHash(bytesOf(record)))).toBe(hash);
    // The longest leaf has numbers beyond 2^53, which a browser cannot count to.
    if (Number.isSafeInteger(parsed.seq)) expect(new TextDecoder().decode(leafRecord(parsed))).toBe(record);
  });
  it.each(leaf.reject)('refuses: $name', ({ record }) => {
    expect(() => parseLeaf(bytesOf(record))).toThrow(Malformed);
  });
  it('calls a case as the vectors do', async () => {
    const name = await caseCommitment(bytesOfHex(leaf.salt), leaf.case);
    expect(hex(name)).toBe(hex(fromBase64(leaf.commitment.replaceAll('-', '+').replaceAll('_', '/') + '=')));
  });
});

interface Judged {
  judged: {
    name: string;
    note: string;
    policy: string;
    outcome: string;
    cosigned: { witness: string; time: number }[];
    time: number;
  }[];
  texts_refused: { name: string; text: string }[];
}

describe('the checkpoint', () => {
  const notes = vectors<Judged>('note');
  it.each(notes.judged)('$name: $outcome', async ({ note, policy, outcome: expected, cosigned, time }) => {
    const found = await outcome(async () => {
      const judgement = await judge(await parsePolicy(policy), bytesOf(note));
      expect(judgement.cosignatures).toEqual(cosigned);
      expect(judgement.time).toBe(time);
      return judgement.satisfied;
    });
    expect(found).toBe(expected);
  });
  it.each(notes.texts_refused)('refuses $name', ({ text }) => {
    expect(() => parseCheckpoint(text)).toThrow(Malformed);
  });
});

interface Proofs {
  policy: string;
  proofs: { name: string; outcome: string; leaf: string; text: string }[];
}

describe('the proof of an entry', () => {
  const { policy, proofs } = vectors<Proofs>('tlogproof');
  it.each(proofs)('$name: $outcome', async ({ outcome: expected, leaf, text }) => {
    const found = await outcome(async () => {
      const judgement = await verifyTlogProof(
        parseTlogProof(bytesOf(text)),
        fromBase64(leaf),
        await parsePolicy(policy),
      );
      return judgement.satisfied;
    });
    expect(found).toBe(expected);
  });
});
