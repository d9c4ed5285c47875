import { useMemo } from 'react';
import type { FindingRow } from '../api/findings';
import { Who } from '../people/Who';
import { EntryLink, To } from '../shell/links';
import { DataTable, type Column } from '../table/DataTable';
import { minuteOf } from '../words/time';
import { useWords, type Words } from '../words/useWords';
import { ageOf, stages } from './findings';

const tone = { raised: 'brand', correcting: 'brand', rejected: 'loss', closed: 'good', withdrawn: '' } as const;

export function FindingTable({ rows, now }: { rows: FindingRow[]; now: number }) {
  const words = useWords();
  const columns = useMemo(() => columnsOf(words, now), [words, now]);
  return (
    <DataTable
      label={words.t('board.title')}
      columns={columns}
      rows={rows}
      rowKey={(f) => String(f.raised.seq)}
      rowHeight={60}
      empty={null}
    />
  );
}

function columnsOf({ t, v }: Words, now: number): Column<FindingRow>[] {
  return [
    {
      key: 'finding',
      title: t('findings.clause'),
      width: '108px',
      compare: (a, b) => a.clause.localeCompare(b.clause, 'en', { numeric: true }),
      cell: (f) => (
        <>
          <To path={`/cases/${f.case}/findings?audit=${f.audit}`} className="num strong">
            {f.clause}
          </To>
          <span className="clip quiet small">
            {f.finding} {f.severity && v('severity', f.severity)}
          </span>
        </>
      ),
    },
    {
      key: 'statement',
      title: t('board.statement'),
      width: 'minmax(220px, 3fr)',
      cell: (f) => (
        <>
          <span className="clip" title={f.statement}>
            {f.statement}
          </span>
          <span className="clip quiet small">{f.organization}</span>
        </>
      ),
    },
    {
      key: 'stage',
      title: t('board.stage'),
      width: '92px',
      compare: (a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage),
      cell: (f) => <span className={`tag ${tone[f.stage]}`}>{t(`findings.${f.stage}`)}</span>,
    },
    {
      key: 'repeat',
      title: t('board.repeats'),
      width: '84px',
      compare: (a, b) => Number(b.repeated ?? false) - Number(a.repeated ?? false),
      cell: (f) => f.repeated && <span className="tag loss">{t('board.repeat')}</span>,
    },
    {
      key: 'age',
      title: t('board.age'),
      width: '76px',
      align: 'right',
      compare: (a, b) => ageOf(a, now) - ageOf(b, now),
      cell: (f) => t('board.days', { days: ageOf(f, now) }),
    },
    {
      key: 'raised',
      title: t('board.raised'),
      width: '132px',
      compare: (a, b) => a.raised.effective_at.localeCompare(b.raised.effective_at),
      cell: (f) => (
        <>
          <span className="clip num">{minuteOf(f.raised.effective_at)}</span>
          <span className="clip quiet small">{f.raised.actor && <Who actor={f.raised.actor} />}</span>
        </>
      ),
    },
    {
      key: 'last',
      title: t('board.since'),
      width: '142px',
      compare: (a, b) => a.last.seq - b.last.seq,
      cell: (f) => (
        <>
          <span className="clip num">{minuteOf(f.last.effective_at)}</span>
          <EntryLink seq={f.last.seq} />
        </>
      ),
    },
  ];
}

/** The same as lines of a CSV file. */
export const findingLine = {
  header: ({ t }: Words): string[] => [
    t('ledger.case'),
    t('cases.organization'),
    t('analytics.audits'),
    t('nav.findings'),
    t('findings.clause'),
    t('findings.category'),
    t('findings.severity'),
    t('board.statement'),
    t('board.stage'),
    t('board.repeats'),
    t('board.age'),
    t('board.raised'),
    t('common.actor'),
    t('board.since'),
    '#',
  ],
  row: (f: FindingRow, age: number, { t, v }: Words): string[] => [
    f.case,
    f.organization,
    String(f.audit),
    f.finding,
    f.clause,
    v('category', f.category),
    v('severity', f.severity),
    f.statement,
    t(`findings.${f.stage}`),
    t(f.repeated ? 'common.yes' : 'common.no'),
    String(age),
    f.raised.effective_at,
    f.raised.actor ?? '',
    f.last.effective_at,
    String(f.last.seq),
  ],
};
