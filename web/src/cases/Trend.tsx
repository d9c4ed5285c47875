import type { TimelineItem } from '../api/types';
import { Delta } from '../score/Marks';
import { useTimeline } from '../score/queries';
import { To } from '../shell/links';
import { Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { trendOf } from './trend';

/** How the score of an audit came to be what it is, in one small line; the timeline has the whole of it. */
export function Trend({ id, audit }: { id: string; audit: number }) {
  const { t } = useWords();
  const query = useTimeline(id, audit, 'recorded');
  return (
    <section className="sheet">
      <h2>{t('case.trend')}</h2>
      <Loaded query={query}>{(items) => <Line items={items} />}</Loaded>
      <p>
        <To path={`/cases/${id}/timeline?audit=${audit}`}>{t('case.trend.open')}</To>
      </p>
    </section>
  );
}

function Line({ items }: { items: TimelineItem[] }) {
  const { t } = useWords();
  const last = items.at(-1);
  if (!last) return <p className="quiet">{t('score.compare.none')}</p>;
  const { path, low, high } = trendOf(items.map((item) => item.final));
  const text = t('case.trend.text', { count: items.length, delta: '' });
  return (
    <>
      <p>
        {text} <Delta delta={last.delta} />
      </p>
      <div className="trend">
        <svg viewBox="0 0 300 60" preserveAspectRatio="none" role="img" aria-label={`${text} ${last.delta.value}`}>
          <path d={path} fill="none" stroke="currentColor" strokeWidth="2" vectorEffect="non-scaling-stroke" />
        </svg>
        <span className="quiet small num">{high}</span>
        <span className="quiet small num">{low}</span>
      </div>
    </>
  );
}
