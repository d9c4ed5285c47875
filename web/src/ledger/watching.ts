// What a row of looks comes to: a refusal that lasts, and a checkpoint that stands still while entries are made.
import type { Alarming, Glance } from './glance';

export interface Watched {
  /** Looks in a row that were answered with a refusal. */
  refusals: number;
  /** Since when entries are made and the checkpoint stands still, and at which size; null while it follows. */
  still: { since: number; size: number } | null;
}

export const unwatched: Watched = { refusals: 0, still: null };

/** So many looks in a row are a server that withholds, and not one that restarts. */
export const mostRefusals = 3;

/** A checkpoint follows its entries within seconds; after this long it is held back. In milliseconds. */
export const longestStill = 10 * 60_000;

/** What is known after one look more; head is the last entry that the live feed told of. */
export function watch(before: Watched, glance: Glance, head: number, now: number): [Watched, Alarming | null] {
  if ('alarming' in glance) return [{ ...before, refusals: 0 }, glance.alarming];
  if ('offline' in glance) return [{ ...before, refusals: 0 }, null];
  if ('refused' in glance) {
    const refusals = before.refusals + 1;
    return [{ ...before, refusals }, refusals >= mostRefusals ? glance.refused : null];
  }
  const { size, seenAt } = glance.saw;
  if (size >= head) return [unwatched, null];
  const still = before.still?.size === size ? before.still : { since: now, size };
  const held = now - still.since >= longestStill;
  return [{ refusals: 0, still }, held ? { alarm: 'stalled', before: `#${size}`, now: `#${head}`, at: seenAt } : null];
}
