import { Suspense } from 'react';
import { useLocation, useRoutes } from 'react-router-dom';
import { AlarmNote } from '../ledger/AlarmNote';
import { EntryDrawer } from '../ledger/EntryDrawer';
import { VerificationProvider } from '../ledger/verification';
import { useWords } from '../words/useWords';
import { pointLabel, useAsOf } from './asof';
import { Boundary } from './Boundary';
import { useFollowLinks } from './links';
import { LiveProvider } from './live';
import { Navigation } from './Navigation';
import { routes } from './routes';
import { Waiting } from './States';
import { TopBar } from './TopBar';

export function Shell() {
  const { t } = useWords();
  const page = useRoutes(routes);
  const { pathname } = useLocation();
  const follow = useFollowLinks();
  return (
    <LiveProvider>
      <VerificationProvider>
        <div className="frame" onClick={follow}>
          <a className="skip" href="#main">
            {t('nav.skip')}
          </a>
          <Navigation />
          <TopBar />
          <main className="main" id="main" tabIndex={-1}>
            <AlarmNote />
            <PastNote />
            <Boundary key={pathname}>
              <Suspense fallback={<Waiting sheets={2} />}>{page}</Suspense>
            </Boundary>
          </main>
          <EntryDrawer />
        </div>
      </VerificationProvider>
    </LiveProvider>
  );
}

function PastNote() {
  const { t } = useWords();
  const { point } = useAsOf();
  if (!point) return null;
  return (
    <p className="past-note" role="note">
      {t('asof.readonly', { point: pointLabel(point) })}
    </p>
  );
}
