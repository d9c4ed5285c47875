import { DownloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSearchParams } from 'react-router-dom';
import { get, withQuery } from '../api/client';
import type { Page, SchemeRow } from '../api/types';
import { ChangesPage } from '../score/ChangesPage';
import { useAsOf } from '../shell/asof';
import { Empty, Loaded } from '../shell/States';
import { Tabs } from '../shell/Tabs';
import { Choice } from '../table/Choice';
import { useFilters } from '../table/useFilters';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { Losses } from './Losses';
import { Repeats } from './Repeats';
import { SavedViews } from '../table/SavedViews';
import { Scores } from './Scores';
import { Times } from './Times';
import type { Analytics } from './types';
import './analytics.css';

const tabs = ['scores', 'losses', 'repeats', 'times', 'changes'] as const;
type Tab = (typeof tabs)[number];

/** The table of the server behind each tab, as CSV. */
const tables: Record<Exclude<Tab, 'changes'>, string> = {
  scores: 'scores',
  losses: 'losses',
  repeats: 'repeats',
  times: 'lead_times',
};

/** How audits came out over time, as of any instant. */
export function AnalyticsPage() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const asked = search.get('tab') as Tab | null;
  const tab = asked && tabs.includes(asked) ? asked : 'scores';
  return tab === 'changes' ? (
    <ChangesPage above={<Above tab={tab} />} />
  ) : (
    <>
      <div className="head">
        <h1>{t('analytics.title')}</h1>
        <span className="grow" />
        <SavedViews of="analytics" />
      </div>
      <Above tab={tab} />
      <Reported tab={tab} />
    </>
  );
}

function Above({ tab }: { tab: Tab }) {
  const { t } = useWords();
  const filters = useFilters(['tab'] as const);
  return (
    <div className="filters">
      <Tabs
        label={t('analytics.title')}
        value={tab}
        options={tabs.map((each) => ({ value: each, label: t(`analytics.tab.${each}`) }))}
        onChange={(to) => filters.set('tab', to === 'scores' ? '' : to)}
      />
    </div>
  );
}

function Reported({ tab }: { tab: Exclude<Tab, 'changes'> }) {
  const { t, named } = useWords();
  const { query: point } = useAsOf();
  const filters = useFilters(['scheme', 'from', 'to'] as const);
  const { scheme, from, to } = filters.values;
  const schemes = useQuery({
    queryKey: ['lists', 'schemes'],
    queryFn: async () => (await get<Page<SchemeRow>>('/v1/schemes')).data.items,
  });
  const query = useQuery({
    queryKey: ['lists', 'analytics', scheme, from, to, point],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await get<Analytics>('/v1/analytics', { scheme, from, to, ...point }, signal)).data,
  });
  const ids = [...new Set((schemes.data ?? []).map((s) => s.id))];
  return (
    <>
      <div className="filters">
        <Choice
          label={t('cases.scheme')}
          value={scheme}
          options={[
            { value: '', label: t('analytics.all') },
            ...ids.map((id) => ({ value: id, label: named(schemes.data?.find((s) => s.id === id)?.title) || id })),
          ]}
          onChange={(value) => filters.set('scheme', value)}
        />
        <label className="between">
          {t('analytics.from')}
          <input
            className="native"
            type="date"
            value={from}
            onChange={(event) => filters.set('from', event.target.value)}
          />
        </label>
        <label className="between">
          {t('analytics.to')}
          <input
            className="native"
            type="date"
            value={to}
            onChange={(event) => filters.set('to', event.target.value)}
          />
        </label>
        {filters.any && (
          <Button type="link" onClick={filters.clear}>
            {t('common.clear')}
          </Button>
        )}
        <span className="grow" />
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={withQuery('/v1/analytics', { scheme, from, to, ...point, csv: tables[tab] })}
          download
        >
          {t('common.export')}
        </Button>
      </div>
      <Loaded query={query} sheets={2}>
        {(found) => (
          <>
            <p className="quiet small num">
              {t('analytics.asof', { seq: found.as_of.seq, time: minuteOf(found.as_of.recorded_at) })} ·{' '}
              {t('analytics.audits')} {found.audits}
            </p>
            {found.audits === 0 && tab !== 'times' ? (
              <section className="sheet">
                <Empty title={t('analytics.empty')} hint={t('analytics.empty.hint')} />
              </section>
            ) : (
              <Body tab={tab} found={found} />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function Body({ tab, found }: { tab: Exclude<Tab, 'changes'>; found: Analytics }) {
  switch (tab) {
    case 'losses':
      return <Losses list={found.losses} />;
    case 'repeats':
      return <Repeats list={found.repeats} />;
    case 'times':
      return <Times list={found.lead_times} />;
    default:
      return <Scores list={found.scores} audits={found.audits} />;
  }
}
