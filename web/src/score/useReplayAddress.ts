import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { LedgerItem } from '../api/types';

/** How long the slider rests before its place is written into the address, in milliseconds: browsers refuse to
 * have it rewritten at every step. */
const rest = 400;

/** The place that the address names, ?seq=41, or the last entry. */
export function placeIn(search: URLSearchParams, items: LedgerItem[]): number {
  const asked = items.findIndex((item) => String(item.seq) === search.get('seq'));
  return asked >= 0 ? asked : items.length - 1;
}

/** Keeps the entry that the replay rests on in the address, so that what is seen can be sent to somebody. At
 * the last entry nothing is named: a page opened later shows what came since. */
export function useReplayAddress(items: LedgerItem[], at: number, playing: boolean): void {
  const [, setSearch] = useSearchParams();
  const write = useRef(setSearch);
  write.current = setSearch;
  const seq = at < items.length - 1 ? String(items[at]?.seq ?? '') : '';
  const written = useRef(seq);
  useEffect(() => {
    if (playing || written.current === seq) return;
    const timer = window.setTimeout(() => {
      written.current = seq;
      write.current(
        (now) => {
          const next = new URLSearchParams(now);
          if (seq) next.set('seq', seq);
          else next.delete('seq');
          return next;
        },
        { replace: true },
      );
    }, rest);
    return () => window.clearTimeout(timer);
  }, [seq, playing]);
}
