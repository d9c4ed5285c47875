import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { useCaseEvents } from '../cases/queries';
import { Empty, Loaded } from '../shell/States';
import { csvOf, download } from '../table/csv';
import { DataTable } from '../table/DataTable';
import { useWords } from '../words/useWords';
import { entryColumns, entryLine } from './columns';

/** Every entry of a case, the newest first. */
export function CaseEntries() {
  const words = useWords();
  const { t } = words;
  const { case: id = '' } = useParams();
  const query = useCaseEvents(id);
  const [, setSearch] = useSearchParams();
  const columns = useMemo(() => entryColumns(words, false), [words]);
  return (
    <Loaded query={query} sheets={1}>
      {(items) => (
        <div className="table-page">
          <div className="head">
            <span className="quiet num">{t('common.rows', { count: items.length })}</span>
            <span className="grow" />
            <Button
              icon={<DownloadOutlined aria-hidden />}
              onClick={() => {
                const rows = items.map((item) => entryLine.row(item, words));
                download(`${id}.csv`, csvOf(entryLine.header(words), rows), 'text/csv;charset=utf-8');
              }}
            >
              {t('common.export')}
            </Button>
          </div>
          <DataTable
            label={t('case.entries')}
            columns={columns}
            rows={[...items].reverse()}
            rowKey={(item) => String(item.seq)}
            rowHeight={44}
            onOpen={(item) =>
              setSearch((now) => {
                const next = new URLSearchParams(now);
                next.set('entry', String(item.seq));
                return next;
              })
            }
            empty={<Empty title={t('ledger.empty')} />}
          />
        </div>
      )}
    </Loaded>
  );
}
