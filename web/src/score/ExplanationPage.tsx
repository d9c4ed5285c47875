import { PrinterOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { Scheme, Score } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useScheme } from '../cases/queries';
import { useAppearance } from '../shell/appearance';
import { EntryLinks } from '../shell/links';
import { Empty, Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { Calculation } from './Calculation';
import { Chart, paletteOf } from './Chart';
import { Delta } from './Marks';
import { useScore } from './queries';
import { barsOf, changeOf, waterfallOption, type Bar } from './waterfall';
import { WhatIf } from './WhatIf';

export function ExplanationPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const score = useScore(kase.case, number);
  const audit = useAudit(kase.case, number);
  const scheme = useScheme(score.data?.scheme.id, score.data?.scheme.version);
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={score} sheets={2}>
      {(found) => (
        <Loaded query={scheme} sheets={2}>
          {(rules) => (
            <>
              <Waterfall score={found} scheme={rules} />
              <Calculation kase={kase} score={found} scheme={rules} />
              {audit.data && <WhatIf kase={kase} audit={audit.data} score={found} />}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Waterfall({ score, scheme }: { score: Score; scheme: Scheme }) {
  const words = useWords();
  const { t } = words;
  const { dark } = useAppearance();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [picked, setPicked] = useState<number | null>(null);
  const bars = useMemo(() => barsOf(score, scheme, words), [score, scheme, words]);
  const option = useMemo(() => waterfallOption(bars, paletteOf(dark)), [bars, dark]);
  const bar = picked === null ? null : bars[picked];
  return (
    <section className="sheet noprint">
      <div className="head">
        <h2>{t('score.waterfall')}</h2>
        <span className="grow" />
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'chart' as const, label: t('common.chart') },
            { value: 'table' as const, label: t('common.table') },
          ]}
        />
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('common.print')}
        </Button>
      </div>
      {view === 'chart' && (
        <Chart
          label={t('common.of', { label: t('score.waterfall'), value: score.final.value })}
          option={option}
          height={280}
          onPick={setPicked}
        />
      )}
      {view === 'chart' ? bar && <BarDetail bar={bar} score={score} /> : <BarTable bars={bars} />}
    </section>
  );
}

function BarTable({ bars }: { bars: Bar[] }) {
  const { t } = useWords();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t('score.waterfall')}</th>
          <th className="right">{t('score.delta')}</th>
          <th className="right">{t('score.fraction')}</th>
          <th>{t('score.entries')}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.id}>
            <td>{bar.name}</td>
            <td className="right">{bar.total ? <b>{changeOf(bar).value}</b> : <Delta delta={changeOf(bar)} />}</td>
            <td className="right quiet">{changeOf(bar).fraction}</td>
            <td>
              <EntryLinks seqs={bar.events} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BarDetail({ bar, score }: { bar: Bar; score: Score }) {
  const { t } = useWords();
  const clauses = score.clauses?.filter((c) => bar.clauses.includes(c.clause)) ?? [];
  return (
    <div className="bar-detail" role="status">
      <h3>
        {bar.name} {bar.total ? changeOf(bar).value : <Delta delta={changeOf(bar)} />}
      </h3>
      {clauses.map((c) => (
        <p key={c.clause} className="num">
          <strong>{c.clause}</strong> {c.formula} <EntryLinks seqs={c.events} />
        </p>
      ))}
      {clauses.length === 0 && bar.events.length > 0 && (
        <p>
          {t('score.entries')} <EntryLinks seqs={bar.events} />
        </p>
      )}
    </div>
  );
}
