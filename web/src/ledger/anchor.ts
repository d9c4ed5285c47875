import { getBytes } from '../api/client';
import { parsePolicy } from '../proof/policy';
import { parseTlogProof, verifyTlogProof } from '../proof/tlogproof';
import type { Anchor } from './verifyCase';

/** The latest signed checkpoint that an entry is in, judged by the published policy. */
export async function anchorOf(seq: number): Promise<Anchor> {
  const [bytes, text] = await Promise.all([getBytes(`/v1/events/${seq}/proof`), getBytes('/log/policy')]);
  const proof = parseTlogProof(bytes);
  const policy = await parsePolicy(new TextDecoder().decode(text));
  const size = Number(new TextDecoder().decode(proof.checkpoint).split('\n')[1]);
  return { index: proof.index, size, prove: (leaf) => verifyTlogProof(proof, leaf, policy) };
}
