import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { base64, bytesOf, concat, hex, sha256, type Hash } from '../../src/proof/bytes';
import { consistencyPath, tilePath } from '../../src/proof/consistency';
import { Alarmed, look, Withheld, type Memory } from '../../src/proof/pin';
import { leafHash, nodeHash } from '../../src/proof/tree';
import { vectors } from './vectors';

interface Trees {
  leaves: string[];
  roots: string[];
  consistency: { old: number; size: number; path: string[] }[];
}

const tree = vectors<Trees>('tree');
const bytesOfHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
let leaves: Hash[];
beforeAll(async () => {
  leaves = await Promise.all(tree.leaves.map((leaf) => leafHash(bytesOfHex(leaf))));
});

/** The tiles of these leaves: level 0, and above it what whole tiles come to. */
const reader =
  (of: Hash[]) =>
  async (level: number, n: number, width: number): Promise<Uint8Array> => {
    let row = of;
    for (let i = 0; i < level * 8; i++) {
      const next: Hash[] = [];
      for (let at = 0; at + 1 < row.length; at += 2) next.push(await nodeHash(row[at] as Hash, row[at + 1] as Hash));
      row = next;
    }
    return concat(...row.slice(n * 256, n * 256 + width));
  };

describe('a consistency proof out of tiles', () => {
  it('is that of the vectors', async () => {
    for (const { old, size, path } of tree.consistency) {
      const found = await consistencyPath(old, size, reader(leaves.slice(0, size)));
      expect(found.map(base64), `${old} to ${size}`).toEqual(path);
    }
  });
  it('reads tiles by the names that C2SP gives them', () => {
    expect(tilePath(0, 1_234_067, 256)).toBe('tile/0/x001/x234/067');
    expect(tilePath(1, 0, 3)).toBe('tile/1/000.p/3');
  });
});

describe('the log that a browser pinned', () => {
  const log = generateKeyPairSync('ed25519');
  const thief = generateKeyPairSync('ed25519');
  const raw = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32));

  async function verifierKey(name: string, key: KeyObject): Promise<{ text: string; id: Uint8Array }> {
    const encoded = concat(Uint8Array.of(1), raw(key));
    const id = (await sha256(concat(bytesOf(name + '\n'), encoded))).slice(0, 4);
    return { text: `${name}+${hex(id)}+${base64(encoded)}`, id };
  }
  async function seen(size: number, { name = 'log.example', pair = log, of = leaves, root = tree.roots[size] } = {}) {
    const { text, id } = await verifierKey(name, pair.publicKey);
    const body = `${name}\n${size}\n${root}\n`;
    const signature = base64(concat(id, new Uint8Array(sign(null, bytesOf(body), pair.privateKey))));
    return {
      checkpoint: bytesOf(`${body}\n— ${name} ${signature}\n`),
      policy: `log ${text}\nquorum none\n`,
      tile: (path: string) => {
        const [, level = '0', rest = ''] = /^tile\/(\d+)\/(.*)$/.exec(path) ?? [];
        return reader(of.slice(0, size))(Number(level), 0, Number(/\.p\/(\d+)$/.exec(rest)?.[1] ?? 256));
      },
    };
  }
  const first = async (): Promise<Memory> => look('2026-11-22T08:00:00Z', null, await seen(5));
  const alarm = async (run: Promise<unknown>) =>
    run.then(
      () => 'none',
      (error: unknown) => (error instanceof Alarmed ? error.alarm : `${error as Error}`),
    );

  it('is remembered at first sight and moves on with what continues it', async () => {
    const memory = await first();
    expect(memory).toMatchObject({ origin: 'log.example', size: 5, root: tree.roots[5] });
    const next = await look('2026-11-22T09:00:00Z', memory, await seen(8));
    expect(next).toMatchObject({ size: 8, pinnedAt: memory.pinnedAt, seenAt: '2026-11-22T09:00:00Z' });
    expect(await alarm(look('', next, await seen(8)))).toBe('none');
  });
  it('raises an alarm for another key, another origin, a shorter log and another history', async () => {
    const memory = await first();
    const forged = [...leaves];
    forged[2] = leaves[3] as Hash;
    const otherRoot = base64(await rootOf(forged.slice(0, 8)));
    expect(await alarm(look('', memory, await seen(8, { pair: thief })))).toBe('key');
    expect(await alarm(look('', memory, await seen(8, { name: 'other.example', pair: thief })))).toBe('origin');
    expect(await alarm(look('', memory, await seen(4)))).toBe('shrank');
    expect(await alarm(look('', memory, await seen(8, { of: forged, root: otherRoot })))).toBe('fork');
    expect(await alarm(look('', memory, await seen(5, { root: otherRoot })))).toBe('fork');
  });
  it('raises an alarm for proofs that are withheld, and none for what could not be read', async () => {
    const memory = await first();
    const without = async (error: Error) => ({ ...(await seen(8)), tile: () => Promise.reject(error) });
    expect(await alarm(look('', memory, await without(new Withheld('/log/tile/0/000.p/8', 404))))).toBe('withheld');
    expect(await alarm(look('', memory, await without(new Error('no answer'))))).toBe('Error: no answer');
  });
  it('raises an alarm for a signature that does not hold', async () => {
    const { checkpoint, ...rest } = await seen(8);
    const text = new TextDecoder().decode(checkpoint).replace('\n8\n', '\n9\n');
    expect(await alarm(look('', await first(), { checkpoint: bytesOf(text), ...rest }))).toBe('signature');
  });

  async function rootOf(of: Hash[]): Promise<Hash> {
    if (of.length === 1) return of[0] as Hash;
    let split = 1;
    while (split * 2 < of.length) split *= 2;
    return nodeHash(await rootOf(of.slice(0, split)), await rootOf(of.slice(split)));
  }
});
