import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The instant that the whole page shows; it stands in the address and travels along every link. */
export interface AsOfPoint {
  /** seq:41 or a time; undefined for now. */
  point: string | undefined;
  /** For the query of a read. */
  query: { as_of?: string };
  past: boolean;
  set: (point: string | undefined) => void;
}

export function useAsOf(): AsOfPoint {
  const [search, setSearch] = useSearchParams();
  const point = search.get('as_of') ?? undefined;
  const set = useCallback(
    (to: string | undefined) => {
      setSearch((now) => {
        const next = new URLSearchParams(now);
        if (to) next.set('as_of', to);
        else next.delete('as_of');
        return next;
      });
    },
    [setSearch],
  );
  return { point, query: point ? { as_of: point } : {}, past: point !== undefined, set };
}

/** seq:41 → #41 */
export function pointLabel(point: string): string {
  return point.startsWith('seq:') ? `#${point.slice(4)}` : point;
}
