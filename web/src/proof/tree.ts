// The Merkle tree of RFC 6962 and its proofs, as events/proof verifies them. Sizes and indexes are safe
// integers here: beyond 2^53 leaves no browser would get.
import { concat, Malformed, Refuted, same, sha256, type Hash } from './bytes';

export interface Head {
  size: number;
  root: Hash;
}

const maxPath = 63;

/** The hash of a record: SHA-256(0x00 ‖ record). */
export function leafHash(record: Uint8Array): Promise<Hash> {
  return sha256(concat(Uint8Array.of(0), record));
}

/** The hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  return sha256(concat(Uint8Array.of(1), left, right));
}

/** Checks that path proves the leaf to be at index in the tree (RFC 9162, 2.1.3.2). */
export async function verifyInclusion(head: Head, index: number, leaf: Hash, path: Hash[]): Promise<void> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= head.size || path.length > maxPath) {
    throw new Malformed(`inclusion: leaf ${index} of ${head.size} with ${path.length} hashes`);
  }
  let [fn, sn] = [index, head.size - 1];
  let hash = leaf;
  for (const p of path) {
    if (sn === 0) throw new Refuted('inclusion: a hash too many');
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(p, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = await nodeHash(hash, p);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw new Refuted('inclusion: a hash is missing');
  if (!same(hash, head.root)) throw new Refuted(`leaf ${index} is not in the tree of size ${head.size}`);
}

/** Checks that path proves head to continue old (RFC 9162, 2.1.4.2). */
export async function verifyConsistency(old: Head, head: Head, path: Hash[]): Promise<void> {
  if (old.size > head.size || path.length > maxPath) {
    throw new Malformed(`consistency: from ${old.size} to ${head.size}`);
  }
  if (old.size === 0 || old.size === head.size) {
    if (path.length > 0) throw new Refuted('consistency: a hash too many');
    const expected = old.size === 0 ? await sha256(new Uint8Array()) : head.root;
    if (!same(old.root, expected)) throw new Refuted('consistency: another root at the same size');
    return;
  }
  const whole = (old.size & (old.size - 1)) === 0 && Number.isInteger(Math.log2(old.size));
  const hashes = whole ? [old.root, ...path] : [...path];
  const first = hashes.shift();
  if (!first) throw new Refuted('consistency: a hash is missing');
  let [fn, sn] = [old.size - 1, head.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [before, after] = [first, first];
  for (const p of hashes) {
    if (sn === 0) throw new Refuted('consistency: a hash too many');
    if (fn % 2 === 1 || fn === sn) {
      before = await nodeHash(p, before);
      after = await nodeHash(p, after);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      after = await nodeHash(after, p);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw new Refuted('consistency: a hash is missing');
  if (!same(before, old.root) || !same(after, head.root)) {
    throw new Refuted(`the tree of size ${head.size} does not continue that of size ${old.size}`);
  }
}

/** A tree that grows leaf by leaf and keeps no more than its right edge. */
export class GrowingTree {
  size = 0;
  private edge: Hash[] = []; // the roots of the perfect trees, the largest first

  async append(leaf: Hash): Promise<void> {
    let hash = leaf;
    for (let size = this.size; size % 2 === 1; size = half(size)) {
      const left = this.edge.pop();
      if (!left) throw new Error('the edge is out of step');
      hash = await nodeHash(left, hash);
    }
    this.edge.push(hash);
    this.size++;
  }

  async root(): Promise<Hash> {
    let hash: Hash | undefined;
    for (const left of [...this.edge].reverse()) hash = hash ? await nodeHash(left, hash) : left;
    return hash ?? sha256(new Uint8Array());
  }
}

function half(n: number): number {
  return Math.floor(n / 2);
}
