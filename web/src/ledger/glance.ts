// One look at the published checkpoint, and what it says: all is well, an alarm, or nothing at all.
import { getBytes } from '../api/client';
import { Refusal } from '../api/problem';
import type { Alarm, Memory } from '../proof/pin';
import { remembered } from './memory';

export interface Alarming {
  alarm: Alarm | 'gone' | 'silent' | 'stalled';
  before: string;
  now: string;
  at: string;
}

/** What came of a look. Without a connection nothing is known; a server that answers and refuses is another
 * matter (refused). */
export type Glance =
  { saw: Memory } | { alarming: Alarming } | { offline: string } | { refused: Alarming | null; at: string };

/** Answers that a server gives when it is busy or restarting: they are no alarm before they last. */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

export async function glance(): Promise<Glance> {
  // The memory is read before the checkpoint: another tab may look in between, and see more.
  const memory = remembered();
  const at = new Date().toISOString();
  const { Alarmed, look, Withheld } = await import('../proof/pin');
  const tile = (path: string) =>
    getBytes(`/log/${path}`).catch((error: unknown) => {
      if (error instanceof Refusal && error.status > 0 && !passing.has(error.status))
        throw new Withheld(`/log/${path}`, error.status);
      throw error;
    });
  try {
    const [checkpoint, policy] = await Promise.all([getBytes('/log/checkpoint'), getBytes('/log/policy')]);
    return { saw: await look(at, memory, { checkpoint, policy: new TextDecoder().decode(policy), tile }) };
  } catch (error) {
    if (error instanceof Alarmed) return { alarming: { alarm: error.alarm, before: error.before, now: error.now, at } };
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 0) return { offline: at };
    const before = memory && `#${memory.size}`;
    if (error.status === 404 && before) return { alarming: { alarm: 'gone', before, now: '–', at } };
    return { refused: before ? { alarm: 'silent', before, now: String(error.status), at } : null, at };
  }
}
