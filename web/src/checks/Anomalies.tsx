import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { get } from '../api/client';
import type { CaseRow, Check, Page } from '../api/types';
import { allEvents } from '../cases/queries';
import { useAsOf } from '../shell/asof';
import { EntryLinks, To } from '../shell/links';
import { Empty, Loaded } from '../shell/States';
import { csvOf, download } from '../table/csv';
import { useWords } from '../words/useWords';
import { useLateHours } from './lateHours';
import { afterDecision, copied, lateEntries, type Anomaly } from './anomalies';

/** Late, after the decision, cloned text and reused evidence: what the entries themselves show. */
export function Anomalies({ rows }: { rows: CaseRow[] }) {
  return <Loaded query={useLateHours()}>{(hours) => <Found rows={rows} hours={Number(hours)} />}</Loaded>;
}

function Found({ rows, hours }: { rows: CaseRow[]; hours: number }) {
  const { t, type } = useWords();
  const query = useAnomalies(rows, hours);
  const nameOf = (id: string) => rows.find((row) => row.case === id)?.organization ?? `…${id.slice(-8)}`;
  return (
    <section className="sheet">
      <Loaded query={query}>
        {(list) => (
          <>
            <div className="head">
              <h2>{t('checks.anomalies')}</h2>
              <span className="quiet num">{t('common.rows', { count: list.length })}</span>
              <span className="grow" />
              <Button
                icon={<DownloadOutlined aria-hidden />}
                onClick={() => {
                  const header = [t('checks.anomaly'), t('checks.case'), '#', t('common.reason'), t('ledger.sentence')];
                  const lines = list.map((a) => [
                    t(`checks.anomaly.${a.kind}`),
                    a.cases.map(nameOf).join(t('common.and')),
                    a.seqs.join(' '),
                    a.reason ?? '',
                    a.detail,
                  ]);
                  download('anomalies.csv', csvOf(header, lines), 'text/csv;charset=utf-8');
                }}
              >
                {t('common.export')}
              </Button>
            </div>
            <p className="quiet">{t('checks.anomalies.hint')}</p>
            {list.length === 0 ? (
              <Empty title={t('checks.anomalies.none')} />
            ) : (
              <div className="scroll" tabIndex={0}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{t('checks.anomaly')}</th>
                      <th>{t('checks.case')}</th>
                      <th>{t('ledger.sentence')}</th>
                      <th>#</th>
                    </tr>
                  </thead>
                  <tbody>
                    {list.map((a) => (
                      <tr key={`${a.kind} ${a.seqs.join()} ${a.detail}`} data-anomaly={a.kind}>
                        <td className="nowrap">
                          <span className="tag loss">{t(`checks.anomaly.${a.kind}`)}</span>
                        </td>
                        <td>
                          {a.cases.map((id) => (
                            <div key={id}>
                              <To path={`/cases/${id}`}>{nameOf(id)}</To>
                            </div>
                          ))}
                        </td>
                        <td className="clause-text">
                          {a.kind === 'late'
                            ? t('checks.anomaly.hours', { hours: a.detail })
                            : a.kind === 'after_decision'
                              ? type(a.detail)
                              : a.detail}
                          {a.kind === 'late' || a.kind === 'after_decision' ? (
                            <div className={a.reason ? 'quiet' : 'loss'}>
                              {a.reason ?? t('checks.anomaly.noreason')}
                            </div>
                          ) : null}
                        </td>
                        <td>
                          <EntryLinks seqs={a.seqs} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function useAnomalies(rows: CaseRow[], hours: number) {
  const { language } = useWords();
  const { query: asOf } = useAsOf();
  const ids = rows.map((row) => row.case);
  return useQuery({
    queryKey: ['lists', 'anomalies', ids, asOf, language, hours],
    queryFn: async ({ signal }): Promise<Anomaly[]> => {
      const found = await Promise.all(
        ids.map(async (id) => {
          const [items, checks] = await Promise.all([
            allEvents(id, asOf, signal),
            get<Page<Check>>(`/v1/cases/${id}/checks`, asOf, signal),
          ]);
          return [...lateEntries(items, hours), ...afterDecision(items), ...copied(checks.data.items)];
        }),
      );
      return found.flat();
    },
  });
}
