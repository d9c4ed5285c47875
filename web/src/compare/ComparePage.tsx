import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Chart, paletteOf } from '../score/Chart';
import { useScoresAhead, useScoreAt } from '../score/queries';
import { ReplayBar } from '../score/ReplayBar';
import { useReplay } from '../score/useReplay';
import { useAppearance } from '../shell/appearance';
import { To } from '../shell/links';
import { ErrorView } from '../shell/RefusalView';
import { Empty, Waiting } from '../shell/States';
import { useWords } from '../words/useWords';
import { linesOption } from './lines';
import { merged, mostCases, pointAt } from './merged';
import { SideBySide } from './SideBySide';
import { useCompared, type Compared } from './useCompared';
import '../score/score.css';
import './compare.css';

/** Several cases side by side, replayed together: one slider over the entries of all of them. */
export function ComparePage() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const ids = useMemo(() => [...new Set(search.getAll('case'))].slice(0, mostCases), [search]);
  const queries = useCompared(ids);
  const failed = queries.find((query) => query.error);
  const cases = queries.flatMap((query) => (query.data ? [query.data] : []));
  return (
    <>
      <div className="head">
        <To path="/cases">← {t('nav.cases')}</To>
        <h1>{t('compare.title')}</h1>
      </div>
      {ids.length < 2 ? (
        <Empty title={t('compare.few')} hint={t('compare.few.hint', { count: mostCases })} />
      ) : failed ? (
        <ErrorView error={failed.error} onRetry={() => void failed.refetch()} />
      ) : cases.length < ids.length ? (
        <Waiting />
      ) : (
        <Together key={ids.join()} cases={cases} />
      )}
    </>
  );
}

function Together({ cases }: { cases: Compared[] }) {
  const { t } = useWords();
  const { dark } = useAppearance();
  const items = useMemo(() => merged(cases.map((c) => c.items)), [cases]);
  const [search] = useSearchParams();
  const asked = items.findIndex((item) => String(item.seq) === search.get('seq'));
  const replay = useReplay(items.length - 1, asked >= 0 ? asked : items.length - 1);
  const option = useMemo(() => linesOption(cases, items, dark, paletteOf(dark)), [cases, items, dark]);
  const item = items[replay.at];
  const seq = item?.seq ?? 0;
  const scores = useScoreAt(
    cases.map((c) => ({ id: c.kase.case, audit: c.audit, seq: pointAt(c.items, seq, c.planned) })),
  );
  const owner = cases.find((c) => c.kase.case === item?.event.subject);
  return (
    <>
      {cases.map((c) => (
        <Ahead
          key={c.kase.case}
          compared={c}
          seqs={items.slice(replay.at + 1, replay.at + 9).map((each) => each.seq)}
        />
      ))}
      <section className="sheet">
        <h2>{t('compare.replay')}</h2>
        <Chart label={t('compare.replay')} option={option} height={200} cursor={replay.at} onPick={replay.go} />
        <ReplayBar items={items} replay={replay} />
        <p className="quiet">{owner?.kase.organization.name}</p>
      </section>
      <SideBySide cases={cases} scores={scores} seq={seq} dark={dark} />
    </>
  );
}

/** Reads what the slider comes to next. */
function Ahead({ compared, seqs }: { compared: Compared; seqs: number[] }) {
  const { kase, audit, items, planned } = compared;
  const points = [...new Set(seqs.map((seq) => pointAt(items, seq, planned)))].filter((seq) => seq > 0);
  useScoresAhead(kase.case, audit, points);
  return null;
}
