import { UserOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { useWords } from '../words/useWords';
import { Flyout } from './Flyout';
import { useSession } from './session';
import { Waiting } from './States';

const PersonPanel = lazy(() => import('./PersonPanel').then((m) => ({ default: m.PersonPanel })));

/** Who is signed in, the language and the appearance. */
export function PersonMenu() {
  const { t, v } = useWords();
  const session = useSession();
  return (
    <Flyout
      className="chip"
      side="right"
      label={
        <>
          <span className="unseen">{t('signin.as')}</span>
          <UserOutlined aria-hidden />
          <span>{session.name ?? session.actor}</span>
          <span className="quiet wide">{session.roles.map((role) => v('role', role)).join(t('common.and'))}</span>
        </>
      }
    >
      {() => (
        <Suspense fallback={<Waiting />}>
          <PersonPanel />
        </Suspense>
      )}
    </Flyout>
  );
}
