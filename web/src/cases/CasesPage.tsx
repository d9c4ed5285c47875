import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { CaseRow } from '../api/types';
import { useTo } from '../shell/links';
import { useHas } from '../shell/session';
import { Empty } from '../shell/States';
import { ErrorView } from '../shell/RefusalView';
import { Choice } from '../table/Choice';
import { csvOf, download } from '../table/csv';
import { DataTable, type Column } from '../table/DataTable';
import { SearchBox } from '../table/SearchBox';
import { ColumnChoice } from '../table/ColumnChoice';
import { SavedViews } from '../table/SavedViews';
import { useFilters } from '../table/useFilters';
import { useTableView } from '../table/useTableView';
import { useWords, type Words } from '../words/useWords';
import { mostCases } from '../compare/merged';
import { caseColumns, caseLine } from './columns';
import { useCases } from './queries';
import { grades, states } from './words';
import './cases.css';

const names = ['q', 'state', 'grade', 'scheme', 'member'] as const;

export function CasesPage() {
  const { t, v } = useWords();
  const words = useWords();
  const filters = useFilters(names);
  const list = useCases(filters.values);
  const navigate = useNavigate();
  const to = useTo();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [chosen, choose] = useChosen();
  const view = useTableView();
  const all = useMemo(() => caseColumns(words), [words]);
  const columns = useMemo(
    () => [pickColumn(words, chosen, choose), ...all.filter((column) => !view.hidden.has(column.key))],
    [words, chosen, choose, all, view.hidden],
  );
  const open = useCallback((row: CaseRow) => navigate(to(`/cases/${row.case}`)), [navigate, to]);
  const search = useCallback((text: string) => filters.set('q', text), [filters]);
  const save = () => {
    const text = csvOf(
      caseLine.header(words),
      rows.map((row) => caseLine.row(row, words)),
    );
    download('cases.csv', text, 'text/csv;charset=utf-8');
  };
  const options = (family: string, values: readonly string[], all: string) => [
    { value: '', label: all },
    ...values.map((value) => ({ value, label: v(family, value) })),
  ];
  const assessor = useHas('assessor');
  return (
    <div className="table-page">
      <div className="head">
        <h1>{t('cases.title')}</h1>
        <span className="quiet num" role="status">
          {list.data && t(list.hasNextPage ? 'common.loadingmore' : 'common.rows', { count: rows.length })}
        </span>
        <span className="grow" />
        {assessor && <Button onClick={() => navigate(to('/checks'))}>{t('cases.random')}</Button>}
        <Button
          disabled={chosen.length < 2}
          onClick={() => navigate(to(`/compare?${chosen.map((id) => `case=${id}`).join('&')}`))}
        >
          {t('cases.compare', { count: chosen.length })}
        </Button>
        <SavedViews of="cases" />
        <ColumnChoice columns={all} hidden={view.hidden} onToggle={view.toggle} />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save} disabled={rows.length === 0}>
          {t('common.export')}
        </Button>
      </div>
      <div className="filters">
        <SearchBox value={filters.values.q} label={t('cases.search')} onChange={search} />
        <Choice
          label={t('cases.state')}
          value={filters.values.state}
          options={options('state', states, t('common.of', { label: t('cases.state'), value: t('common.all') }))}
          onChange={(value) => filters.set('state', value)}
        />
        <Choice
          label={t('cases.grade')}
          value={filters.values.grade}
          options={options('grade', grades, t('common.of', { label: t('cases.grade'), value: t('common.all') }))}
          onChange={(value) => filters.set('grade', value)}
        />
        <Choice
          label={t('cases.scheme')}
          value={filters.values.scheme}
          options={options(
            'scheme',
            ['gbt27922-2011', 'cts-2025'],
            t('common.of', { label: t('cases.scheme'), value: t('common.all') }),
          )}
          onChange={(value) => filters.set('scheme', value)}
        />
        <Choice
          label={t('cases.member')}
          value={filters.values.member}
          options={[
            { value: '', label: t('common.of', { label: t('cases.member'), value: t('common.all') }) },
            { value: 'me', label: t('cases.member.me') },
          ]}
          onChange={(value) => filters.set('member', value)}
        />
        {filters.any && (
          <Button type="link" onClick={filters.clear}>
            {t('common.clear')}
          </Button>
        )}
      </div>
      {list.error && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
      {!list.error && (
        <DataTable
          label={t('cases.title')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.case}
          rowHeight={60}
          onOpen={open}
          order={view.order}
          onOrder={view.setOrder}
          waiting={list.isPending}
          empty={
            <Empty
              title={t(filters.any ? 'cases.empty' : 'cases.none')}
              hint={t(filters.any ? 'cases.empty.hint' : 'cases.none.hint')}
            />
          }
        />
      )}
    </div>
  );
}

/** The cases that are chosen, in the address: going back from their comparison they are still chosen. */
function useChosen(): [string[], (id: string) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.get('chosen') ?? '';
  const chosen = useMemo(() => text.split(',').filter(Boolean), [text]);
  const toggle = useCallback(
    (id: string) =>
      setSearch(
        (now) => {
          const before = (now.get('chosen') ?? '').split(',').filter(Boolean);
          const after = before.includes(id) ? before.filter((other) => other !== id) : [...before, id];
          const next = new URLSearchParams(now);
          if (after.length > 0) next.set('chosen', after.slice(-mostCases).join(','));
          else next.delete('chosen');
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [chosen, toggle];
}

function pickColumn({ t }: Words, chosen: string[], choose: (id: string) => void): Column<CaseRow> {
  return {
    key: 'chosen',
    title: <span className="unseen">{t('cases.select')}</span>,
    width: '24px',
    cell: (row) =>
      row.audit && (
        <label className="pick">
          <input
            type="checkbox"
            aria-label={`${t('cases.select')} ${row.organization}`}
            checked={chosen.includes(row.case)}
            onChange={() => choose(row.case)}
          />
        </label>
      ),
  };
}
