import { Segmented } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { LedgerItem, TimelineItem } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useLateHours } from '../checks/lateHours';
import { useCaseEvents, useScheme } from '../cases/queries';
import { useAppearance } from '../shell/appearance';
import { Empty, Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { useFilters } from '../table/useFilters';
import { Alerts } from './Alerts';
import { alertsOf, choicesOf, chosen } from './alerts';
import { Chart, paletteOf } from './Chart';
import { Comparing } from './Comparing';
import { useScoresAhead, useTimeline } from './queries';
import { ReplayBar } from './ReplayBar';
import { ReplayedScore } from './ReplayedScore';
import { placeOf, stepOption } from './stepChart';
import { TimelineTable } from './TimelineTable';
import { useReplay } from './useReplay';
import { placeIn, useReplayAddress } from './useReplayAddress';

export function TimelinePage() {
  const { kase, audit } = useShownCase();
  const { t } = useWords();
  const [search] = useSearchParams();
  const axis = search.get('axis') === 'effective' ? 'effective' : 'recorded';
  const timeline = useTimeline(kase.case, audit, axis);
  const events = useCaseEvents(kase.case);
  const late = useLateHours();
  if (audit === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={events} sheets={2}>
      {(items) => (
        <Loaded query={timeline} sheets={2}>
          {(list) => (
            <Loaded query={late} sheets={2}>
              {(hours) => (
                <Replaying
                  key={audit}
                  audit={audit}
                  id={kase.case}
                  all={items}
                  timeline={list}
                  axis={axis}
                  late={hours}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

const limitNames = ['hours', 'drop'] as const;

/** There is a score from the planning of the audit on. */
function since(items: LedgerItem[], timeline: TimelineItem[]): LedgerItem[] {
  const first = Math.min(...timeline.map((item) => item.seq));
  return items.filter((item) => item.seq >= first);
}

interface Props {
  id: string;
  audit: number;
  all: LedgerItem[];
  timeline: TimelineItem[];
  axis: 'recorded' | 'effective';
  /** After how many hours the body calls an entry late. */
  late: string;
}

function Replaying({ id, audit, all, timeline, axis, late }: Props) {
  const items = useMemo(() => since(all, timeline), [all, timeline]);
  const words = useWords();
  const { t } = words;
  const { dark } = useAppearance();
  const { kase } = useShownCase();
  const [search, setSearch] = useSearchParams();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const name = kase.audits.find((a) => a.audit === audit)?.scheme;
  const scheme = useScheme(name?.id, name?.version);
  const replay = useReplay(items.length - 1, placeIn(search, items));
  useReplayAddress(items, replay.at, replay.playing);
  const seq = items[replay.at]?.seq ?? 0;
  const ahead = items.slice(Math.max(0, replay.at - 6), replay.at + 13).map((item) => item.seq);
  useScoresAhead(id, audit, ahead);
  const at = axis === 'recorded' ? lastUpTo(timeline, seq) : timeline.findIndex((item) => item.seq === seq);
  const { values, set: setLimit } = useFilters(limitNames);
  const choices = useMemo(() => choicesOf(late), [late]);
  const limits = useMemo(
    () => ({ hours: chosen(choices.hours, values.hours), drop: chosen(choices.drop, values.drop) }),
    [choices, values.hours, values.drop],
  );
  const alerts = useMemo(
    () => alertsOf(audit, items, timeline, { hours: Number(limits.hours), drop: limits.drop }),
    [audit, items, timeline, limits],
  );
  const { go } = replay;
  const goTo = useCallback((to: number) => go(items.findIndex((item) => item.seq === to)), [go, items]);
  const option = useMemo(
    () => stepOption({ items: timeline, scheme: scheme.data, axis, alerts, words, palette: paletteOf(dark) }),
    [timeline, scheme.data, axis, alerts, words, dark],
  );
  return (
    <>
      <section className="sheet">
        <div className="head">
          <h2>{t('score.timeline')}</h2>
          <span className="grow" />
          <Segmented
            value={axis}
            onChange={(value) =>
              setSearch(
                (now) => {
                  const next = new URLSearchParams(now);
                  next.set('axis', value);
                  return next;
                },
                { replace: true },
              )
            }
            options={[
              { value: 'recorded' as const, label: t('score.axis.recorded') },
              { value: 'effective' as const, label: t('score.axis.effective') },
            ]}
          />
          <Segmented
            value={view}
            onChange={setView}
            options={[
              { value: 'chart' as const, label: t('common.chart') },
              { value: 'table' as const, label: t('common.table') },
            ]}
          />
        </div>
        {view === 'chart' ? (
          <Chart
            label={t('common.of', {
              label: t('score.timeline'),
              value: `${timeline.at(0)?.final.value ?? ''} → ${timeline.at(-1)?.final.value ?? ''}`,
            })}
            option={option}
            height={264}
            cursor={timeline[at] && placeOf(timeline[at], at, axis)}
            onPick={(index) => {
              const picked = timeline[index]?.seq;
              replay.go(items.findIndex((item) => item.seq === picked));
            }}
          />
        ) : (
          <TimelineTable items={timeline} />
        )}
        <ReplayBar items={items} replay={replay} />
      </section>
      <Alerts alerts={alerts} choices={choices} limits={limits} onLimit={setLimit} onGo={goTo} />
      <ReplayedScore id={id} audit={audit} seq={seq} scheme={scheme.data} />
      <Comparing id={id} audit={audit} items={items} here={seq} />
    </>
  );
}

function lastUpTo(timeline: TimelineItem[], seq: number): number {
  return timeline.findLastIndex((item) => item.seq <= seq);
}
