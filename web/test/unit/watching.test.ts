import { describe, expect, it } from 'vitest';
import type { Alarming, Glance } from '../../src/ledger/glance';
import { longestStill, mostRefusals, unwatched, watch, type Watched } from '../../src/ledger/watching';

const at = '2026-11-22T09:00:00Z';
const silent: Alarming = { alarm: 'silent', before: '#40', now: '503', at };
const refused: Glance = { refused: silent, at };
const offline: Glance = { offline: at };
const saw = (size: number): Glance => ({
  saw: { origin: 'o', key: 'k', pinnedAt: at, size, root: 'r', seenAt: at },
});

/** The alarms of a row of looks, each with the head and the time it was taken at. */
function alarms(...looks: [Glance, head: number, now: number][]): (string | undefined)[] {
  let watched: Watched = unwatched;
  return looks.map(([glance, head, now]) => {
    const [next, alarm] = watch(watched, glance, head, now);
    watched = next;
    return alarm?.alarm;
  });
}

describe('a row of looks', () => {
  it('takes no connection for no evidence, however long it lasts', () => {
    const looks = Array.from({ length: 20 }, (_, i): [Glance, number, number] => [offline, 40, i * longestStill]);
    expect(alarms(...looks)).toEqual(looks.map(() => undefined));
  });

  it('takes a refusal that lasts for an alarm, and one between answers for a restart', () => {
    expect(mostRefusals).toBe(3);
    expect(alarms([refused, 40, 0], [refused, 40, 1], [refused, 40, 2])).toEqual([undefined, undefined, 'silent']);
    expect(alarms([refused, 40, 0], [refused, 40, 1], [saw(40), 40, 2], [refused, 40, 3])).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('takes a checkpoint that stands still while entries are made for an alarm, once it was long enough', () => {
    expect(
      alarms(
        [saw(40), 41, 0],
        [saw(40), 45, longestStill - 1],
        [saw(40), 45, longestStill],
        [saw(45), 45, longestStill],
      ),
    ).toEqual([undefined, undefined, 'stalled', undefined]);
  });

  it('is content with a checkpoint that follows slowly, and with one that stands still as the ledger does', () => {
    expect(alarms([saw(40), 41, 0], [saw(41), 42, longestStill], [saw(42), 43, 2 * longestStill])).toEqual(
      Array(3).fill(undefined),
    );
    expect(alarms([saw(40), 40, 0], [saw(40), 40, 5 * longestStill])).toEqual([undefined, undefined]);
  });
});
