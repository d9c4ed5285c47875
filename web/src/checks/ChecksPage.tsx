import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { CaseRow } from '../api/types';
import { useCases } from '../cases/queries';
import { Who } from '../people/Who';
import { useAsOf } from '../shell/asof';
import { EntryLink, To, useTo } from '../shell/links';
import { useHas } from '../shell/session';
import { Empty } from '../shell/States';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { LedgerOutcomes } from './Matrix';
import { OpenReview } from './OpenReview';
import './checks.css';

/** For the assessor: the reviews of the certification body, and the checks over the cases that may be read. */
export function ChecksPage() {
  const { t } = useWords();
  const { cases, reviews, pending } = useReadable();
  const { past } = useAsOf();
  const assesses = useHas('assessor');
  const navigate = useNavigate();
  const to = useTo();
  const [opening, setOpening] = useState(false);
  return (
    <>
      <div className="head">
        <h1>{t('nav.checks')}</h1>
        <span className="grow" />
        {assesses && !past && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpening(true)}>
            {t('review.open')}
          </Button>
        )}
      </div>
      <Reviews rows={reviews} />
      {!pending && cases.length === 0 ? (
        <Empty title={t('checks.empty')} hint={t('checks.empty.hint')} />
      ) : (
        <LedgerOutcomes cases={cases} />
      )}
      {opening && <OpenReview onClose={() => setOpening(false)} onPosted={(id) => navigate(to(`/checks/${id}`))} />}
    </>
  );
}

const noFilters = { q: '', state: '', grade: '', scheme: '' };

/** The cases that may be read, and the accreditation reviews among them. */
export function useReadable() {
  const list = useCases(noFilters);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [cases, reviews] = useMemo(() => {
    const isReview = (row: CaseRow) => row.kind === 'accreditation_review';
    return [rows.filter((row) => !isReview(row)), rows.filter(isReview)];
  }, [rows]);
  return { cases, reviews, pending: list.isPending };
}

function Reviews({ rows }: { rows: CaseRow[] }) {
  const { t, v } = useWords();
  if (rows.length === 0) return null;
  return (
    <section className="sheet scroll" tabIndex={0} aria-label={t('review.list')}>
      <h2>{t('review.list')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('review.body')}</th>
            <th>{t('cases.scope')}</th>
            <th>{t('cases.state')}</th>
            <th>{t('cases.last')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.case}>
              <td>
                <To path={`/checks/${row.case}`}>{row.organization}</To>
              </td>
              <td>{row.scope}</td>
              <td>
                <span className="tag brand">{v('state', row.state)}</span>
              </td>
              <td>
                <EntryLink seq={row.last_change.seq} />{' '}
                <span className="quiet num">
                  <Who actor={row.last_change.actor} /> · {minuteOf(row.last_change.recorded_at)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
