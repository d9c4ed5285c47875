import type { Scheme } from '../api/types';

export interface Difference {
  at: string;
  before: string;
  after: string;
}

/** What differs between two versions, member by member; members of lists are named by their id. */
export function differences(before: Scheme, after: Scheme): Difference[] {
  const [a, b] = [flat(before), flat(after)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((at) => a.get(at) !== b.get(at))
    .map((at) => ({ at, before: a.get(at) ?? '', after: b.get(at) ?? '' }));
}

function flat(value: unknown, at = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) {
    into.set(at, String(value));
    return into;
  }
  for (const [name, each] of Object.entries(value)) {
    const id = Array.isArray(value) && typeof each === 'object' && each && 'id' in each ? String(each.id) : name;
    flat(each, at ? `${at} ${id}` : id, into);
  }
  return into;
}
