// A draw that anyone can repeat, as events/checks/draw.go specifies it. This is a second program from the
// same specification: what it finds is held against what the ledger says.
import { bytesOf, concat, same, sha256, type Hash } from '../proof/bytes';

/** What decides a draw. Nothing else does. */
export interface Drawn {
  case: string;
  audit: number;
  population: string;
  /** sha256:<hex> of the list. */
  digest: string;
  size: number;
  /** 1, and 2, 3, … for redraws. */
  draw: number;
  checkpoint: { size: number; root: string };
}

/** The text whose SHA-256 is the seed. */
export function seedText(d: Drawn): string {
  return [
    'starledger-draw/v1',
    `case ${d.case}`,
    `audit ${d.audit}`,
    `population ${d.population}`,
    `digest ${d.digest}`,
    `size ${d.size}`,
    `draw ${d.draw}`,
    `checkpoint ${d.checkpoint.size}`,
    `root ${d.checkpoint.root}`,
    '',
  ].join('\n');
}

/** Keys are worked out so many at a time, so that the page breathes between them. */
const breath = 2000;

/** The n items with the smallest keys, ascending. key(i) = SHA-256(seed ‖ i), i in 8 bytes. */
export async function draw(d: Drawn, n: number): Promise<number[]> {
  const seed = await sha256(bytesOf(seedText(d)));
  const keys: { item: number; key: Hash }[] = [];
  for (let from = 1; from <= d.size; from += breath) {
    const items = Array.from({ length: Math.min(breath, d.size - from + 1) }, (_, i) => from + i);
    keys.push(
      ...(await Promise.all(items.map(async (item) => ({ item, key: await sha256(concat(seed, eight(item))) })))),
    );
  }
  keys.sort((a, b) => byBytes(a.key, b.key));
  return keys
    .slice(0, n)
    .map((each) => each.item)
    .sort((a, b) => a - b);
}

export function sameItems(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function eight(item: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(item));
  return bytes;
}

function byBytes(a: Hash, b: Hash): number {
  if (same(a, b)) return 0;
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

/** The same in Python, for whoever wants to repeat it without this page. */
export function python(d: Drawn, n: number): string {
  return `python3 - <<'END'
import hashlib, struct
seed = hashlib.sha256(b"""${seedText(d)}""").digest()
key = lambda i: hashlib.sha256(seed + struct.pack(">Q", i)).digest()
print(sorted(sorted(range(1, ${d.size} + 1), key=key)[:${n}]))
END`;
}
