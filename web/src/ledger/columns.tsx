import type { LedgerItem } from '../api/types';
import { Who } from '../people/Who';
import { EntryLink, To } from '../shell/links';
import type { Column } from '../table/DataTable';
import { secondOf } from '../words/time';
import type { Words } from '../words/useWords';
import { sentenceOf } from './sentence';

export function entryColumns(words: Words, withCase: boolean): Column<LedgerItem>[] {
  const { t, v, type } = words;
  const columns: Column<LedgerItem>[] = [
    { key: 'seq', title: '#', width: '72px', cell: (item) => <EntryLink seq={item.seq} /> },
    {
      key: 'time',
      title: t('common.recorded'),
      width: '158px',
      cell: (item) => <span className="num">{secondOf(item.event.time)}</span>,
    },
    {
      key: 'actor',
      title: t('common.actor'),
      width: '150px',
      cell: (item) => (
        <span className="clip">
          <Who actor={item.event.actorid} /> <span className="quiet small">{v('role', item.event.actorrole)}</span>
        </span>
      ),
    },
    {
      key: 'type',
      title: t('ledger.type'),
      width: '158px',
      cell: (item) => <span className="tag">{type(item.event.type)}</span>,
    },
    {
      key: 'sentence',
      title: t('ledger.sentence'),
      width: 'minmax(240px, 1fr)',
      cell: (item) => {
        const sentence = sentenceOf(item.event, words);
        return (
          <span className="clip" title={sentence}>
            {sentence}
          </span>
        );
      },
    },
  ];
  if (!withCase) return columns;
  const kase: Column<LedgerItem> = {
    key: 'case',
    title: t('ledger.case'),
    width: '104px',
    cell: (item) =>
      item.event.subject.length === 26 ? (
        <To path={`/cases/${item.event.subject}`} className="mono clip">
          …{item.event.subject.slice(-8)}
        </To>
      ) : (
        <span className="mono">{item.event.subject}</span>
      ),
  };
  return [...columns, kase];
}

export const entryLine = {
  header: ({ t }: Words) => [
    '#',
    t('common.recorded'),
    t('common.effective'),
    t('common.actor'),
    t('common.role'),
    t('ledger.type'),
    t('ledger.sentence'),
    t('ledger.case'),
    t('ledger.digest'),
  ],
  row: (item: LedgerItem, words: Words) => [
    String(item.seq),
    item.event.time,
    item.event.effectivetime,
    item.event.actorid,
    words.v('role', item.event.actorrole),
    words.type(item.event.type),
    sentenceOf(item.event, words),
    item.event.subject,
    item.digest,
  ],
};
