import { useMemo } from 'react';
import { Chart, paletteOf } from '../score/Chart';
import { fractionOf, pixels, shown } from '../score/fraction';
import { useAppearance } from '../shell/appearance';
import { To } from '../shell/links';
import { useWords } from '../words/useWords';
import { paretoOption } from './options';
import type { ClauseLoss } from './types';

/** A share of 0 to 1 as per cent, to one decimal, for the eye. */
function percent(share: { fraction: string }): string {
  const { n, d } = fractionOf(share.fraction);
  return `${shown({ n: (n * 1000n + d / 2n) / d, d: 10n })}%`;
}

/** The Pareto of lost points by clause, one for each scheme. */
export function Losses({ list }: { list: ClauseLoss[] }) {
  const schemes = [...new Set(list.map((loss) => loss.scheme))];
  return (
    <>
      {schemes.map((scheme) => (
        <OfScheme key={scheme} scheme={scheme} list={list.filter((loss) => loss.scheme === scheme)} />
      ))}
    </>
  );
}

function OfScheme({ scheme, list }: { scheme: string; list: ClauseLoss[] }) {
  const { t } = useWords();
  const { dark } = useAppearance();
  const option = useMemo(
    () =>
      paretoOption(
        list.slice(0, 25).map((loss) => ({
          name: loss.clause,
          value: pixels(loss.lost),
          cumulative: Math.round(pixels(loss.cumulative) * 1000) / 10,
        })),
        { bar: t('analytics.lost'), line: t('analytics.cumulative') },
        paletteOf(dark),
      ),
    [list, dark, t],
  );
  return (
    <div className="with-table">
      <section className="sheet">
        <h2>
          {t('analytics.losses')} <span className="quiet">{scheme}</span>
        </h2>
        <Chart label={`${t('analytics.losses')} ${scheme}`} option={option} height={320} />
      </section>
      <section className="sheet scroll" tabIndex={0} role="region" aria-label={`${t('common.table')} ${scheme}`}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('clauses.clause')}</th>
              <th className="right">{t('analytics.audits')}</th>
              <th className="right">{t('analytics.lost')}</th>
              <th className="right">{t('analytics.share')}</th>
              <th className="right">{t('analytics.cumulative')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((loss) => (
              <tr key={loss.clause}>
                <td className="num">
                  <To path={`/findings?clause=${loss.clause}&view=list`}>{loss.clause}</To>
                </td>
                <td className="right">{loss.audits}</td>
                <td className="right loss" title={loss.lost.fraction}>
                  {loss.lost.value}
                </td>
                <td className="right">{percent(loss.share)}</td>
                <td className="right">{percent(loss.cumulative)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
