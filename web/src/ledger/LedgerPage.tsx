import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { LedgerItem } from '../api/types';
import { useAsOf } from '../shell/asof';
import { useLive } from '../shell/live';
import { ErrorView } from '../shell/RefusalView';
import { Empty } from '../shell/States';
import { Choice } from '../table/Choice';
import { csvOf, download } from '../table/csv';
import { DataTable } from '../table/DataTable';
import { useFilters } from '../table/useFilters';
import { glossary } from '../words/glossary';
import { useWords } from '../words/useWords';
import { entryColumns, entryLine } from './columns';
import { useFiltered, useLedger } from './useLedger';
import './ledger.css';

const names = ['type', 'actor', 'from', 'to'] as const;
const types = Object.keys(glossary)
  .filter((word) => word.startsWith('type.'))
  .map((word) => `starledger.${word.slice(5)}.v1`);

export function LedgerPage() {
  const words = useWords();
  const { t, type } = words;
  const filters = useFilters(names);
  const { point } = useAsOf();
  const { head } = useLive();
  const [following, setFollowing] = useState(true);
  const [top, setTop] = useState(head);
  // A point by sequence ends the list there; live, the list grows at its top while it is followed.
  const ends = point?.startsWith('seq:') ? Number(point.slice(4)) : top;
  useEffect(() => {
    if (following) setTop(head);
  }, [following, head]);
  const newest = useLedger(ends);
  const filtered = useFiltered(filters.values, filters.any);
  const list = filters.any ? filtered : newest;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => entryColumns(words, true), [words]);
  const open = useOpenEntry();
  return (
    <div className="table-page">
      <div className="head">
        <h1>{t('ledger.title')}</h1>
        <span className="quiet num">#{head}</span>
        <label className="follow">
          <input type="checkbox" checked={following} onChange={(event) => setFollowing(event.target.checked)} />{' '}
          {t('ledger.tail')}
          {!following && head > top && <span className="tag brand">{t('ledger.new', { count: head - top })}</span>}
        </label>
        <span className="grow" />
        <GoTo onGo={open} />
        <Button
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => {
            const lines = rows.map((item) => entryLine.row(item, words));
            download('ledger.csv', csvOf(entryLine.header(words), lines), 'text/csv;charset=utf-8');
          }}
        >
          {t('common.export')}
        </Button>
      </div>
      <div className="filters">
        <Choice
          label={t('ledger.type')}
          value={filters.values.type}
          options={[
            { value: '', label: t('common.of', { label: t('ledger.type'), value: t('common.all') }) },
            ...types.map((value) => ({ value, label: type(value) })),
          ]}
          onChange={(value) => filters.set('type', value)}
        />
        <Input
          className="actor-filter"
          aria-label={t('ledger.actor')}
          placeholder={t('ledger.actor')}
          allowClear
          defaultValue={filters.values.actor}
          onChange={(event) => filters.set('actor', event.target.value)}
        />
        <span className="range">
          <input
            type="date"
            className="native"
            aria-label={t('decisions.from')}
            value={filters.values.from}
            onChange={(event) => filters.set('from', event.target.value)}
          />
          <span aria-hidden>–</span>
          <input
            type="date"
            className="native"
            aria-label={t('decisions.until')}
            value={filters.values.to}
            onChange={(event) => filters.set('to', event.target.value)}
          />
        </span>
        {filters.any && (
          <Button type="link" onClick={filters.clear}>
            {t('common.clear')}
          </Button>
        )}
      </div>
      {list.error ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <DataTable<LedgerItem>
          label={t('ledger.title')}
          columns={columns}
          rows={rows}
          rowKey={(item) => String(item.seq)}
          rowHeight={44}
          onOpen={(item) => open(item.seq)}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
          waiting={list.isPending}
          empty={<Empty title={t('ledger.empty')} />}
        />
      )}
    </div>
  );
}

function useOpenEntry(): (seq: number) => void {
  const [, setSearch] = useSearchParams();
  return (seq) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      next.set('entry', String(seq));
      return next;
    });
}

function GoTo({ onGo }: { onGo: (seq: number) => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (/^[1-9]\d*$/.test(text)) onGo(Number(text));
      }}
    >
      <Input
        className="goto"
        inputMode="numeric"
        aria-label={t('ledger.goto')}
        placeholder={t('ledger.goto')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
