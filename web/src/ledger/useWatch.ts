import { useCallback, useEffect, useRef, useState } from 'react';
import { getBytes } from '../api/client';
import { Refusal } from '../api/problem';
import { useLive } from '../shell/live';
import type { Alarm, Memory } from '../proof/pin';
import { remember, remembered } from './memory';

export interface Alarming {
  alarm: Alarm | 'gone';
  before: string;
  now: string;
  at: string;
}

export interface Watch {
  /** What is remembered after the last look. */
  memory: Memory | null;
  alarming: Alarming | null;
  look: () => void;
}

/** No oftener than this; a burst of entries is one look. */
const pause = 20_000;

/** Looks at the published checkpoint when the page opens and whenever the ledger grew, and holds it against
 * what this browser remembers. An alarm stays until a person has dealt with it. */
export function useWatch(): Watch {
  const { head, state } = useLive();
  const [memory, setMemory] = useState(remembered);
  const [alarming, setAlarming] = useState<Alarming | null>(null);
  const last = useRef(0);
  const run = useCallback(async () => {
    last.current = Date.now();
    const found = await glance();
    if (!found) return;
    if ('alarm' in found) setAlarming(found);
    else {
      remember(found);
      setMemory(found);
      setAlarming(null);
    }
  }, []);
  useEffect(() => {
    if (state !== 'open') return;
    const wait = Math.max(0, last.current + pause - Date.now());
    const timer = window.setTimeout(() => void run(), wait);
    return () => window.clearTimeout(timer);
  }, [head, state, run]);
  const look = useCallback(() => void run(), [run]);
  return { memory, alarming, look };
}

/** What was seen; null when the log could not be read, which says nothing. */
async function glance(): Promise<Memory | Alarming | null> {
  // The memory is read before the checkpoint: another tab may look in between, and see more.
  const memory = remembered();
  const at = new Date().toISOString();
  const { Alarmed, look } = await import('../proof/pin');
  try {
    const [checkpoint, policy] = await Promise.all([getBytes('/log/checkpoint'), getBytes('/log/policy')]);
    const seen = {
      checkpoint,
      policy: new TextDecoder().decode(policy),
      tile: (path: string) => getBytes(`/log/${path}`),
    };
    return await look(at, memory, seen);
  } catch (error) {
    if (error instanceof Alarmed) return { alarm: error.alarm, before: error.before, now: error.now, at };
    if (error instanceof Refusal && error.status === 404 && memory) {
      return { alarm: 'gone', before: `#${memory.size}`, now: '–', at };
    }
    if (error instanceof Refusal) return null;
    throw error;
  }
}
