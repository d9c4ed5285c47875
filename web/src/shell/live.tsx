import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { follow, type FeedState } from '../api/feed';
import type { LedgerEvent } from '../api/types';
import { sessionKey, useSession } from './session';

export interface Live {
  state: FeedState;
  /** The last sequence that is known to be in the ledger. */
  head: number;
}

const LiveContext = createContext<Live>({ state: 'connecting', head: 0 });

export function useLive(): Live {
  return useContext(LiveContext);
}

/** Follows the ledger and lets what is shown of a case be read again when the case moved on. Events come
 * in bursts, a batch at a time, so reading again waits a moment. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const queries = useQueryClient();
  const [state, setState] = useState<FeedState>('connecting');
  const [head, setHead] = useState(session.seq);
  const touched = useRef(new Set<string>());

  useEffect(() => {
    let timer = 0;
    let latest = session.seq;
    const refresh = () => {
      timer = 0;
      setHead(latest);
      const cases = [...touched.current];
      touched.current.clear();
      for (const id of cases) void queries.invalidateQueries({ queryKey: ['case', id] });
      void queries.invalidateQueries({ queryKey: ['lists'] });
    };
    const stop = follow({
      path: '/v1/events',
      after: session.seq,
      onState: (now) => {
        setState(now);
        if (now === 'signed-out') queries.setQueryData(sessionKey, null);
      },
      onEvent: (event) => {
        latest = Math.max(latest, Number(event.id));
        touched.current.add((JSON.parse(event.data) as LedgerEvent).subject);
        if (timer === 0) timer = window.setTimeout(refresh, 120);
      },
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [queries, session.actor, session.seq]);

  const live = useMemo(() => ({ state, head }), [state, head]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}
