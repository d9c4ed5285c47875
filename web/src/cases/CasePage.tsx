import { lazy, Suspense } from 'react';
import { Navigate, NavLink, Outlet, useLocation, useOutletContext, useParams, useSearchParams } from 'react-router-dom';
import type { FullCase } from '../api/process';
import { useTo } from '../shell/links';
import { Loaded } from '../shell/States';
import { Trail } from '../shell/Trail';
import type { Word } from '../words/glossary';
import { useWords } from '../words/useWords';
import { useAudit, useCase } from './queries';
import { toneOf } from './words';
import './cases.css';

const OpenForm = lazy(() => import('../process/OpenForm').then((m) => ({ default: m.OpenForm })));

const tabs: { path: string; word: Word }[] = [
  { path: '', word: 'case.overview' },
  { path: '/process', word: 'case.process' },
  { path: '/clauses', word: 'case.clauses' },
  { path: '/findings', word: 'case.findings' },
  { path: '/timeline', word: 'case.timeline' },
  { path: '/explanation', word: 'case.explanation' },
  { path: '/decisions', word: 'case.decisions' },
  { path: '/entries', word: 'case.entries' },
];

interface Shown {
  kase: FullCase;
  /** The audit that the pages are about: ?audit=2, or the latest; 0 when none is planned. */
  audit: number;
}

export function useShownCase(): Shown {
  return useOutletContext<Shown>();
}

export function CasePage() {
  const { case: id = '' } = useParams();
  const query = useCase(id);
  const [search, setSearch] = useSearchParams();
  return (
    <Loaded query={query} sheets={2}>
      {(kase) => {
        if (kase.review) return <Navigate to={`/checks/${id}`} replace />;
        const asked = Number(search.get('audit'));
        const known = kase.audits.map((a) => a.audit);
        const audit = known.includes(asked) ? asked : (known[known.length - 1] ?? 0);
        const choose = (to: number) =>
          setSearch((now) => {
            const next = new URLSearchParams(now);
            next.set('audit', String(to));
            return next;
          });
        return (
          <>
            <Head kase={kase} audit={audit} onAudit={choose} />
            <Tabs id={id} audit={search.get('audit')} />
            <Outlet context={{ kase, audit } satisfies Shown} />
            <CaseForm kase={kase} audit={audit} />
          </>
        );
      }}
    </Loaded>
  );
}

function Head({ kase, audit, onAudit }: { kase: FullCase; audit: number; onAudit: (audit: number) => void }) {
  const { t, v } = useWords();
  return (
    <div className="case-head">
      <Way kase={kase} audit={audit} />
      <div className="head">
        <h1>{kase.organization.name}</h1>
        <span className={`tag ${toneOf(kase.state)}`}>{v('state', kase.state)}</span>
        <span className="tag">{v('kind', kase.kind)}</span>
        {kase.audits.length > 1 && (
          <select
            className="native narrow"
            value={audit}
            aria-label={t('case.audit', { audit })}
            onChange={(event) => onAudit(Number(event.target.value))}
          >
            {kase.audits.map((a) => (
              <option key={a.audit} value={a.audit}>
                {t('case.audit', { audit: a.audit })} · {v('audit', a.kind)}
              </option>
            ))}
          </select>
        )}
      </div>
      <p className="quiet">
        {kase.scope} · <span className="mono">{kase.case}</span>
      </p>
    </div>
  );
}

/** What stands below a tab, by the rest of its address; one finding has its own number. */
const below: Record<string, Word> = {
  '/findings/new': 'findings.new',
  '/findings/samples': 'sampling.title',
  '/sheet': 'sheet.title',
};

function Way({ kase, audit }: { kase: FullCase; audit: number }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const rest = pathname.slice(`/cases/${kase.case}`.length).replace(/\/$/, '');
  const list = { path: '/cases', label: t('nav.cases') };
  const word = below[rest];
  const here = word ? t(word) : /^\/findings\/(.+)$/.exec(rest)?.[1];
  if (!here) return <Trail above={[list]} here={kase.organization.name} />;
  const parent = rest === '/sheet' ? '/clauses' : '/findings';
  const label = t(parent === '/clauses' ? 'case.clauses' : 'case.findings');
  const tab = { path: `/cases/${kase.case}${parent}?audit=${audit}`, label };
  return <Trail above={[list, { path: `/cases/${kase.case}`, label: kase.organization.name }, tab]} here={here} />;
}

/** The form that the address names, over whichever tab is open. */
function CaseForm({ kase, audit: number }: { kase: FullCase; audit: number }) {
  const [search] = useSearchParams();
  const audit = useAudit(kase.case, number);
  if (!search.has('form') || (number > 0 && !audit.data)) return null;
  return (
    <Suspense>
      <OpenForm kase={kase} audit={audit.data} />
    </Suspense>
  );
}

function Tabs({ id, audit }: { id: string; audit: string | null }) {
  const { t } = useWords();
  const to = useTo();
  const more = audit ? `?audit=${audit}` : '';
  return (
    <nav className="tabs" aria-label={t('nav.cases')}>
      {tabs.map((tab) => (
        <NavLink key={tab.path} to={to(`/cases/${id}${tab.path}${more}`)} end={tab.path === ''}>
          {t(tab.word)}
        </NavLink>
      ))}
    </nav>
  );
}
