import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { get } from '../api/client';
import type { Page, RegisterRow } from '../api/types';
import { toneOf } from '../cases/words';
import { Grade } from '../score/Marks';
import { useAsOf } from '../shell/asof';
import { To } from '../shell/links';
import { ErrorView } from '../shell/RefusalView';
import { Empty } from '../shell/States';
import { csvOf, download } from '../table/csv';
import { DataTable, type Column } from '../table/DataTable';
import { useWords, type Words } from '../words/useWords';

/** The certificates, as they stood at the instant shown. */
export function RegisterPage() {
  const words = useWords();
  const { t } = words;
  const { query } = useAsOf();
  const list = useQuery({
    queryKey: ['lists', 'register', query],
    queryFn: async ({ signal }) =>
      (await get<Page<RegisterRow>>('/v1/register', { ...query, limit: 1000 }, signal)).data.items,
  });
  const rows = useMemo(() => list.data ?? [], [list.data]);
  const columns = useMemo(() => columnsOf(words), [words]);
  return (
    <div className="table-page">
      <div className="head">
        <h1>{t('register.title')}</h1>
        <span className="quiet num">{list.data && t('common.rows', { count: rows.length })}</span>
        <span className="grow" />
        <Button
          icon={<DownloadOutlined aria-hidden />}
          disabled={rows.length === 0}
          onClick={() => {
            const lines = rows.map((row) => registerLine.row(row, words));
            download('register.csv', csvOf(registerLine.header(words), lines), 'text/csv;charset=utf-8');
          }}
        >
          {t('common.export')}
        </Button>
      </div>
      {list.error ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <DataTable
          label={t('register.title')}
          columns={columns}
          rows={rows}
          rowKey={(r) => r.number}
          rowHeight={48}
          waiting={list.isPending}
          empty={<Empty title={t('register.empty')} />}
        />
      )}
    </div>
  );
}

function columnsOf({ t, v }: Words): Column<RegisterRow>[] {
  return [
    {
      key: 'number',
      title: t('decisions.certificate.number'),
      width: 'minmax(160px, 1fr)',
      compare: (a, b) => a.number.localeCompare(b.number),
      cell: (r) => (
        <To path={`/cases/${r.case}/decisions`} className="mono">
          {r.number}
        </To>
      ),
    },
    {
      key: 'holder',
      title: t('register.holder'),
      width: 'minmax(180px, 2fr)',
      cell: (r) => <span className="clip">{r.holder}</span>,
    },
    { key: 'grade', title: t('cases.grade'), width: '130px', cell: (r) => <Grade grade={r.grade} /> },
    {
      key: 'status',
      title: t('register.status'),
      width: '110px',
      cell: (r) => <span className={`tag ${toneOf(r.status)}`}>{v('state', r.status)}</span>,
    },
    {
      key: 'from',
      title: t('register.from'),
      width: '110px',
      cell: (r) => <span className="num">{r.valid_from}</span>,
    },
    {
      key: 'until',
      title: t('register.until'),
      width: '110px',
      compare: (a, b) => a.valid_until.localeCompare(b.valid_until),
      cell: (r) => <span className="num">{r.valid_until}</span>,
    },
  ];
}

/** The same as lines of a CSV file. */
export const registerLine = {
  header: ({ t }: Words): string[] => [
    t('decisions.certificate.number'),
    t('register.holder'),
    t('cases.grade'),
    t('register.status'),
    t('register.from'),
    t('register.until'),
    t('ledger.case'),
  ],
  row: (r: RegisterRow, { v }: Words): string[] => [
    r.number,
    r.holder,
    v('grade', r.grade),
    v('state', r.status),
    r.valid_from,
    r.valid_until,
    r.case,
  ],
};
