import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';

const Notices = lazy(() => import('./Notices').then((m) => ({ default: m.Notices })));

export interface Said {
  id: number;
  text: string;
}

const TellContext = createContext<(text: string) => void>(() => undefined);

/** Tells in passing what was done: "已入账 #8121". */
export function useTell(): (text: string) => void {
  return useContext(TellContext);
}

/** What is told outlives the form that told it. The component that shows it is loaded with the first word. */
export function Told({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said | null>(null);
  const tell = useCallback((text: string) => setSaid((last) => ({ id: (last?.id ?? 0) + 1, text })), []);
  return (
    <TellContext.Provider value={tell}>
      {children}
      {said && (
        <Suspense>
          <Notices said={said} />
        </Suspense>
      )}
    </TellContext.Provider>
  );
}
