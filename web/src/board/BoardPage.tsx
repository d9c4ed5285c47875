import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { FindingRow } from '../api/findings';
import { ErrorView } from '../shell/RefusalView';
import { Empty, Waiting } from '../shell/States';
import { Tabs } from '../shell/Tabs';
import { Choice } from '../table/Choice';
import { csvOf, download } from '../table/csv';
import { SearchBox } from '../table/SearchBox';
import { useFilters } from '../table/useFilters';
import { useWords } from '../words/useWords';
import { Board } from './Board';
import { ageOf, stages, summaryOf } from './findings';
import { findingLine, FindingTable } from './FindingTable';
import { Pareto } from './Pareto';
import { useFindings } from './useFindings';
import './board.css';

const names = ['view', 'q', 'stage', 'category', 'severity', 'clause', 'only'] as const;
const views = ['board', 'list', 'pareto'] as const;

/** The findings of all cases: a board of stages, a list, and how often each clause comes up. */
export function BoardPage() {
  const words = useWords();
  const { t, v } = words;
  const filters = useFilters(names);
  const { q, stage, severity, clause, only } = filters.values;
  const category = filters.values.category || 'nonconformity';
  const view = filters.values.view || 'board';
  const list = useFindings({ stage, category: category === 'any' ? '' : category, severity, clause });
  const rows = useMemo(() => narrowed(list.data ?? [], q, only), [list.data, q, only]);
  const now = Date.now();
  const choices = (family: string, values: readonly string[], label: string) => [
    { value: '', label: t('common.of', { label, value: t('common.all') }) },
    ...values.map((value) => ({ value, label: v(family, value) })),
  ];
  const save = () =>
    download(
      'findings.csv',
      csvOf(
        findingLine.header(words),
        rows.map((f) => findingLine.row(f, ageOf(f, now), words)),
      ),
      'text/csv;charset=utf-8',
    );
  return (
    <div className="table-page">
      <div className="head">
        <h1>{t('board.title')}</h1>
        <span className="quiet num" role="status">
          {list.data && t('common.rows', { count: rows.length })}
        </span>
        <span className="grow" />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save} disabled={rows.length === 0}>
          {t('common.export')}
        </Button>
      </div>
      <Figures rows={list.data && rows} now={now} />
      <div className="filters">
        <Tabs
          label={t('board.title')}
          value={view}
          options={views.map((each) => ({ value: each, label: t(`board.tab.${each}`) }))}
          onChange={(to) => filters.set('view', to === 'board' ? '' : to)}
        />
        <SearchBox value={q} label={t('common.search')} onChange={(text) => filters.set('q', text)} />
        <Choice
          label={t('board.stage')}
          value={stage}
          options={[
            { value: '', label: t('common.of', { label: t('board.stage'), value: t('common.all') }) },
            ...stages.map((each) => ({ value: each, label: t(`findings.${each}`) })),
          ]}
          onChange={(value) => filters.set('stage', value)}
        />
        <Choice
          label={t('findings.severity')}
          value={severity}
          options={choices('severity', ['minor', 'major'], t('findings.severity'))}
          onChange={(value) => filters.set('severity', value)}
        />
        <Choice
          label={t('findings.category')}
          value={category}
          options={[
            ...['nonconformity', 'observation', 'opportunity', 'strength'].map((value) => ({
              value,
              label: v('category', value),
            })),
            { value: 'any', label: t('common.all') },
          ]}
          onChange={(value) => filters.set('category', value === 'nonconformity' ? '' : value)}
        />
        <label className="tick">
          <input
            type="checkbox"
            checked={only === 'repeats'}
            onChange={(event) => filters.set('only', event.target.checked ? 'repeats' : '')}
          />{' '}
          {t('board.only.repeats')}
        </label>
        {clause && (
          <Button onClick={() => filters.set('clause', '')} aria-label={`${t('clauses.clause')} ${clause} ×`}>
            {clause} ×
          </Button>
        )}
        {filters.any && (
          <Button type="link" onClick={filters.clear}>
            {t('common.clear')}
          </Button>
        )}
      </div>
      {list.error ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Waiting sheets={2} />
      ) : rows.length === 0 ? (
        <Empty title={t('board.empty')} hint={t('cases.empty.hint')} />
      ) : view === 'list' ? (
        <FindingTable rows={rows} now={now} />
      ) : view === 'pareto' ? (
        <Pareto rows={rows} onClause={(id) => filters.set('clause', id)} />
      ) : (
        <Board rows={rows} now={now} />
      )}
    </div>
  );
}

/** What is searched for in the text, and only what came up again. */
function narrowed(list: FindingRow[], q: string, only: string): FindingRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter((f) => {
    const text = `${f.organization} ${f.finding} ${f.clause} ${f.statement}`.toLowerCase();
    return words.every((word) => text.includes(word)) && (only !== 'repeats' || f.repeated);
  });
}

/** The numbers of the list; dashes until there is one. */
function Figures({ rows, now }: { rows: FindingRow[] | undefined; now: number }) {
  const { t } = useWords();
  const summary = summaryOf(rows ?? [], now);
  const days = (count: number | undefined) => (count === undefined ? '–' : t('board.days', { days: count }));
  const figures = [
    { label: t('board.open'), value: rows ? summary.open : '–', loss: false },
    { label: t('board.overdue'), value: rows ? summary.late : '–', loss: summary.late > 0 },
    { label: t('board.repeats'), value: rows ? summary.repeats : '–', loss: summary.repeats > 0 },
    { label: t('board.oldest'), value: days(summary.oldest), loss: false },
    { label: t('board.median'), value: days(summary.median), loss: false },
  ];
  return (
    <dl className="figures">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt>{figure.label}</dt>
          <dd className={`num ${figure.loss ? 'loss' : ''}`}>{figure.value}</dd>
        </div>
      ))}
    </dl>
  );
}
