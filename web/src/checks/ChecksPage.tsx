import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { get } from '../api/client';
import type { CaseRow, Check, Page } from '../api/types';
import { useCases } from '../cases/queries';
import { Bundle } from '../ledger/Bundle';
import { EntryLinks, To } from '../shell/links';
import { Empty, Loaded } from '../shell/States';
import { csvOf, download } from '../table/csv';
import { useWords } from '../words/useWords';
import { pick } from './pick';
import './checks.css';

const noFilters = { q: '', state: '', grade: '', scheme: '' };

/** For the assessor: numbered checks × cases, a random pick with a seed, and bundles to take home. */
export function ChecksPage() {
  const { t } = useWords();
  const cases = useCases(noFilters);
  const rows = useMemo(() => cases.data?.pages.flatMap((page) => page.items) ?? [], [cases.data]);
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const shown = picked ? rows.filter((row) => picked.includes(row.case)) : rows.slice(0, 100);
  return (
    <>
      <h1>{t('checks.title')}</h1>
      <Draw cases={rows.map((row) => row.case)} onPick={setPicked} picked={picked} />
      {!cases.isPending && rows.length === 0 ? (
        <Empty title={t('checks.empty')} hint={t('checks.empty.hint')} />
      ) : (
        <Outcomes rows={shown} picked={picked !== null} />
      )}
    </>
  );
}

interface DrawProps {
  cases: string[];
  picked: readonly string[] | null;
  onPick: (cases: readonly string[] | null) => void;
}

function Draw({ cases, picked, onPick }: DrawProps) {
  const { t } = useWords();
  const [seed, setSeed] = useState('');
  const [count, setCount] = useState('3');
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        void pick(seed, cases, Number(count)).then(onPick);
      }}
    >
      <Input
        className="search-box"
        aria-label={t('checks.seed')}
        placeholder={t('checks.seed')}
        value={seed}
        onChange={(event) => setSeed(event.target.value)}
      />
      <input
        className="native count"
        type="number"
        min={1}
        max={100}
        aria-label={t('checks.count')}
        value={count}
        onChange={(event) => setCount(event.target.value)}
      />
      <Button htmlType="submit" disabled={seed === '' || !(Number(count) > 0)}>
        {t('checks.pick')}
      </Button>
      {picked && (
        <Button type="link" onClick={() => onPick(null)}>
          {t('checks.all')}
        </Button>
      )}
      <span className="quiet">{t('checks.pick.hint')}</span>
    </form>
  );
}

function Outcomes({ rows, picked }: { rows: CaseRow[]; picked: boolean }) {
  const { t, language } = useWords();
  const ids = rows.map((row) => row.case);
  const query = useQuery({
    queryKey: ['lists', 'checks', ids, language],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(ids.map((id) => get<Page<Check>>(`/v1/cases/${id}/checks`, {}, signal)));
      return pages.flatMap((page) => page.data.items);
    },
  });
  return (
    <Loaded query={query}>
      {(items) => (
        <>
          <Matrix rows={rows} items={items} />
          <Anomalies rows={rows} items={items} />
          {picked && (
            <section className="sheet">
              <h2>{t('checks.picked')}</h2>
              {rows.map((row) => (
                <div key={row.case} className="head">
                  <To path={`/cases/${row.case}`}>{row.organization}</To> <Bundle id={row.case} />
                </div>
              ))}
            </section>
          )}
        </>
      )}
    </Loaded>
  );
}

const sign = { pass: '✓', warn: '!', fail: '✖', not_applicable: '·' } as const;
const tone = { pass: 'good', warn: 'loss', fail: 'bad', not_applicable: '' } as const;

function Matrix({ rows, items }: { rows: CaseRow[]; items: Check[] }) {
  const { t } = useWords();
  const codes = [...new Set(items.map((item) => item.code))];
  const found = new Map(items.map((item) => [`${item.case} ${item.code}`, item]));
  return (
    <section className="sheet">
      <div className="head">
        <span className="grow" />
        <Button
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => {
            const header = [
              t('checks.case'),
              'code',
              t('checks.title'),
              t('findings.outcome'),
              t('common.reason'),
              '#',
            ];
            const lines = items.map((i) => [i.case, i.code, i.name, i.outcome, i.detail, i.events.join(' ')]);
            download('checks.csv', csvOf(header, lines), 'text/csv;charset=utf-8');
          }}
        >
          {t('common.export')}
        </Button>
      </div>
      <div className="scroll" tabIndex={0}>
        <table className="plain matrix">
          <thead>
            <tr>
              <th>{t('checks.case')}</th>
              {codes.map((code) => (
                <th key={code} title={items.find((i) => i.code === code)?.name}>
                  {code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.case}>
                <td>
                  <To path={`/cases/${row.case}/decisions`}>{row.organization}</To>
                </td>
                {codes.map((code) => {
                  const outcome = found.get(`${row.case} ${code}`)?.outcome ?? 'not_applicable';
                  return (
                    <td key={code} className="mark">
                      <span className={`tag ${tone[outcome]}`} title={t(`checks.outcome.${outcome}`)}>
                        <span aria-hidden>{sign[outcome]}</span>
                        <span className="unseen">{t(`checks.outcome.${outcome}`)}</span>
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Anomalies({ rows, items }: { rows: CaseRow[]; items: Check[] }) {
  const { t } = useWords();
  const bad = items.filter((item) => item.outcome === 'fail' || item.outcome === 'warn');
  if (bad.length === 0) return null;
  return (
    <section className="sheet">
      <h2>{t('checks.anomalies')}</h2>
      <table className="plain">
        <tbody>
          {bad.map((item) => (
            <tr key={item.case + item.code}>
              <td className="nowrap">
                <span className={`tag ${tone[item.outcome]}`}>{item.code}</span>
              </td>
              <td>{rows.find((row) => row.case === item.case)?.organization}</td>
              <td>
                {item.name}
                <div className="quiet">{item.detail}</div>
              </td>
              <td>
                <EntryLinks seqs={item.events} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
