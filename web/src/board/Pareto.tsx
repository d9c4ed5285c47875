import { useMemo } from 'react';
import type { FindingRow } from '../api/findings';
import { paretoOption } from '../analytics/options';
import { Chart, paletteOf } from '../score/Chart';
import { useAppearance } from '../shell/appearance';
import { useWords } from '../words/useWords';
import { paretoOf } from './findings';

/** How often each clause comes up, and the share of the commonest; the table says the same. */
export function Pareto({ rows, onClause }: { rows: FindingRow[]; onClause: (clause: string) => void }) {
  const { t } = useWords();
  const { dark } = useAppearance();
  const list = useMemo(() => paretoOf(rows), [rows]);
  const option = useMemo(
    () =>
      paretoOption(
        list.slice(0, 25).map((row) => ({ name: row.clause, value: row.count, cumulative: row.cumulative })),
        { bar: t('board.count'), line: t('board.cumulative') },
        paletteOf(dark),
      ),
    [list, dark, t],
  );
  return (
    <div className="with-table">
      <section className="sheet">
        <h2>{t('board.pareto')}</h2>
        <Chart
          label={t('board.pareto')}
          option={option}
          height={320}
          onPick={(index) => list[index] && onClause(list[index].clause)}
        />
      </section>
      <section className="sheet scroll" tabIndex={0} role="region" aria-label={t('common.table')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('clauses.clause')}</th>
              <th className="right">{t('board.count')}</th>
              <th className="right">{t('board.open')}</th>
              <th className="right">{t('board.cumulative')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((row) => (
              <tr key={row.clause}>
                <td>
                  <button className="link num" onClick={() => onClause(row.clause)}>
                    {row.clause}
                  </button>
                </td>
                <td className="right">{row.count}</td>
                <td className="right">{row.open}</td>
                <td className="right">{row.cumulative}%</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
