import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { get } from '../api/client';
import type { CaseRow, Check, Page } from '../api/types';
import { useAsOf } from '../shell/asof';
import { EntryLinks, To } from '../shell/links';
import { Loaded } from '../shell/States';
import { csvOf, download } from '../table/csv';
import { useWords } from '../words/useWords';

/** The checks over the whole ledger, the newest cases first, a page of cases after the other. */
export function LedgerOutcomes({ cases }: { cases: CaseRow[] }) {
  const { t, language } = useWords();
  const { query: asOf } = useAsOf();
  const query = useInfiniteQuery({
    queryKey: ['lists', 'checks', 'ledger', asOf, language],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) =>
      (await get<Page<Check>>('/v1/checks', { ...asOf, after: pageParam, limit: 100 }, signal)).data,
    getNextPageParam: (last) => last.next,
  });
  const [rows, items] = useMemo(() => {
    const found = query.data?.pages.flatMap((page) => page.items) ?? [];
    const [shown, known] = [new Set(found.map((item) => item.case)), new Set(cases.map((row) => row.case))];
    return [cases.filter((row) => shown.has(row.case)), found.filter((item) => known.has(item.case))];
  }, [cases, query.data]);
  return (
    <Loaded query={query}>
      {() => (
        <>
          <Found rows={rows} items={items} />
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('common.more')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}

/** The checks over some cases. */
export function Outcomes({ rows }: { rows: CaseRow[] }) {
  const { language } = useWords();
  const { query: asOf } = useAsOf();
  const ids = rows.map((row) => row.case);
  const query = useQuery({
    queryKey: ['lists', 'checks', ids, asOf, language],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(ids.map((id) => get<Page<Check>>(`/v1/cases/${id}/checks`, asOf, signal)));
      return pages.flatMap((page) => page.data.items);
    },
  });
  if (ids.length === 0) return null;
  return <Loaded query={query}>{(items) => <Found rows={rows} items={items} />}</Loaded>;
}

/** Numbered checks × cases, and below it each outcome that does not pass, with its entries. */
function Found({ rows, items }: { rows: CaseRow[]; items: Check[] }) {
  return (
    <>
      <Matrix rows={rows} items={items} />
      <Faults rows={rows} items={items} />
    </>
  );
}

const sign = { pass: '✓', warn: '!', fail: '✖', not_applicable: '·' } as const;
const tone = { pass: 'good', warn: 'loss', fail: 'bad', not_applicable: '' } as const;

function Matrix({ rows, items }: { rows: CaseRow[]; items: Check[] }) {
  const { t } = useWords();
  const codes = [...new Set(items.map((item) => item.code))];
  const found = new Map(items.map((item) => [`${item.case} ${item.code}`, item]));
  const save = () => {
    const header = [t('checks.case'), 'code', t('checks.title'), t('findings.outcome'), t('common.reason'), '#'];
    const lines = items.map((i) => [i.case, i.code, i.name, i.outcome, i.detail, i.events.join(' ')]);
    download('checks.csv', csvOf(header, lines), 'text/csv;charset=utf-8');
  };
  return (
    <section className="sheet">
      <div className="head">
        <h2>{t('checks.matrix')}</h2>
        <span className="grow" />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save}>
          {t('common.export')}
        </Button>
      </div>
      <div className="scroll" tabIndex={0}>
        <table className="plain matrix">
          <thead>
            <tr>
              <th scope="col">{t('checks.case')}</th>
              {codes.map((code) => (
                <th scope="col" key={code} title={items.find((i) => i.code === code)?.name}>
                  {code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.case}>
                <th scope="row">
                  <To path={`/cases/${row.case}/decisions`}>{row.organization}</To>
                </th>
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

function Faults({ rows, items }: { rows: CaseRow[]; items: Check[] }) {
  const { t } = useWords();
  const names = new Map(rows.map((row) => [row.case, row.organization]));
  const bad = items.filter((item) => item.outcome === 'fail' || item.outcome === 'warn');
  if (bad.length === 0) return null;
  return (
    <section className="sheet">
      <h2>{t('checks.faults')}</h2>
      <table className="plain faults">
        <tbody>
          {bad.map((item) => (
            <tr key={item.case + item.code}>
              <td className="nowrap">
                <span className={`tag ${tone[item.outcome]}`}>{item.code}</span>
              </td>
              <td>{names.get(item.case)}</td>
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
