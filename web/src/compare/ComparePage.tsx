import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Chart, paletteOf } from '../score/Chart';
import { useScoresAhead, useScoreAt } from '../score/queries';
import { ReplayBar } from '../score/ReplayBar';
import { useReplay } from '../score/useReplay';
import { placeIn, useReplayAddress } from '../score/useReplayAddress';
import { useAppearance } from '../shell/appearance';
import { To } from '../shell/links';
import { ErrorView } from '../shell/RefusalView';
import { Empty, Waiting } from '../shell/States';
import { Trail } from '../shell/Trail';
import { useWords } from '../words/useWords';
import { columnsIn, withColumns, type CaseColumn } from './columns';
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
  const columns = useMemo(() => columnsIn(search), [search]);
  const queries = useCompared(columns);
  const failed = queries.find((query) => query.error);
  const cases = queries.flatMap((query) => (query.data ? [query.data] : []));
  return (
    <>
      <div className="case-head">
        <Trail above={[{ path: '/cases', label: t('nav.cases') }]} here={t('compare.title')} />
        <h1>{t('compare.title')}</h1>
      </div>
      {columns.length < 2 ? (
        <Empty title={t('compare.few')} hint={t('compare.few.hint', { count: mostCases })}>
          <To path="/cases" className="as-button primary">
            {t('empty.back', { place: t('nav.cases') })}
          </To>
        </Empty>
      ) : failed ? (
        <ErrorView error={failed.error} onRetry={() => void failed.refetch()} />
      ) : cases.length < columns.length ? (
        <Waiting sheets={2} />
      ) : (
        <Together cases={cases} columns={columns} />
      )}
    </>
  );
}

function Together({ cases, columns }: { cases: Compared[]; columns: CaseColumn[] }) {
  const { t } = useWords();
  const { dark } = useAppearance();
  const items = useMemo(() => merged(cases.map((c) => c.items)), [cases]);
  const [search, setSearch] = useSearchParams();
  const replay = useReplay(items.length - 1, placeIn(search, items));
  useReplayAddress(items, replay.at, replay.playing);
  const show = (next: CaseColumn[]) => setSearch((now) => withColumns(now, next), { replace: true });
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
          key={`${c.kase.case}.${c.audit}`}
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
      <SideBySide
        cases={cases}
        scores={scores}
        seq={seq}
        dark={dark}
        columns={{
          count: columns.length,
          choose: (at, audit) => show(columns.map((c, i) => (i === at ? { id: c.id, audit } : c))),
          add: (at) => show(besideIt(columns, at, cases[at])),
          remove: (at) => show(columns.filter((_, i) => i !== at)),
        }}
      />
    </>
  );
}

/** Another audit of the same case, in the next column: one that is not shown yet, where there is one. */
function besideIt(columns: CaseColumn[], at: number, compared: Compared | undefined): CaseColumn[] {
  if (!compared) return columns;
  const id = compared.kase.case;
  const shown = [compared.audit, ...columns.flatMap((c) => (c.id === id && c.audit ? [c.audit] : []))];
  const other = compared.kase.audits.find((a) => !shown.includes(a.audit));
  if (!other) return columns;
  return columns.toSpliced(at, 1, { id, audit: compared.audit }, { id, audit: other.audit });
}

/** Reads what the slider comes to next. */
function Ahead({ compared, seqs }: { compared: Compared; seqs: number[] }) {
  const { kase, audit, items, planned } = compared;
  const points = [...new Set(seqs.map((seq) => pointAt(items, seq, planned)))].filter((seq) => seq > 0);
  useScoresAhead(kase.case, audit, points);
  return null;
}
