import { DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { Due } from '../api/findings';
import { ErrorView } from '../shell/RefusalView';
import { Empty, Waiting } from '../shell/States';
import { Tabs } from '../shell/Tabs';
import { Choice } from '../table/Choice';
import { csvOf, download } from '../table/csv';
import { useFilters } from '../table/useFilters';
import { useWords } from '../words/useWords';
import { DueTable, dueLine } from './DueTable';
import { Month } from './Month';
import { monthAfter, monthDays, monthName } from './month';
import { today, useDeadlines, useNextDeadline } from './queries';
import { dueName } from './words';
import './calendar.css';

const names = ['view', 'month', 'kind', 'state', 'case'] as const;
const kinds = [
  'application_review',
  'surveillance',
  'recertification',
  'suspension',
  'suspension_end',
  'appeal',
  'complaint',
] as const;

/** What is due or overdue, by month or as a list. */
export function CalendarPage() {
  const words = useWords();
  const { t, v } = words;
  const filters = useFilters(names);
  const { kind, state } = filters.values;
  const view = filters.values.view === 'list' ? 'list' : 'month';
  const now = today();
  const month = /^\d{4}-\d\d$/.test(filters.values.month) ? filters.values.month : now.slice(0, 7);
  const days = useMemo(() => monthDays(month), [month]);
  const query = useDeadlines('', view === 'month' ? (days.at(-1) ?? '') : '');
  const rows = useMemo(
    () => (query.data ?? []).filter((due) => (!kind || due.kind === kind) && (!state || due.state === state)),
    [query.data, kind, state],
  );
  const next = useNextDeadline(days.at(-1) ?? now).data;
  const before = rows.filter((due) => due.state === 'overdue' && due.due_on < (days[0] ?? '')).length;
  const turn = (months: number) => filters.set('month', monthAfter(month, months));
  const save = () =>
    download(
      'calendar.csv',
      csvOf(
        dueLine.header(words),
        rows.map((due) => dueLine.row(due, now, words)),
      ),
      'text/csv;charset=utf-8',
    );
  return (
    <div className="table-page">
      <div className="head">
        <h1>{t('calendar.title')}</h1>
        <span className="quiet num" role="status">
          {t('common.rows', { count: rows.length })}
        </span>
        <span className="grow" />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save} disabled={rows.length === 0}>
          {t('common.export')}
        </Button>
      </div>
      <div className="filters">
        <Tabs
          label={t('calendar.title')}
          value={view}
          options={(['month', 'list'] as const).map((each) => ({ value: each, label: t(`calendar.${each}`) }))}
          onChange={(to) => filters.set('view', to === 'month' ? '' : to)}
        />
        <Choice
          label={t('calendar.what')}
          value={kind}
          options={[
            { value: '', label: t('common.of', { label: t('calendar.what'), value: t('common.all') }) },
            ...kinds.map((value) => ({ value, label: v('deadline', value) })),
          ]}
          onChange={(value) => filters.set('kind', value)}
        />
        <Choice
          label={t('process.state')}
          value={state}
          options={[
            { value: '', label: t('common.of', { label: t('process.state'), value: t('common.all') }) },
            ...['due', 'planned', 'overdue'].map((value) => ({ value, label: v('due', value) })),
          ]}
          onChange={(value) => filters.set('state', value)}
        />
        {view === 'month' && (
          <span className="month-turn">
            <Button icon={<LeftOutlined aria-hidden />} aria-label={t('calendar.previous')} onClick={() => turn(-1)} />
            <strong className="num" aria-live="polite">
              {monthName(month, words.language)}
            </strong>
            <Button icon={<RightOutlined aria-hidden />} aria-label={t('calendar.following')} onClick={() => turn(1)} />
            <Button onClick={() => filters.set('month', '')}>{t('calendar.today')}</Button>
          </span>
        )}
      </div>
      {query.error ? (
        <ErrorView error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Waiting sheets={1} />
      ) : view === 'list' ? (
        <DueTable rows={rows} now={now} empty={<Empty title={t('calendar.empty')} />} />
      ) : (
        <>
          {before > 0 && (
            <p className="loss" role="note">
              {t('calendar.overdue.before', { count: before })}{' '}
              <Button type="link" onClick={() => filters.set('view', 'list')}>
                {t('calendar.list')}
              </Button>
            </p>
          )}
          {rows.every((due) => due.due_on < (days[0] ?? '')) && (
            <p className="quiet" role="note">
              {t('calendar.month.empty')}
              {next && (
                <Button type="link" onClick={() => filters.set('month', next.due_on.slice(0, 7))}>
                  {t('calendar.next', {
                    day: next.due_on,
                    what: dueName(next, words),
                    organization: next.organization,
                  })}
                </Button>
              )}
            </p>
          )}
          <Month days={days} month={month} byDay={groupedBy(rows)} now={now} />
        </>
      )}
    </div>
  );
}

function groupedBy(rows: Due[]): Map<string, Due[]> {
  const days = new Map<string, Due[]>();
  for (const due of rows) days.set(due.due_on, [...(days.get(due.due_on) ?? []), due]);
  return days;
}
