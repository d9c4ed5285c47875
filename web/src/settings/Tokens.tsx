import { useSession } from '../shell/session';
import { useWords } from '../words/useWords';

/** How signing in works here: who hands tokens out, what is kept of them, and what to do when one is lost. */
export function Tokens() {
  const { t, v } = useWords();
  const session = useSession();
  return (
    <section className="sheet">
      <h2>{t('settings.part.tokens')}</h2>
      <dl className="facts">
        <dt>{t('signin.as')}</dt>
        <dd>
          {session.name ?? session.actor} <span className="mono quiet">{session.actor}</span>
        </dd>
        <dt>{t('common.role')}</dt>
        <dd>{session.roles.map((role) => v('role', role)).join(t('common.and'))}</dd>
        {session.organization && (
          <>
            <dt>{t('tokens.organization')}</dt>
            <dd>{session.organization}</dd>
          </>
        )}
      </dl>
      <ul className="points spaced">
        {(['kept', 'session', 'lost', 'machine', 'role'] as const).map((each) => (
          <li key={each}>{t(`tokens.${each}`)}</li>
        ))}
      </ul>
      <pre
        className="raw"
        tabIndex={0}
      >{`[{"token": "…", "actor": "li", "name": "李…", "organization": "…", "roles": ["lead_auditor"]}]`}</pre>
    </section>
  );
}
