// What the charts of the analytics draw. Their numbers stand in the tables beside them.
import type { ChartOption, paletteOf } from '../score/Chart';
import { pixels } from '../score/fraction';
import type { Words } from '../words/useWords';
import type { LeadTime, ScoreGroup } from './types';

type Palette = ReturnType<typeof paletteOf>;

/** What all of them share: no motion, the colours of the page, tooltips without inline styles. */
function frame(palette: Palette) {
  return {
    animation: false,
    textStyle: { color: palette.ink },
    grid: { left: 44, right: 16, top: 44, bottom: 34 },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: 16, textStyle: { color: palette.ink } },
    tooltip: {
      trigger: 'axis' as const,
      renderMode: 'richText' as const, // an HTML tooltip would need inline styles, which the page's policy forbids
      backgroundColor: palette.sheet,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontSize: 12 },
    },
  };
}

function names(list: string[], palette: Palette) {
  return {
    type: 'category' as const,
    data: list,
    axisLabel: { color: palette.ink, hideOverlap: true },
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
  };
}

function values(palette: Palette, more: { min?: number; max?: number; unit?: string } = {}) {
  return {
    type: 'value' as const,
    min: more.min,
    max: more.max,
    minInterval: more.unit ? undefined : 1,
    axisLabel: { color: palette.ink, formatter: `{value}${more.unit ?? ''}` },
    splitLine: { lineStyle: { color: palette.line } },
  };
}

export interface ParetoBar {
  name: string;
  value: number;
  /** Per cent. */
  cumulative: number;
}

/** Bars, the largest first, and the line of their shares added up. */
export function paretoOption(bars: ParetoBar[], words: { bar: string; line: string }, palette: Palette): ChartOption {
  return {
    ...frame(palette),
    grid: { left: 44, right: 48, top: 44, bottom: 34 }, // the shares have their axis at the right
    xAxis: names(
      bars.map((bar) => bar.name),
      palette,
    ),
    yAxis: [values(palette), { ...values(palette, { min: 0, max: 100, unit: '%' }), splitLine: { show: false } }],
    series: [
      {
        type: 'bar',
        name: words.bar,
        barMaxWidth: 28,
        itemStyle: { color: palette.loss, borderRadius: [3, 3, 0, 0] },
        data: bars.map((bar) => bar.value),
      },
      {
        type: 'line',
        name: words.line,
        yAxisIndex: 1,
        symbolSize: 5,
        lineStyle: { color: palette.brand, width: 2 },
        itemStyle: { color: palette.brand },
        data: bars.map((bar) => bar.cumulative),
      },
    ],
  };
}

/** The mean of each month, one line for each scheme. */
export function scoreOption(groups: ScoreGroup[], palette: Palette): ChartOption {
  const months = monthsOf(groups);
  const schemes = [...new Set(groups.map((g) => g.scheme))].sort();
  const low = Math.min(...groups.map((g) => pixels(g.least)), 90);
  return {
    ...frame(palette),
    xAxis: names(months, palette),
    yAxis: values(palette, { min: Math.max(0, Math.floor(low / 5) * 5), max: 100 }),
    series: schemes.map((scheme, i) => ({
      type: 'line' as const,
      name: scheme,
      symbolSize: 7,
      connectNulls: true,
      lineStyle: { color: colours(palette)[i % 4], width: 2, type: i > 3 ? ('dashed' as const) : ('solid' as const) },
      itemStyle: { color: colours(palette)[i % 4] },
      data: months.map((month) => {
        const found = groups.find((g) => g.month === month && g.scheme === scheme);
        return found ? pixels(found.mean) : null;
      }),
    })),
  };
}

const gradeIds = ['five_star', 'four_star', 'three_star', 'qualified'] as const;

/** How many audits of each month came to which grade, one bar a month. */
export function gradeOption(groups: ScoreGroup[], { v, t }: Words, palette: Palette): ChartOption {
  const months = monthsOf(groups);
  const count = (month: string, of: (g: ScoreGroup) => number) =>
    groups.filter((g) => g.month === month).reduce((sum, g) => sum + of(g), 0);
  const series = gradeIds.map((id, i) => ({
    type: 'bar' as const,
    name: v('grade', id),
    stack: 'grades',
    barMaxWidth: 36,
    itemStyle: { color: palette.grades[i] },
    data: months.map((month) => count(month, (g) => g.grades[id] ?? 0)),
  }));
  const failed = {
    type: 'bar' as const,
    name: t('analytics.failed'),
    stack: 'grades',
    barMaxWidth: 36,
    itemStyle: { color: palette.loss },
    data: months.map((month) => count(month, (g) => g.failed)),
  };
  return {
    ...frame(palette),
    xAxis: names(months, palette),
    yAxis: values(palette),
    // A grade that nobody has is no bar and has no legend.
    series: [...series, failed].filter((each) => each.data.some((height) => height > 0)),
  };
}

/** How long each step took: what half, nine tenths and all did not exceed. */
export function timeOption(times: LeadTime[], { v, t }: Words, palette: Palette): ChartOption {
  const bar = (name: string, colour: string | undefined, of: (time: LeadTime) => string) => ({
    type: 'bar' as const,
    name,
    barMaxWidth: 18,
    itemStyle: { color: colour, borderRadius: [3, 3, 0, 0] },
    data: times.map((time) => Number(of(time))),
  });
  return {
    ...frame(palette),
    xAxis: names(
      times.map((time) => v('step', time.step)),
      palette,
    ),
    yAxis: values(palette, { min: 0, unit: ' ' }),
    series: [
      bar(t('analytics.median'), palette.brand, (time) => time.median_days),
      bar(t('analytics.ninth'), palette.grades[2], (time) => time.ninth_days),
      bar(t('analytics.longest'), palette.loss, (time) => time.longest_days),
    ],
  };
}

function monthsOf(groups: ScoreGroup[]): string[] {
  return [...new Set(groups.map((g) => g.month))].sort();
}

function colours(palette: Palette) {
  return [palette.brand, palette.loss, palette.grades[2], palette.ink];
}
