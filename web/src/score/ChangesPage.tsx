import { useInfiniteQuery } from '@tanstack/react-query';
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { get } from '../api/client';
import type { Change, Page } from '../api/types';
import { Who } from '../people/Who';
import { EntryLink, To } from '../shell/links';
import { ErrorView } from '../shell/RefusalView';
import { Empty } from '../shell/States';
import { csvOf, download } from '../table/csv';
import { DataTable, type Column } from '../table/DataTable';
import { useFilters } from '../table/useFilters';
import { minuteOf } from '../words/time';
import { useWords, type Words } from '../words/useWords';
import { compare, fractionOf } from './fraction';
import { Delta, Grade } from './Marks';
import '../ledger/ledger.css';
import './score.css';

const names = ['from', 'to', 'only'] as const;

/** What moved scores, across cases. */
export function ChangesPage({ above }: { above?: ReactNode }) {
  const words = useWords();
  const { t } = words;
  const filters = useFilters(names);
  const { from, to, only } = filters.values;
  const list = useInfiniteQuery({
    queryKey: ['lists', 'changes', from, to],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) =>
      (await get<Page<Change>>('/v1/changes', { from, to, after: pageParam, limit: 500 }, signal)).data,
    getNextPageParam: (last) => last.next,
  });
  const all = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const rows = useMemo(
    () => (only === 'grade' ? all.filter((c) => c.before.grade !== c.after.grade) : all),
    [all, only],
  );
  const columns = useMemo(() => columnsOf(words), [words]);
  return (
    <div className="table-page">
      <div className="head">
        <h1>{t('changes.title')}</h1>
        <span className="quiet num">{t('common.rows', { count: rows.length })}</span>
        <span className="grow" />
        <Button
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => {
            const header = [
              '#',
              t('common.recorded'),
              t('changes.cause'),
              t('clauses.clause'),
              t('common.actor'),
              t('changes.before'),
              t('changes.after'),
              t('score.delta'),
              t('score.fraction'),
              t('ledger.case'),
            ];
            const lines = rows.map((c) => [
              String(c.seq),
              c.recorded_at,
              words.type(c.cause.type),
              c.cause.clause ?? '',
              c.cause.actor,
              c.before.final.value,
              c.after.final.value,
              c.delta.value,
              c.delta.fraction,
              c.case,
            ]);
            download('changes.csv', csvOf(header, lines), 'text/csv;charset=utf-8');
          }}
        >
          {t('common.export')}
        </Button>
      </div>
      {above}
      <div className="filters">
        <span className="range">
          <input
            type="date"
            className="native"
            aria-label={t('decisions.from')}
            value={from}
            onChange={(event) => filters.set('from', event.target.value)}
          />
          <span aria-hidden>–</span>
          <input
            type="date"
            className="native"
            aria-label={t('decisions.until')}
            value={to}
            onChange={(event) => filters.set('to', event.target.value)}
          />
        </span>
        <label className="follow">
          <input
            type="checkbox"
            checked={only === 'grade'}
            onChange={(event) => filters.set('only', event.target.checked ? 'grade' : '')}
          />{' '}
          {t('changes.only.grade')}
        </label>
      </div>
      {list.error ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <DataTable
          label={t('changes.title')}
          columns={columns}
          rows={rows}
          rowKey={(c) => String(c.seq)}
          rowHeight={44}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
          waiting={list.isPending}
          empty={<Empty title={t('changes.empty')} />}
        />
      )}
    </div>
  );
}

function columnsOf({ t, type }: Words): Column<Change>[] {
  return [
    { key: 'seq', title: '#', width: '60px', compare: (a, b) => a.seq - b.seq, cell: (c) => <EntryLink seq={c.seq} /> },
    {
      key: 'time',
      title: t('common.recorded'),
      width: '132px',
      cell: (c) => <span className="num">{minuteOf(c.recorded_at)}</span>,
    },
    {
      key: 'cause',
      title: t('changes.cause'),
      width: 'minmax(100px, 1fr)',
      cell: (c) => <span className="clip">{type(c.cause.type)}</span>,
    },
    {
      key: 'clause',
      title: t('clauses.clause'),
      width: '68px',
      cell: (c) => <span className="num">{c.cause.clause}</span>,
    },
    { key: 'actor', title: t('common.actor'), width: '76px', cell: (c) => <Who actor={c.cause.actor} /> },
    {
      key: 'delta',
      title: t('score.delta'),
      width: '112px',
      align: 'right',
      compare: (a, b) => compare(fractionOf(a.delta.fraction), fractionOf(b.delta.fraction)),
      cell: (c) => <Delta delta={c.delta} />,
    },
    { key: 'before', title: t('changes.before'), width: '92px', align: 'right', cell: (c) => c.before.final.value },
    {
      key: 'after',
      title: t('changes.after'),
      width: '92px',
      align: 'right',
      cell: (c) => <b>{c.after.final.value}</b>,
    },
    {
      key: 'grade',
      title: t('cases.grade'),
      width: '112px',
      cell: (c) => <Grade grade={c.after.grade} provisional={c.after.provisional} />,
    },
    {
      key: 'case',
      title: t('ledger.case'),
      width: '96px',
      cell: (c) => (
        <To path={`/cases/${c.case}/timeline?audit=${c.audit}`} className="mono clip">
          …{c.case.slice(-8)}
        </To>
      ),
    },
  ];
}
