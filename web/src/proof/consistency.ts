// The hashes that prove a tree to continue a smaller one (RFC 6962, 2.1.2), out of the tiles of the log.
// Nothing of the tiles is trusted: verifyConsistency holds what is computed here against both roots.
import { Malformed, type Hash } from './bytes';
import { nodeHash } from './tree';

/** A tile: 256 hashes, 32 bytes each, fewer at the right edge. */
export const tileWidth = 256;

/** Reads a tile of this level; width is how many hashes it has in the tree. */
export type ReadTile = (level: number, n: number, width: number) => Promise<Uint8Array>;

/** The path of a tile below /log/. */
export function tilePath(level: number, n: number, width: number): string {
  let path = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return `tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** The proof from the tree of size old to that of size. */
export async function consistencyPath(old: number, size: number, read: ReadTile): Promise<Hash[]> {
  if (old === 0 || old === size) return [];
  const tiles = new Tiles(size, read);
  return subproof(tiles, old, 0, size, true);
}

/** SUBPROOF(m, D[from:to], whole) of the RFC. */
async function subproof(tiles: Tiles, m: number, from: number, to: number, whole: boolean): Promise<Hash[]> {
  if (m === to - from) return whole ? [] : [await tiles.range(from, to)];
  const split = largestPowerBelow(to - from);
  if (m <= split)
    return [...(await subproof(tiles, m, from, from + split, whole)), await tiles.range(from + split, to)];
  return [...(await subproof(tiles, m - split, from + split, to, false)), await tiles.range(from, from + split)];
}

function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

class Tiles {
  private kept = new Map<string, Promise<Uint8Array>>();
  constructor(
    private readonly size: number,
    private readonly read: ReadTile,
  ) {}

  /** MTH(D[from:to]) of the RFC. */
  async range(from: number, to: number): Promise<Hash> {
    const count = to - from;
    const level = Math.log2(count);
    if (Number.isInteger(level)) return this.perfect(level, from / count);
    const split = largestPowerBelow(count);
    return nodeHash(await this.range(from, from + split), await this.range(from + split, to));
  }

  /** A perfect subtree of 2^level leaves: a hash of a tile, or some of them together. */
  private async perfect(level: number, index: number): Promise<Hash> {
    const above = level % 8;
    if (above === 0) return this.hash(level / 8, index);
    return nodeHash(await this.perfect(level - 1, index * 2), await this.perfect(level - 1, index * 2 + 1));
  }

  private async hash(level: number, index: number): Promise<Hash> {
    const n = Math.floor(index / tileWidth);
    const width = Math.min(tileWidth, Math.floor(this.size / tileWidth ** level) - n * tileWidth);
    const path = tilePath(level, n, width);
    const reading = this.kept.get(path) ?? this.read(level, n, width);
    this.kept.set(path, reading);
    const tile = await reading;
    if (tile.length !== width * 32) throw new Malformed(`${path} has ${tile.length} bytes`);
    const at = (index - n * tileWidth) * 32;
    return tile.slice(at, at + 32);
  }
}
