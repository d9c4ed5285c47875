import { useMemo } from 'react';
import { Chart, paletteOf } from '../score/Chart';
import { useAppearance } from '../shell/appearance';
import { Empty } from '../shell/States';
import { useWords } from '../words/useWords';
import { timeOption } from './options';
import type { LeadTime } from './types';

/** Days to one decimal, for the eye; the exact ones are in the tooltip. */
function days(value: string): string {
  return String(Math.round(Number(value) * 10) / 10);
}

/** How many days each step took over the audits decided. */
export function Times({ list }: { list: LeadTime[] }) {
  const words = useWords();
  const { t, v } = words;
  const { dark } = useAppearance();
  const option = useMemo(() => timeOption(list, words, paletteOf(dark)), [list, words, dark]);
  if (list.every((time) => time.audits === 0))
    return (
      <section className="sheet">
        <Empty title={t('analytics.empty')} hint={t('analytics.empty.hint')} />
      </section>
    );
  return (
    <div className="with-table">
      <section className="sheet">
        <h2>{t('analytics.times')}</h2>
        <Chart label={t('analytics.times')} option={option} height={320} />
      </section>
      <section className="sheet scroll" tabIndex={0} role="region" aria-label={t('common.table')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('analytics.step')}</th>
              <th className="right">{t('analytics.audits')}</th>
              <th className="right">{t('analytics.median')}</th>
              <th className="right">{t('analytics.ninth')}</th>
              <th className="right">{t('analytics.longest')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((time) => (
              <tr key={time.step}>
                <td>{v('step', time.step)}</td>
                <td className="right">{time.audits}</td>
                {[time.median_days, time.ninth_days, time.longest_days].map((value, i) => (
                  <td key={i} className="right" title={value}>
                    {days(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
