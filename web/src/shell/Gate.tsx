import { lazy, Suspense, useRef } from 'react';
import type { Session } from '../api/types';
import { ErrorView } from './RefusalView';
import { SessionContext, useSessionQuery } from './session';
import { Shell } from './Shell';
import { Waiting } from './States';

const SignInPage = lazy(() => import('./SignIn').then((m) => ({ default: m.SignInPage })));
const SignInForm = lazy(() => import('./SignIn').then((m) => ({ default: m.SignInForm })));

/** Nobody passes without a session. Whose session ends in the middle of something keeps the page as it
 * is, and what was typed into it: the form to sign in again is laid over it. */
export function Gate() {
  const query = useSessionQuery();
  const before = useRef<Session | null>(null);
  if (query.data) before.current = query.data;
  const signingIn = location.pathname === '/sign-in' && location.hash.length > 1;
  if (query.isPending) return <Opening />;
  if (query.error && !before.current) {
    return (
      <main className="gate">
        <ErrorView error={query.error} onRetry={() => void query.refetch()} />
      </main>
    );
  }
  if (!before.current || signingIn) {
    return (
      <Suspense fallback={<Opening />}>
        <SignInPage />
      </Suspense>
    );
  }
  return (
    <SessionContext.Provider value={before.current}>
      <Shell key={before.current.actor} />
      {query.data === null && (
        <div className="over" role="dialog" aria-modal="true">
          <div className="gate">
            <Suspense fallback={<Waiting />}>
              <SignInForm again />
            </Suspense>
          </div>
        </div>
      )}
    </SessionContext.Provider>
  );
}

function Opening() {
  return (
    <main className="gate">
      <div className="opening">
        <Waiting />
      </div>
    </main>
  );
}
