// A trust policy (C2SP tlog-policy): whose checkpoints are accepted, and how many witnesses must have
// signed them. events/proof/policy_parse.go says what is in a line.
import { Malformed, Refuted } from './bytes';
import { openNote, parseCheckpoint, parseKey, type Checkpoint, type Key } from './note';

type Voter = { witness: number } | { need: number; members: Voter[] };

export interface Policy {
  logs: Key[];
  witnesses: { name: string; key: Key }[];
  quorum: Voter | null;
}

export interface Judgement {
  checkpoint: Checkpoint;
  cosignatures: { witness: string; time: number }[];
  /** Whether the quorum signed. */
  satisfied: boolean;
  /** When the quorum was complete; 0 when it is not, or none is asked for. */
  time: number;
}

export async function parsePolicy(text: string): Promise<Policy> {
  if (!text.endsWith('\n')) throw new Malformed('policy: the last line does not end');
  const policy: Policy = { logs: [], witnesses: [], quorum: null };
  const names = new Map<string, Voter>();
  let decided = false;
  const define = (name: string, voter: Voter) => {
    if (name === 'none' || names.has(name)) throw new Malformed(`policy: the name ${name} is taken`);
    names.set(name, voter);
  };
  for (const line of text.split('\n')) {
    const [word = '', ...rest] = line.split(/[ \t]+/).filter((part) => part !== '');
    const [first = '', second = ''] = rest;
    if (word === '' || word.startsWith('#')) continue;
    if (word === 'log' && rest.length <= 2) policy.logs.push(await keyOf(first, 1));
    else if (word === 'witness' && rest.length >= 2 && rest.length <= 3) {
      define(first, { witness: policy.witnesses.length });
      policy.witnesses.push({ name: first, key: await keyOf(second, 4) });
    } else if (word === 'group' && rest.length >= 3) define(first, groupOf(second, rest.slice(2), names));
    else if (word === 'quorum' && rest.length === 1 && !decided) {
      decided = true;
      const voter = names.get(first);
      if (!voter && first !== 'none') throw new Malformed(`policy: ${first} is not defined`);
      policy.quorum = voter ?? null;
    } else throw new Malformed(`policy: a line with ${word}`);
  }
  if (!decided) throw new Malformed('policy: it has no quorum');
  return policy;
}

async function keyOf(text: string, type: 1 | 4): Promise<Key> {
  const key = await parseKey(text);
  if (key.type !== type) throw new Malformed(`policy: a key of type ${key.type}`);
  return key;
}

function groupOf(threshold: string, members: string[], names: Map<string, Voter>): Voter {
  const voters = members.map((name) => {
    const voter = names.get(name);
    if (!voter) throw new Malformed(`policy: ${name} is not defined`);
    return voter;
  });
  const need = threshold === 'all' ? voters.length : threshold === 'any' ? 1 : Number(threshold);
  if (!Number.isInteger(need) || need < 1 || need > voters.length)
    throw new Malformed(`policy: ${threshold} of ${voters.length}`);
  return { need, members: voters };
}

/** When enough of the voter's members had signed; undefined when they have not. */
function since(voter: Voter, signed: Map<number, number>): number | undefined {
  if ('witness' in voter) return signed.get(voter.witness);
  const list = voter.members
    .map((member) => since(member, signed))
    .filter((time): time is number => time !== undefined)
    .sort((a, b) => a - b);
  return list[voter.need - 1];
}

/** Reads a signed checkpoint, which a log of the policy must have signed under its own name. */
export async function judge(policy: Policy, signed: Uint8Array): Promise<Judgement> {
  const keys = [...policy.logs, ...policy.witnesses.map((w) => w.key)];
  const { text, signatures } = await openNote(signed, keys);
  if (signatures.length === 0) throw new Refuted('checkpoint: signed by nobody in the policy');
  const checkpoint = parseCheckpoint(text);
  if (!signatures.some((s) => s.key.type === 1 && s.key.name === checkpoint.origin)) {
    throw new Refuted(`checkpoint: not signed by a known key of ${checkpoint.origin}`);
  }
  const times = new Map<number, number>();
  const cosignatures: Judgement['cosignatures'] = [];
  policy.witnesses.forEach((witness, i) => {
    const found = signatures.find((s) => s.key === witness.key);
    if (!found) return;
    times.set(i, found.time);
    cosignatures.push({ witness: witness.name, time: found.time });
  });
  if (!policy.quorum) return { checkpoint, cosignatures, satisfied: true, time: 0 };
  const time = since(policy.quorum, times);
  return { checkpoint, cosignatures, satisfied: time !== undefined, time: time ?? 0 };
}
