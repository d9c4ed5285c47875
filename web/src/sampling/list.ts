// The list that a sample is drawn from: a text with one item a line. Its digest is recorded before anything
// is drawn, so the list cannot be made to fit the draw.
import { bytesOf, hex, sha256, textOf } from '../proof/bytes';

export interface List {
  items: string[];
  bytes: Uint8Array;
  digest: string;
  /** Items that stand in the list more than once: each is drawn for itself, which is seldom what was meant. */
  repeated: string[];
}

/** The items of what was pasted or read from a file: a line each, without the blanks around it; empty lines
 * are none. Of a table the first column counts, as a spreadsheet puts it on the clipboard. */
export function itemsOf(pasted: string): string[] {
  return pasted
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => (line.split('\t')[0] ?? '').trim())
    .filter((line) => line !== '');
}

/** The list as it is kept: each item ended by a line feed, in UTF-8. */
export async function listOf(items: string[]): Promise<List> {
  const bytes = bytesOf(items.map((item) => item + '\n').join(''));
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const item of items) (seen.has(item) ? repeated : seen).add(item);
  return { items, bytes, digest: `sha256:${hex(await sha256(bytes))}`, repeated: [...repeated] };
}

/** The lines of a list that was kept, as they are: line i is item i. */
export function linesOf(kept: Uint8Array): string[] {
  const lines = textOf(kept).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
