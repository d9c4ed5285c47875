// A .tlog-proof: where a leaf stands, the path to the root, and the signed checkpoint (C2SP tlog-proof).
import { bytesOf, fromBase64, hashFromBase64, Malformed, textOf, type Hash } from './bytes';
import { parseCheckpoint, splitNote } from './note';
import { judge, type Judgement, type Policy } from './policy';
import { verifyInclusion } from './tree';

export interface TlogProof {
  index: number;
  path: Hash[];
  checkpoint: Uint8Array;
}

const form = /^c2sp\.org\/tlog-proof@v1\n(?:extra (\S*)\n)?index (0|[1-9]\d*)\n((?:\S+\n)*)\n([\s\S]*)$/;

export function parseTlogProof(bytes: Uint8Array): TlogProof {
  const found = form.exec(textOf(bytes));
  if (!found) throw new Malformed('proof: not in the form');
  const [, extra, index = '', hashes = '', note = ''] = found;
  if (extra !== undefined && fromBase64(extra).length > 4096) throw new Malformed('proof: much extra data');
  const path = hashes.split('\n').slice(0, -1).map(hashFromBase64);
  if (path.length > 63) throw new Malformed('proof: more hashes than any tree needs');
  const checkpoint = bytesOf(note);
  const { size } = parseCheckpoint(splitNote(checkpoint).text);
  if (Number(index) >= size) throw new Malformed(`proof: leaf ${index} of ${size}`);
  return { index: Number(index), path, checkpoint };
}

/** Checks that the leaf is in a tree that a log of the policy signed. */
export async function verifyTlogProof(proof: TlogProof, leaf: Hash, policy: Policy): Promise<Judgement> {
  const judgement = await judge(policy, proof.checkpoint);
  await verifyInclusion(judgement.checkpoint, proof.index, leaf, proof.path);
  return judgement;
}
