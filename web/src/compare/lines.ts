import type { LedgerItem } from '../api/types';
import type { ChartOption, paletteOf } from '../score/Chart';
import { pixels } from '../score/fraction';
import type { Compared } from './useCompared';

/** One colour a case, told apart by more than hue: each has a dash of its own, too. */
export const strokes = {
  light: ['#1f4fbf', '#b4510b', '#0d7a4f', '#7a3fb0', '#8a6d00', '#b3261e'],
  dark: ['#7aa5ff', '#f0a35e', '#58c797', '#c79bf2', '#f0cf7e', '#ff8f87'],
};
const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 2], [12, 4]] as const;

/** The scores of the cases in steps over the entries of all of them. */
export function linesOption(
  cases: Compared[],
  items: LedgerItem[],
  dark: boolean,
  palette: ReturnType<typeof paletteOf>,
): ChartOption {
  const place = new Map(items.map((item, i) => [item.seq, i]));
  const low = Math.min(100, ...cases.flatMap((c) => c.timeline.map((item) => pixels(item.final))));
  const floor = Math.max(0, Math.floor((low - 1) / 5) * 5);
  const colours = strokes[dark ? 'dark' : 'light'];
  return {
    animation: false,
    grid: { left: 48, right: 24, top: 16, bottom: 34 },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, items.length - 1),
      minInterval: 1,
      axisLabel: {
        color: palette.ink,
        hideOverlap: true,
        formatter: (value: number) => (items[value] ? `#${items[value].seq}` : ''),
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
    series: cases.map((c, i) => ({
      type: 'line' as const,
      step: 'end' as const,
      symbol: 'none',
      // A score stands until the next entry that moves it: the line is drawn to the end.
      data: [
        ...c.timeline.map((item) => [place.get(item.seq) ?? 0, pixels(item.final)]),
        ...c.timeline.slice(-1).map((item) => [items.length - 1, pixels(item.final)]),
      ],
      lineStyle: { color: colours[i % colours.length], width: 2, type: dashOf(i) },
    })),
  };
}

function dashOf(i: number): 'solid' | 'dashed' | 'dotted' | number[] {
  const dash = dashes[i % dashes.length] ?? 'solid';
  return typeof dash === 'string' ? dash : [...dash];
}
