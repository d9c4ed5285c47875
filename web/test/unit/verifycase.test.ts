import { describe, expect, it } from 'vitest';
import { CaseRefuted, verifyCase, type CaseReads } from '../../src/ledger/verifyCase';
import { bytesOf, concat, Refuted, same, sha256 } from '../../src/proof/bytes';
import { leafRecord, parseLeaf } from '../../src/proof/leaf';
import { leafHash } from '../../src/proof/tree';

/** A ledger of five entries, of which #1, #3 and #4 are of one case. */
async function ledger() {
  const owners = ['a', 'b', 'a', 'a', 'b'];
  const last = new Map<string, { count: number; hash: Uint8Array }>();
  const records: Uint8Array[] = [];
  for (const [i, owner] of owners.entries()) {
    const before = last.get(owner);
    const record = leafRecord({
      seq: i + 1,
      time: `2026-11-22T08:00:0${i}.000000Z`,
      case: await sha256(bytesOf(owner)),
      caseSeq: (before?.count ?? 0) + 1,
      prev: before?.hash ?? null,
      body: await sha256(eventOf(i + 1)),
    });
    records.push(record);
    last.set(owner, { count: (before?.count ?? 0) + 1, hash: await leafHash(record) });
  }
  return records;
}

const eventOf = (seq: number) => bytesOf(`{"id":"${seq}"}`);

function readsOf(records: Uint8Array[], altered: number[] = []): CaseReads {
  const bundle = concat(...records.map((r) => concat(new Uint8Array([r.length >> 8, r.length & 255]), r)));
  return {
    anchor: (seq) =>
      Promise.resolve({
        index: seq - 1,
        size: records.length,
        prove: async (leaf) => {
          if (!same(leaf, await leafHash(records[seq - 1]!))) throw new Refuted('not in the tree');
        },
      }),
    log: (path) => (path === 'tile/entries/000.p/5' ? Promise.resolve(bundle) : Promise.reject(new Error(path))),
    event: (seq) => Promise.resolve(altered.includes(seq) ? bytesOf('{}') : eventOf(seq)),
  };
}

const refuted = async (run: Promise<unknown>): Promise<number> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof CaseRefuted) return error.seq;
    throw error;
  }
  return 0;
};
const quietly = () => undefined;

describe('the entries of a case', () => {
  it('hold together from the checkpoint back to the first', async () => {
    const told: number[] = [];
    const found = await verifyCase([1, 3, 4], readsOf(await ledger()), (done) => told.push(done));
    expect(found).toEqual({ count: 3, size: 5 });
    expect(told).toEqual([1, 2, 3]);
  });

  it('are refuted at the entry whose bytes are others', async () => {
    const records = await ledger();
    for (const seq of [1, 3, 4])
      expect(await refuted(verifyCase([1, 3, 4], readsOf(records, [seq]), quietly))).toBe(seq);
  });

  it('are refuted when one is left out, put in from another case, or missing at an end', async () => {
    const reads = readsOf(await ledger());
    expect(await refuted(verifyCase([1, 4], reads, quietly))).toBe(4);
    expect(await refuted(verifyCase([1, 2, 4], reads, quietly))).toBe(2);
    expect(await refuted(verifyCase([3, 4], reads, quietly))).toBe(4);
    expect(await refuted(verifyCase([], reads, quietly))).toBe(0);
  });

  it('are refuted when an earlier leaf was written anew', async () => {
    const records = await ledger();
    const leaf = parseLeaf(records[0]!);
    records[0] = leafRecord({ ...leaf, time: '2026-11-21T08:00:00.000000Z' });
    expect(await refuted(verifyCase([1, 3, 4], readsOf(records), quietly))).toBe(1);
  });
});
