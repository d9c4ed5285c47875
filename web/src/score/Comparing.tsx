import { Button } from 'antd';
import { memo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Comparison, LedgerItem } from '../api/types';
import { Who } from '../people/Who';
import { EntryLink } from '../shell/links';
import { Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { compare, exactOf, fractionOf, shown, subtract, sum, zero } from './fraction';
import { Delta, Grade } from './Marks';
import { useComparison } from './queries';

/** Two instants and what made the difference between them. A and B stand in the address. */
export function Comparing({
  id,
  audit,
  items,
  here,
}: {
  id: string;
  audit: number;
  items: LedgerItem[];
  here: number;
}) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const known = (name: string): number | null => {
    const seq = Number(search.get(name));
    return items.some((item) => item.seq === seq) ? seq : null;
  };
  const a = known('a') ?? items[0]?.seq ?? null;
  const b = known('b') ?? items.at(-1)?.seq ?? null;
  const query = useComparison(id, audit, a, b);
  const set = (name: 'a' | 'b') =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        next.set(name, String(here));
        return next;
      },
      { replace: true },
    );
  return (
    <section className="sheet">
      <div className="head">
        <h2>{t('score.compare')}</h2>
        <span className="tag brand num">
          A #{a} | B #{b}
        </span>
        <span className="grow" />
        <Button onClick={() => set('a')}>{`${t('score.compare.a')} = #${here}`}</Button>
        <Button onClick={() => set('b')}>{`${t('score.compare.b')} = #${here}`}</Button>
      </div>
      {a === b ? (
        <p className="quiet">{t('score.compare.none')}</p>
      ) : (
        <Loaded query={query}>{(found) => <Causes comparison={found} />}</Loaded>
      )}
    </section>
  );
}

/** More than these nobody reads; the sum is over all of them. */
const mostShown = 200;

const Causes = memo(function Causes({ comparison }: { comparison: Comparison }) {
  const { t, type } = useWords();
  const { a, b, delta, causes } = comparison;
  const total = sum(causes.map((cause) => fractionOf(cause.delta.fraction)));
  const gap = subtract(fractionOf(delta.fraction), total);
  return (
    <>
      <p className="compared num">
        <span>
          A #{a.seq} <b>{a.final.value}</b> <Grade grade={a.grade} />
        </span>
        <span>→</span>
        <span>
          B #{b.seq} <b>{b.final.value}</b> <Grade grade={b.grade} />
        </span>
        <span>
          {t('score.compare.delta')} <Delta delta={delta} />
        </span>
      </p>
      {causes.length === 0 ? (
        <p className="quiet">{t('score.compare.none')}</p>
      ) : (
        <div className="scroll timeline-table" tabIndex={0}>
          <table className="plain">
            <caption className="unseen">{t('score.compare.causes')}</caption>
            <thead>
              <tr>
                <th>#</th>
                <th>{t('score.compare.causes')}</th>
                <th>{t('clauses.clause')}</th>
                <th>{t('common.actor')}</th>
                <th className="right">{t('score.delta')}</th>
                <th className="right">{t('score.fraction')}</th>
              </tr>
            </thead>
            <tbody>
              {causes.slice(0, mostShown).map((cause) => (
                <tr key={cause.seq}>
                  <td>
                    <EntryLink seq={cause.seq} />
                  </td>
                  <td>{type(cause.type)}</td>
                  <td className="num">{cause.clause}</td>
                  <td>
                    <Who actor={cause.actor} />
                  </td>
                  <td className="right">
                    <Delta delta={cause.delta} />
                  </td>
                  <td className="right quiet">{cause.delta.fraction}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              {causes.length > mostShown && (
                <tr>
                  <td colSpan={6} className="quiet">
                    {t('score.compare.more', { count: causes.length - mostShown })}
                  </td>
                </tr>
              )}
              <tr data-gap={shown(gap)}>
                <td />
                <td colSpan={3}>
                  <strong>{t('score.compare.sum')}</strong>{' '}
                  <span className={compare(gap, zero) === 0 ? 'quiet' : 'bad-text'}>
                    {t('score.compare.gap', { gap: shown(gap) })}
                  </span>
                </td>
                <td className="right">
                  <Delta delta={exactOf(total)} />
                </td>
                <td className="right quiet">{exactOf(total).fraction}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </>
  );
});
