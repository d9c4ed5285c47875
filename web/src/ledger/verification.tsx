import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Progress, Verified } from '../proof/verify';
import type { Ask, Told } from '../proof/worker';
import { useLive } from '../shell/live';
import { useSession } from '../shell/session';
import { remembered } from './memory';
import { useWatch, type Watch } from './useWatch';

export type Verification =
  | { state: 'unknown' }
  | { state: 'running'; progress: Progress | null }
  | { state: 'verified'; verified: Verified; at: string }
  | { state: 'broken'; seq: number; message: string; at: string }
  | { state: 'withheld'; message: string }
  | { state: 'failed'; message: string };

interface Verifying {
  watch: Watch;
  verification: Verification;
  start: () => void;
  stop: () => void;
}

const VerificationContext = createContext<Verifying | null>(null);

export function useVerification(): Verifying {
  const found = useContext(VerificationContext);
  if (!found) throw new Error('no verification');
  return found;
}

/** Keeps one verification for all pages. It is started by a person: it reads the whole ledger. */
export function VerificationProvider({ children }: { children: ReactNode }) {
  const { head } = useLive();
  const watch = useWatch();
  const session = useSession();
  const [verification, setVerification] = useState<Verification>({ state: 'unknown' });
  const worker = useRef<Worker | null>(null);
  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    setVerification((now) => (now.state === 'running' ? { state: 'unknown' } : now));
  }, []);
  useEffect(() => stop, [stop, session.actor]);

  const start = useCallback(() => {
    worker.current?.terminate();
    const running = new Worker(new URL('../proof/worker.ts', import.meta.url), { type: 'module' });
    worker.current = running;
    setVerification({ state: 'running', progress: null });
    const end = (result: Verification) => {
      running.terminate();
      if (worker.current === running) worker.current = null;
      setVerification(result);
    };
    running.addEventListener('message', (event: MessageEvent<Told>) => {
      const told = event.data;
      const at = new Date().toISOString();
      if (told.kind === 'progress') setVerification({ state: 'running', progress: told.progress });
      else if (told.kind === 'broken') end({ state: 'broken', seq: told.seq, message: told.message, at });
      else if (told.kind === 'withheld') end({ state: 'withheld', message: told.message });
      else if (told.kind === 'failed') end({ state: 'failed', message: told.message });
      else {
        watch.look();
        end({ state: 'verified', verified: told.verified, at });
      }
    });
    running.addEventListener('error', (event) => end({ state: 'failed', message: event.message }));
    const ask: Ask = { remembered: remembered(), total: head };
    running.postMessage(ask);
  }, [head, watch.look]);

  const value = useMemo(
    () => ({ verification, watch, start, stop }),
    [verification, watch.memory, watch.alarming, watch.offline, watch.look, start, stop],
  );
  return <VerificationContext.Provider value={value}>{children}</VerificationContext.Provider>;
}
