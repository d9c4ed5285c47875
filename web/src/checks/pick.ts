import { bytesOf, hex, sha256 } from '../proof/bytes';

/** A random sample that anybody can draw again: cases ordered by SHA-256(seed "\n" case id), the first n. */
export async function pick(seed: string, cases: string[], count: number): Promise<string[]> {
  const drawn = await Promise.all(cases.map(async (id) => ({ id, at: hex(await sha256(bytesOf(`${seed}\n${id}`))) })));
  return drawn
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, count)
    .map((each) => each.id);
}
