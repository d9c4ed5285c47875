import { readFileSync } from 'node:fs';

/** The vectors that the Go code is held to: both must say the same. */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../events/proof/testdata/${name}.json`, import.meta.url), 'utf8')) as T;
}
