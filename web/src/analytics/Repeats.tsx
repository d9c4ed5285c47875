import { To } from '../shell/links';
import { Empty } from '../shell/States';
import { useWords } from '../words/useWords';
import type { ClauseRepeat } from './types';

/** The clauses that later audits of a case found again. */
export function Repeats({ list }: { list: ClauseRepeat[] }) {
  const { t } = useWords();
  if (list.length === 0)
    return (
      <section className="sheet">
        <Empty title={t('common.none')} hint={t('analytics.repeats')} />
      </section>
    );
  return (
    <section className="sheet scroll" tabIndex={0} role="region" aria-label={t('analytics.repeats')}>
      <h2>{t('analytics.repeats')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('clauses.clause')}</th>
            <th>{t('cases.scheme')}</th>
            <th className="right">{t('analytics.audits')}</th>
            <th>{t('analytics.examples')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((repeat) => (
            <tr key={repeat.scheme + repeat.clause}>
              <td className="num">
                <To path={`/findings?clause=${repeat.clause}&only=repeats&view=list`}>{repeat.clause}</To>
              </td>
              <td>{repeat.scheme}</td>
              <td className="right">{repeat.audits}</td>
              <td>
                {repeat.examples.map((example) => (
                  <To
                    key={example.case + example.audit}
                    path={`/cases/${example.case}/findings?audit=${example.audit}`}
                    className="mono example"
                  >
                    …{example.case.slice(-8)}/{example.audit}
                  </To>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
