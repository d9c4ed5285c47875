import { useMemo } from 'react';
import { Chart, paletteOf } from '../score/Chart';
import { useAppearance } from '../shell/appearance';
import { useWords } from '../words/useWords';
import { gradeOption, scoreOption } from './options';
import type { ScoreGroup } from './types';

const grades = ['five_star', 'four_star', 'three_star', 'qualified'] as const;

/** Scores and grades of the audits reported in each month, by scheme. */
export function Scores({ list, audits }: { list: ScoreGroup[]; audits: number }) {
  const words = useWords();
  const { t, v } = words;
  const { dark } = useAppearance();
  const palette = useMemo(() => paletteOf(dark), [dark]);
  const means = useMemo(() => scoreOption(list, palette), [list, palette]);
  const stacked = useMemo(() => gradeOption(list, words, palette), [list, words, palette]);
  const total = (of: (g: ScoreGroup) => number) => list.reduce((sum, g) => sum + of(g), 0);
  return (
    <>
      <dl className="figures">
        <Figure label={t('analytics.audits')} value={audits} />
        {grades.map((id) => (
          <Figure key={id} label={v('grade', id)} value={total((g) => g.grades[id] ?? 0)} />
        ))}
        <Figure label={t('analytics.failed')} value={total((g) => g.failed)} loss />
      </dl>
      <div className="pair">
        <section className="sheet">
          <h2>{t('analytics.scores')}</h2>
          <Chart label={t('analytics.scores')} option={means} height={280} />
        </section>
        <section className="sheet">
          <h2>{t('analytics.grades')}</h2>
          <Chart label={t('analytics.grades')} option={stacked} height={280} />
        </section>
      </div>
      <section className="sheet scroll" tabIndex={0} role="region" aria-label={t('common.table')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('analytics.month')}</th>
              <th>{t('cases.scheme')}</th>
              <th className="right">{t('analytics.audits')}</th>
              {grades.map((id) => (
                <th key={id} className="right">
                  {v('grade', id)}
                </th>
              ))}
              <th className="right">{t('analytics.failed')}</th>
              <th className="right">{t('analytics.mean')}</th>
              <th className="right">{t('analytics.least')}</th>
              <th className="right">{t('analytics.most')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((g) => (
              <tr key={g.month + g.scheme}>
                <td className="num nowrap">{g.month}</td>
                <td>{g.scheme}</td>
                <td className="right">{g.audits}</td>
                {grades.map((id) => (
                  <td key={id} className="right">
                    {g.grades[id] ?? 0}
                  </td>
                ))}
                <td className={`right ${g.failed > 0 ? 'loss' : ''}`}>{g.failed}</td>
                <td className="right" title={g.mean.fraction}>
                  <b>{g.mean.value}</b>
                </td>
                <td className="right" title={g.least.fraction}>
                  {g.least.value}
                </td>
                <td className="right" title={g.most.fraction}>
                  {g.most.value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Figure({ label, value, loss = false }: { label: string; value: number; loss?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={`num ${loss && value > 0 ? 'loss' : ''}`}>{value}</dd>
    </div>
  );
}
