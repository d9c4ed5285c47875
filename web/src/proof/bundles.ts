// Entry bundles (C2SP tlog-tiles): 256 leaves a file, each after its length in two bytes.
import { Malformed } from './bytes';

export const bundleWidth = 256;

/** The path of a bundle below /log/, partial where the tree ends in it. */
export function bundlePath(n: number, width: number): string {
  let path = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return `tile/entries/${path}${width < bundleWidth ? `.p/${width}` : ''}`;
}

export function recordsOf(bundle: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  for (let at = 0; at < bundle.length;) {
    if (at + 2 > bundle.length) throw new Malformed('a bundle that was cut off');
    const length = view.getUint16(at);
    if (at + 2 + length > bundle.length) throw new Malformed('a bundle that was cut off');
    records.push(bundle.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return records;
}
