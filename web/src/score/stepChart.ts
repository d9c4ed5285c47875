import type { Scheme, TimelineItem } from '../api/types';
import { shortType } from '../words/say';
import { minuteOf } from '../words/time';
import type { Words } from '../words/useWords';
import type { ChartOption, paletteOf } from './Chart';
import type { Alert } from './alerts';
import { pixels } from './fraction';

interface Options {
  items: TimelineItem[];
  scheme: Scheme | undefined;
  axis: 'recorded' | 'effective';
  /** The entries that are marked. */
  alerts: Alert[];
  words: Words;
  palette: ReturnType<typeof paletteOf>;
}

/** The score in steps. As recorded it goes by entry, since entries of one sheet are milliseconds apart; as
 * it happened it goes by time. */
export function stepOption({ items, scheme, axis, alerts, words, palette }: Options): ChartOption {
  const byTime = axis === 'effective';
  const x = (item: TimelineItem, i: number): number => placeOf(item, i, axis);
  const values = items.map((item) => pixels(item.final));
  const low = Math.min(...values, 100);
  const floor = Math.max(0, Math.floor((low - 1) / 5) * 5);
  const points = items.map((item, i) => [x(item, i), pixels(item.final)] as [number, number]);
  const told = new Set(alerts.map((alert) => alert.seq));
  const alerted = points.filter((_, i) => told.has(items[i]?.seq ?? 0));
  const specials = points.filter((_, i) => shortType(items[i]?.type ?? '').startsWith('special_deduction'));
  return {
    animation: false,
    grid: { left: 48, right: 76, top: 44, bottom: 34 },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 10,
      selectedMode: false,
      textStyle: { color: palette.ink },
      data: [
        { name: words.t('cases.score'), icon: 'rect', itemStyle: { color: palette.brand } },
        ...(specials.length > 0 ? [{ name: words.t('case.specials') }] : []),
        ...(alerted.length > 0 ? [{ name: words.t('alerts.title'), icon: 'path://M0,0L10,0L5,8Z' }] : []),
      ],
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText', // an HTML tooltip would need inline styles, which the page's policy forbids
      backgroundColor: palette.sheet,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontSize: 12 },
      formatter: (given) => {
        const first = Array.isArray(given) ? given[0] : given;
        const item = items[first?.dataIndex ?? -1];
        return item
          ? `#${item.seq} ${words.type(item.type)} ${item.clause ?? ''}\n${item.final.value}  (${item.delta.value})\n${minuteOf(item.effective_at)}`
          : '';
      },
    },
    xAxis: {
      type: byTime ? 'time' : 'value',
      min: byTime ? undefined : 0,
      max: byTime ? undefined : Math.max(1, items.length - 1),
      minInterval: byTime ? undefined : 1,
      axisLabel: {
        color: palette.ink,
        hideOverlap: true,
        formatter: byTime ? undefined : (value: number) => (items[value] ? `#${items[value].seq}` : ''),
      },
      axisLine: { lineStyle: { color: palette.line } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: floor,
      max: 100,
      interval: 100 - floor <= 30 ? 5 : 20,
      axisLabel: { color: palette.ink },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: 'line',
        name: words.t('cases.score'),
        step: 'end',
        data: points,
        symbol: items.length > 400 ? 'none' : 'circle',
        symbolSize: 6,
        sampling: items.length > 2000 ? 'minmax' : undefined,
        lineStyle: { color: palette.brand, width: 2 },
        itemStyle: { color: (p) => colourOf(items[p.dataIndex], palette) },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: [
            ...(scheme?.grades ?? [])
              .filter((grade) => pixels(grade.min) > floor)
              .map((grade) => ({
                yAxis: pixels(grade.min),
                label: { formatter: words.v('grade', grade.id), color: palette.ink, fontSize: 11 },
                lineStyle: { color: palette.base, type: 'dashed' as const },
              })),
          ],
        },
      },
      {
        type: 'scatter',
        name: words.t('case.specials'),
        data: specials,
        symbol: 'diamond',
        symbolSize: 11,
        itemStyle: { color: palette.loss },
        tooltip: { show: false },
      },
      {
        type: 'scatter',
        name: words.t('alerts.title'),
        data: alerted,
        symbol: 'triangle',
        symbolSize: 9,
        symbolOffset: [0, -12],
        symbolRotate: 180,
        large: alerted.length > 500,
        silent: true,
        itemStyle: { color: palette.loss },
        tooltip: { show: false },
      },
    ],
  };
}

/** Where an entry stands on the axis. */
export function placeOf(item: TimelineItem, i: number, axis: 'recorded' | 'effective'): number {
  return axis === 'effective' ? new Date(item.effective_at).getTime() : i;
}

function colourOf(item: TimelineItem | undefined, palette: ReturnType<typeof paletteOf>): string {
  if (!item || item.delta.value === '0') return palette.brand;
  return item.delta.value.startsWith('-') ? palette.loss : palette.gain;
}
