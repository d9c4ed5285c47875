import type { Scheme, Score } from '../api/types';
import type { Words } from '../words/useWords';
import type { ChartOption, paletteOf } from './Chart';
import { add, compare, exactOf, fractionOf, pixels, subtract, sum, zero, type Fraction } from './fraction';

/** A bar of the waterfall: from where to where, exactly, and the clauses and entries behind it. */
export interface Bar {
  id: string;
  name: string;
  from: Fraction;
  to: Fraction;
  total: boolean;
  clauses: string[];
  events: number[];
}

/** Full marks → deletions → deductions by chapter → normalised → specials → bonus → cap → final. The
 * bars are sums of what the server says, added up exactly; each step ends where the next begins. */
export function barsOf(score: Score, scheme: Scheme, { t, named }: Words): Bar[] {
  const clauses = score.clauses ?? [];
  const stepEvents = (id: string) => score.steps?.find((step) => step.id === id)?.events ?? [];
  const full = fractionOf(scheme.full_marks);
  const involved = fractionOf(score.involved);
  const bars: Bar[] = [];
  let at = full;
  const push = (id: string, name: string, to: Fraction, more: Partial<Bar> = {}) => {
    bars.push({ id, name, from: at, to, total: false, clauses: [], events: [], ...more });
    at = to;
  };
  push('full', t('score.full'), full, { from: zero, total: true });
  const deleted = clauses.filter((c) => c.deleted);
  if (deleted.length > 0)
    push('deleted', t('score.deleted'), involved, {
      clauses: deleted.map((c) => c.clause),
      events: stepEvents('involved'),
    });
  for (const chapter of scheme.chapters) {
    const inside = new Set(scheme.clauses.filter((c) => c.chapter === chapter.id).map((c) => c.id));
    const losing = clauses.filter((c) => inside.has(c.clause) && !c.deleted && c.earned.value !== c.points);
    if (losing.length === 0) continue;
    const lost = sum(losing.map((c) => subtract(fractionOf(c.points), fractionOf(c.earned.fraction))));
    push(`chapter-${chapter.id}`, `${chapter.id} ${named(chapter.title)}`, subtract(at, lost), {
      clauses: losing.map((c) => c.clause),
      events: losing.flatMap((c) => c.events),
    });
  }
  const normalised = fractionOf(score.score.fraction);
  if (compare(normalised, at) !== 0) push('normalised', t('score.normalised'), normalised);
  const specials = fractionOf(score.special_deductions.points);
  if (compare(specials, zero) !== 0)
    push('specials', t('score.specials'), subtract(at, specials), { events: stepEvents('special_deductions') });
  const bonus = fractionOf(score.bonus.points);
  if (compare(bonus, zero) !== 0) push('bonus', t('score.bonus'), add(at, bonus), { events: stepEvents('bonus') });
  const final = fractionOf(score.final.fraction);
  if (compare(final, at) !== 0) push('cap', t('score.cap'), final);
  push('final', t('score.final'), final, { from: zero, total: true });
  return bars;
}

/** What a bar adds or takes. */
export function changeOf(bar: Bar) {
  return exactOf(bar.total ? bar.to : subtract(bar.to, bar.from));
}

export function waterfallOption(bars: Bar[], palette: ReturnType<typeof paletteOf>): ChartOption {
  const heights = bars.map((bar) => ({
    low: Math.min(pixels(exactOf(bar.from)), pixels(exactOf(bar.to))),
    high: Math.max(pixels(exactOf(bar.from)), pixels(exactOf(bar.to))),
  }));
  const lowest = Math.min(
    ...bars.filter((bar) => !bar.total).flatMap((_, i) => heights[i + 1]?.low ?? 100),
    ...bars.map((bar) => pixels(exactOf(bar.to))),
  );
  const floor = Math.max(0, Math.floor((lowest - 2) / 5) * 5);
  return {
    animation: false,
    grid: { left: 44, right: 12, top: 28, bottom: 44 },
    xAxis: {
      type: 'category',
      data: bars.map((bar) => bar.name),
      axisLabel: { color: palette.ink, interval: 0, width: 92, overflow: 'break', fontSize: 11.5 },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: floor,
      axisLabel: { color: palette.ink },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: 'bar',
        stack: 'waterfall',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: bars.map((bar, i) => (bar.total ? floor : (heights[i]?.low ?? 0))),
      },
      {
        type: 'bar',
        stack: 'waterfall',
        barMaxWidth: 56,
        data: bars.map((bar, i) => ({
          value: bar.total ? pixels(exactOf(bar.to)) - floor : (heights[i]?.high ?? 0) - (heights[i]?.low ?? 0),
          itemStyle: {
            color: bar.total ? palette.brand : compare(bar.to, bar.from) < 0 ? palette.loss : palette.gain,
            borderRadius: 3,
          },
        })),
        label: {
          show: true,
          position: 'top',
          color: palette.ink,
          formatter: (p) => {
            const bar = bars[p.dataIndex];
            if (!bar) return '';
            const change = changeOf(bar).value;
            return bar.total ? change : change.startsWith('-') ? `▼ ${change.replace('-', '−')}` : `▲ +${change}`;
          },
        },
      },
    ],
  };
}
