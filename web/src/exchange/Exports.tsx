import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { getBytes } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import { useAsOf } from '../shell/asof';
import { RefusalView } from '../shell/RefusalView';
import { download } from '../table/csv';
import type { Word } from '../words/glossary';
import { useWords, type Words } from '../words/useWords';
import { BundleExport } from './BundleExport';
import { calendarCsv, casesCsv, checksCsv, findingsCsv, registerCsv, type Csv } from './lists';

const lists: {
  id: string;
  title: Word;
  hint: Word;
  make: (query: { as_of?: string }, words: Words) => Promise<Csv>;
}[] = [
  { id: 'cases', title: 'exchange.cases', hint: 'exchange.cases.hint', make: casesCsv },
  { id: 'findings', title: 'exchange.findings', hint: 'exchange.findings.hint', make: findingsCsv },
  { id: 'register', title: 'exchange.register', hint: 'exchange.register.hint', make: registerCsv },
  { id: 'checks', title: 'exchange.checks', hint: 'exchange.checks.hint', make: checksCsv },
  { id: 'calendar', title: 'exchange.calendar', hint: 'exchange.calendar.hint', make: calendarCsv },
];

/** Lists as CSV, the ledger as NDJSON, a case as a bundle; all as of the instant shown where that has one. */
export function Exports() {
  const words = useWords();
  const { t } = words;
  const { query } = useAsOf();
  const [busy, setBusy] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run = async (id: string, make: () => Promise<void>) => {
    setBusy(id);
    setRefusal(null);
    try {
      await make();
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy('');
    }
  };
  const feed = async () => {
    const path = query.as_of ? `/v1/events?as_of=${encodeURIComponent(query.as_of)}` : '/v1/events';
    download('events.ndjson', (await getBytes(path, 'application/x-ndjson')) as BlobPart, 'application/x-ndjson');
  };
  return (
    <>
      {refusal && <RefusalView refusal={refusal} />}
      <ul className="exports">
        {lists.map((list) => (
          <Line key={list.id} id={list.id} title={t(list.title)} hint={t(list.hint)}>
            <Button
              icon={<DownloadOutlined aria-hidden />}
              loading={busy === list.id}
              aria-label={`${t('exchange.download')} ${t(list.title)} CSV`}
              onClick={() =>
                void run(list.id, async () => {
                  const { name, text } = await list.make(query, words);
                  download(name, text, 'text/csv;charset=utf-8');
                })
              }
            >
              CSV
            </Button>
          </Line>
        ))}
        <Line id="feed" title={t('exchange.feed')} hint={t('exchange.feed.hint')}>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={busy === 'feed'}
            aria-label={`${t('exchange.download')} ${t('exchange.feed')} NDJSON`}
            onClick={() => void run('feed', feed)}
          >
            NDJSON
          </Button>
        </Line>
        <Line id="bundle" title={t('exchange.bundle')} hint={t('exchange.bundle.hint')}>
          <BundleExport busy={busy === 'bundle'} onRun={(make) => void run('bundle', make)} />
        </Line>
      </ul>
    </>
  );
}

function Line({ id, title, hint, children }: { id: string; title: string; hint: string; children: React.ReactNode }) {
  return (
    <li data-export={id}>
      <div>
        <strong>{title}</strong>
        <div className="quiet small">{hint}</div>
      </div>
      {children}
    </li>
  );
}
