import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive } from '../shell/live';
import type { Memory } from '../proof/pin';
import { glance, type Alarming } from './glance';
import { remember, remembered } from './memory';
import { unwatched, watch } from './watching';

export interface Watch {
  /** What is remembered after the last look. */
  memory: Memory | null;
  alarming: Alarming | null;
  /** Since when the server could not be reached; null while it answers. */
  offline: string | null;
  look: () => void;
}

/** No oftener than this; a burst of entries is one look. */
const pause = 20_000;

/** Looks at the published checkpoint when the page opens and whenever the ledger grew, and again while it could
 * not be read or does not follow; and holds it against what this browser remembers. An alarm stays until a
 * person has dealt with it. */
export function useWatch(): Watch {
  const { head, state } = useLive();
  const [memory, setMemory] = useState(remembered);
  const [alarming, setAlarming] = useState<Alarming | null>(null);
  const [offline, setOffline] = useState<string | null>(null);
  const [again, setAgain] = useState(0);
  const last = useRef(0);
  const watched = useRef(unwatched);
  const latest = useRef(head);
  latest.current = head;
  const run = useCallback(async () => {
    last.current = Date.now();
    const found = await glance();
    const [next, alarm] = watch(watched.current, found, latest.current, Date.now());
    watched.current = next;
    setOffline((before) => ('offline' in found ? (before ?? found.offline) : null));
    if (alarm) setAlarming(alarm);
    else if ('saw' in found) setAlarming(null);
    if ('saw' in found) {
      remember(found.saw);
      setMemory(found.saw);
    }
    if (!('saw' in found) || next.still) setAgain((times) => times + 1);
  }, []);
  useEffect(() => {
    if (state !== 'open' && again === 0) return;
    const wait = Math.max(0, last.current + pause - Date.now());
    const timer = window.setTimeout(() => void run(), wait);
    return () => window.clearTimeout(timer);
  }, [head, state, again, run]);
  const look = useCallback(() => void run(), [run]);
  return { memory, alarming, offline, look };
}
