import { useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import type { Case, Review } from '../api/types';
import { useCase } from '../cases/queries';
import { useAsOf } from '../shell/asof';
import { To } from '../shell/links';
import { Parts } from '../shell/Parts';
import { useSession } from '../shell/session';
import { Empty, Loaded } from '../shell/States';
import { Trail } from '../shell/Trail';
import { useWords } from '../words/useWords';
import { Anomalies } from './Anomalies';
import { BundleWizard } from './BundleWizard';
import { useReadable } from './ChecksPage';
import { Outcomes } from './Matrix';
import { Notes } from './Notes';
import { Picking } from './Picking';
import { usePicked } from './usePicked';
import '../sampling/sampling.css';
import './checks.css';

const parts = ['pick', 'matrix', 'anomalies', 'notes', 'bundles'] as const;

/** An accreditation review: scope, lots, checks × cases, anomalies, notes, and what is taken home. */
export function ReviewPage() {
  const { case: id = '' } = useParams();
  const { t } = useWords();
  const query = useCase(id);
  return (
    <Loaded query={query} sheets={2}>
      {(kase) =>
        kase.review ? (
          <Reviewing kase={kase} review={kase.review} />
        ) : (
          <Empty title={t('review.none')}>
            <To path="/checks" className="as-button primary">
              {t('empty.back', { place: t('nav.checks') })}
            </To>
          </Empty>
        )
      }
    </Loaded>
  );
}

function Reviewing({ kase, review }: { kase: Case; review: Review }) {
  const { t, v } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const [search] = useSearchParams();
  const { cases } = useReadable();
  const part = parts.find((each) => each === search.get('part')) ?? 'pick';
  const picked = usePicked(kase.case, review);
  const rows = useMemo(
    () => (picked.data ? cases.filter((row) => picked.data.includes(row.case)) : []),
    [cases, picked.data],
  );
  const writable = !past && kase.entry.actor === session.actor && session.roles.includes('assessor') && !kase.closed;
  return (
    <>
      <div className="case-head">
        <Trail above={[{ path: '/checks', label: t('nav.checks') }]} here={kase.organization.name} />
        <div className="head">
          <h1>{kase.organization.name}</h1>
          <span className="tag brand">{v('state', kase.state)}</span>
        </div>
        <p className="quiet">
          {kase.scope} · <span className="num">{t('review.period', { from: review.from, until: review.until })}</span> ·{' '}
          <span className="num">{t('review.picked', { count: rows.length })}</span>
        </p>
      </div>
      <Parts
        label={t('nav.checks')}
        name="part"
        value={part}
        parts={parts.map((value) => ({ value, label: t(`review.part.${value}`) }))}
      />
      {part === 'pick' && <Picking kase={kase} review={review} cases={cases} writable={writable} />}
      {part === 'notes' && <Notes kase={kase} review={review} rows={rows} writable={writable} />}
      {part !== 'pick' && part !== 'notes' && rows.length === 0 && (
        <Empty title={t('review.unpicked')} hint={t('review.unpicked.hint')} />
      )}
      {part === 'matrix' && <Outcomes rows={rows} />}
      {part === 'anomalies' && rows.length > 0 && <Anomalies rows={rows} />}
      {part === 'bundles' && rows.length > 0 && <BundleWizard rows={rows} />}
    </>
  );
}
