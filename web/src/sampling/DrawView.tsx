import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Draw, Population } from '../api/types';
import { Who } from '../people/Who';
import { Refuted } from '../proof/bytes';
import { EntryLink, To } from '../shell/links';
import { ErrorView } from '../shell/RefusalView';
import { csvOf, download } from '../table/csv';
import { secondOf } from '../words/time';
import { useWords } from '../words/useWords';
import { python, seedText } from './draw';
import { useMarks } from './useMarks';
import { drawnOf, useRepeated } from './useRepeated';

interface Props {
  id: string;
  audit: number;
  population: Population;
  draw: Draw;
  /** Who scores ticks what does not conform and takes it into the form. */
  scoring?: boolean;
  /** How an item is shown; as its line where nothing else is said. */
  show?: (line: string) => ReactNode;
}

const asIs = (line: string): ReactNode => line;

/** A sample: how it follows from list and checkpoint, repeated here, and its items to tick off. */
export function DrawView({ id, audit, population, draw, scoring = false, show }: Props) {
  const { t } = useWords();
  const repeated = useRepeated(id, audit, population, draw);
  const [bad, toggle] = useMarks(id, audit, population.population, draw.draw);
  const drawn = drawnOf(id, audit, population, draw);
  const lines = repeated.data?.lines;
  const save = () => {
    const rows = draw.items.map((item) => [String(item), lines?.[item - 1] ?? '', bad.includes(item) ? '×' : '']);
    const header = [t('sampling.line'), t('sampling.item'), t('sampling.bad')];
    download(`${population.population}-${draw.draw}.csv`, csvOf(header, rows), 'text/csv;charset=utf-8');
  };
  return (
    <section className="sheet draw">
      <div className="head">
        <h2>
          {population.population} · {t('sampling.nth', { draw: draw.draw })}
        </h2>
        <EntryLink seq={draw.entry.seq} />
        <span className="quiet num">
          <Who actor={draw.entry.actor} /> · {secondOf(draw.entry.recorded_at)}
        </span>
        <span className="grow" />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save}>
          {t('common.export')}
        </Button>
      </div>
      {draw.entry.reason && <p>{t('common.of', { label: t('sampling.redraw.why'), value: draw.entry.reason })}</p>}
      <p role="status" data-repeated={repeated.data?.same ?? (repeated.error ? 'error' : 'busy')}>
        {repeated.isPending && <span className="quiet">{t('sampling.repeat.busy')}</span>}
        {repeated.data?.same && <span className="good-text">✔ {t('sampling.repeat.same')}</span>}
        {repeated.error instanceof Refuted && (
          <span className="bad-text">
            ✖ {t('sampling.repeat.refuted')} <span className="mono break">{repeated.error.message}</span>
          </span>
        )}
        {repeated.data && !repeated.data.same && (
          <span className="bad-text">✖ {t('sampling.repeat.other', { items: repeated.data.items.join(', ') })}</span>
        )}
      </p>
      {repeated.error && !(repeated.error instanceof Refuted) && (
        <ErrorView error={repeated.error} onRetry={() => void repeated.refetch()} />
      )}
      <ol className="drawn">
        {draw.items.map((item) => (
          <li key={item} className={bad.includes(item) ? 'bad' : ''}>
            <label>
              {scoring && <input type="checkbox" checked={bad.includes(item)} onChange={() => toggle(item)} />}
              <span className="quiet num">{item}</span>{' '}
              <span className="break">{lines ? (show ?? asIs)(lines[item - 1] ?? '') : '…'}</span>
            </label>
          </li>
        ))}
      </ol>
      <div className="head">
        <span className="num">
          N = {population.size} · n = {draw.items.length}
          {scoring && (
            <>
              {' '}
              · d = <b>{bad.length}</b>
            </>
          )}
        </span>
        <span className="grow" />
        {scoring && (
          <To path={`/cases/${id}/findings/new?audit=${audit}&population=${population.population}&draw=${draw.draw}`}>
            {t(bad.length > 0 ? 'sampling.use' : 'sampling.use.none')}
          </To>
        )}
      </div>
      <details>
        <summary>{t('sampling.how')}</summary>
        <p className="quiet">{t('sampling.how.text')}</p>
        <pre className="raw" tabIndex={0}>
          {seedText(drawn)}
        </pre>
        <pre className="raw" tabIndex={0}>
          {python(drawn, draw.items.length)}
        </pre>
      </details>
    </section>
  );
}
