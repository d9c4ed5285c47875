import { useMemo, type ReactNode } from 'react';
import type { Due } from '../api/findings';
import { EntryLink, To } from '../shell/links';
import { DataTable, type Column } from '../table/DataTable';
import { useWords, type Words } from '../words/useWords';
import { daysUntil } from './queries';
import { dueForm, dueName, dueTone, leftOf } from './words';

export function DueTable({ rows, now, empty }: { rows: Due[]; now: string; empty: ReactNode }) {
  const words = useWords();
  const columns = useMemo(() => columnsOf(words, now), [words, now]);
  return (
    <DataTable
      label={words.t('calendar.title')}
      columns={columns}
      rows={rows}
      rowKey={(due) => `${due.case} ${due.kind} ${due.number ?? ''} ${due.label ?? ''}`}
      rowHeight={52}
      empty={empty}
    />
  );
}

function columnsOf(words: Words, now: string): Column<Due>[] {
  const { t, v } = words;
  return [
    {
      key: 'due',
      title: t('calendar.due'),
      width: '104px',
      compare: (a, b) => a.due_on.localeCompare(b.due_on),
      cell: (due) => <span className="num">{due.due_on}</span>,
    },
    {
      key: 'left',
      title: t('calendar.left'),
      width: '110px',
      cell: (due) => (
        <span className={`num ${daysUntil(due.due_on, now) < 0 ? 'loss' : ''}`}>{leftOf(due, now, words)}</span>
      ),
    },
    {
      key: 'what',
      title: t('calendar.what'),
      width: 'minmax(140px, 1fr)',
      compare: (a, b) => a.kind.localeCompare(b.kind),
      cell: (due) => <To path={`/cases/${due.case}${dueForm(due)}`}>{dueName(due, words)}</To>,
    },
    {
      key: 'organization',
      title: t('exchange.organization'),
      width: 'minmax(180px, 2fr)',
      compare: (a, b) => a.organization.localeCompare(b.organization, 'zh-CN'),
      cell: (due) => (
        <To path={`/cases/${due.case}`} className="clip">
          {due.organization}
        </To>
      ),
    },
    {
      key: 'state',
      title: t('process.state'),
      width: '84px',
      compare: (a, b) => a.state.localeCompare(b.state),
      cell: (due) => <span className={`tag ${dueTone[due.state]}`}>{v('due', due.state)}</span>,
    },
    {
      key: 'rule',
      title: t('calendar.rule'),
      width: 'minmax(160px, 1.4fr)',
      cell: (due) => (
        <>
          <span className="clip">
            {due.rule} <EntryLink seq={due.seq} />
          </span>
          {due.parameter && (
            <span
              className="clip quiet small"
              title={t('calendar.counted', { since: due.since, parameter: due.parameter, value: due.value ?? '' })}
            >
              {t('calendar.counted', { since: due.since, parameter: due.parameter, value: due.value ?? '' })}
            </span>
          )}
        </>
      ),
    },
  ];
}

/** The same as lines of a CSV file. */
export const dueLine = {
  header: ({ t }: Words): string[] => [
    t('calendar.due'),
    t('calendar.left'),
    t('calendar.what'),
    t('exchange.organization'),
    t('ledger.case'),
    t('process.state'),
    t('calendar.rule'),
    t('calendar.parameter'),
    '#',
  ],
  row: (due: Due, now: string, words: Words): string[] => [
    due.due_on,
    leftOf(due, now, words),
    dueName(due, words),
    due.organization,
    due.case,
    words.v('due', due.state),
    due.rule,
    due.parameter ? `${due.parameter} = ${due.value ?? ''}` : '',
    String(due.seq),
  ],
};
