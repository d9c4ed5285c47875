import type { CaseRow } from '../api/types';
import { compare, fractionOf } from '../score/fraction';
import { AlignedMark, Grade } from '../score/Marks';
import { EntryLink, To } from '../shell/links';
import type { Column } from '../table/DataTable';
import { minuteOf } from '../words/time';
import type { Words } from '../words/useWords';
import { toneOf } from './words';

const byText = (of: (row: CaseRow) => string) => (a: CaseRow, b: CaseRow) => of(a).localeCompare(of(b), 'zh-CN');

export function caseColumns({ t, v, type }: Words): Column<CaseRow>[] {
  return [
    {
      key: 'organization',
      title: t('cases.organization'),
      width: 'minmax(180px, 2fr)',
      compare: byText((row) => row.organization),
      cell: (row) => (
        <>
          <To path={`/cases/${row.case}`} className="clip strong">
            {row.organization}
          </To>
          <span className="clip quiet small" title={row.scope}>
            {row.scope}
          </span>
        </>
      ),
    },
    {
      key: 'number',
      title: t('cases.number'),
      width: 'minmax(128px, 1fr)',
      cell: (row) => (
        <>
          <span className="clip mono" title={row.case}>
            {row.certificate ?? `…${row.case.slice(-8)}`}
          </span>
          <span className="clip quiet small">{row.scheme}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('cases.state'),
      width: '118px',
      compare: byText((row) => row.state),
      cell: (row) => (
        <>
          <span className={`tag ${toneOf(row.state)}`}>{v('state', row.state)}</span>
          <span className="clip quiet small">
            {v('kind', row.kind)}
            {row.audit && ` · ${v('audit', row.audit.kind)}`}
          </span>
        </>
      ),
    },
    { key: 'progress', title: t('cases.progress'), width: '66px', cell: (row) => <ProgressBar row={row} /> },
    {
      key: 'score',
      title: t('cases.score'),
      width: '96px',
      align: 'right',
      compare: (a, b) => compare(fractionOf(a.score?.final ?? '-1'), fractionOf(b.score?.final ?? '-1')),
      cell: (row) =>
        row.audit ? (
          <To path={`/cases/${row.case}/explanation`} className="plain-link">
            <AlignedMark mark={row.score} />
          </To>
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      key: 'grade',
      title: t('cases.grade'),
      width: '112px',
      cell: (row) =>
        row.audit ? (
          <Grade grade={row.grade} provisional={row.score?.provisional ?? true} />
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      key: 'specials',
      title: t('cases.specials'),
      width: '60px',
      align: 'right',
      cell: (row) =>
        row.audit && (
          <span className={row.audit.special_deductions.count > 0 ? 'loss' : 'quiet'}>
            {row.audit.special_deductions.count}/{row.audit.special_deductions.limit.replace(/\D+/, '')}
          </span>
        ),
    },
    {
      key: 'open',
      title: t('cases.open'),
      width: '56px',
      align: 'right',
      compare: (a, b) => a.open_findings - b.open_findings,
      cell: (row) => <span className={row.open_findings > 0 ? 'loss' : 'quiet'}>{row.open_findings}</span>,
    },
    {
      key: 'last',
      title: t('cases.last'),
      width: 'minmax(126px, 0.8fr)',
      compare: (a, b) => a.last_change.seq - b.last_change.seq,
      cell: (row) => (
        <>
          <span className="clip">
            <EntryLink seq={row.last_change.seq} /> {type(row.last_change.type)}
          </span>
          <span className="clip quiet small num">{minuteOf(row.last_change.recorded_at)}</span>
        </>
      ),
    },
  ];
}

function ProgressBar({ row }: { row: CaseRow }) {
  if (!row.audit) return <span className="quiet">–</span>;
  const { assessed, involved } = row.audit.progress;
  return (
    <span className="progress" title={`${assessed}/${involved}`}>
      <span className="num small">
        {assessed}/{involved}
      </span>
      <span className="bar" aria-hidden>
        <i style={{ width: `${involved === 0 ? 0 : (assessed / involved) * 100}%` }} />
      </span>
    </span>
  );
}

/** The same as lines of a CSV file, with the whole of what the columns shorten. */
export const caseLine = {
  header: ({ t }: Words): string[] => [
    t('cases.number'),
    t('cases.organization'),
    t('cases.scope'),
    t('cases.kind'),
    t('cases.scheme'),
    t('cases.state'),
    t('cases.progress'),
    t('cases.score'),
    t('case.provisional'),
    t('cases.grade'),
    t('cases.specials'),
    t('cases.openfindings'),
    t('cases.certificate'),
    t('cases.last'),
    t('common.recorded'),
  ],
  row: (row: CaseRow, { t, v }: Words): string[] => [
    row.case,
    row.organization,
    row.scope,
    v('kind', row.kind),
    row.scheme,
    v('state', row.state),
    row.audit ? `${row.audit.progress.assessed}/${row.audit.progress.involved}` : '',
    row.score?.final ?? '',
    row.score ? t(row.score.provisional ? 'common.yes' : 'common.no') : '',
    v('grade', row.grade),
    row.audit ? String(row.audit.special_deductions.count) : '',
    String(row.open_findings),
    row.certificate ?? '',
    `#${row.last_change.seq}`,
    row.last_change.recorded_at,
  ],
};
