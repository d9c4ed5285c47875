import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type ComposeOption, type EChartsType } from 'echarts/core';
import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type {
  GridComponentOption,
  LegendComponentOption,
  MarkLineComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | MarkLineComponentOption
  | TooltipComponentOption
>;

interface Props {
  label: string;
  option: ChartOption;
  height: number;
  /** Where a line stands across the chart; moving it draws nothing else anew. */
  cursor?: number;
  /** The index of the point that was clicked or tapped. */
  onPick?: (index: number) => void;
}

/** A chart on a canvas. It is a picture: what it shows stands in a table beside it, for those who cannot see it. */
export function Chart({ label, option, height, cursor, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current);
    chart.current = made;
    made.on('click', (event) => pick.current?.(event.dataIndex));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    if (!box.current) return;
    // A canvas inherits no typeface; it is told the page's.
    const { fontFamily } = getComputedStyle(box.current);
    const textStyle = { ...(option.textStyle as object | undefined), fontFamily };
    chart.current?.setOption({ ...option, textStyle }, { notMerge: true });
  }, [option]);
  useEffect(() => {
    const place = () => {
      const x = cursor === undefined ? Number.NaN : chart.current?.convertToPixel({ xAxisIndex: 0 }, cursor);
      if (!line.current) return;
      line.current.hidden = typeof x !== 'number' || Number.isNaN(x);
      if (typeof x === 'number' && !Number.isNaN(x)) line.current.style.transform = `translateX(${x}px)`;
    };
    place();
    window.addEventListener('resize', place);
    return () => window.removeEventListener('resize', place);
  }, [cursor, option]);
  return (
    <div className="chart">
      <div ref={box} role="img" aria-label={label} style={{ height }} />
      <div ref={line} className="chart-cursor" style={{ top: topOf(option) }} hidden />
    </div>
  );
}

/** Where the plot begins below the legend. */
function topOf({ grid }: ChartOption): number | undefined {
  const top = Array.isArray(grid) ? undefined : grid?.top;
  return typeof top === 'number' ? top : undefined;
}

/** The colours of look.css, which a canvas cannot read by itself. */
export function paletteOf(dark: boolean) {
  return dark
    ? {
        ink: '#a9b4c4',
        line: '#28303d',
        brand: '#7aa5ff',
        gain: '#83aeff',
        loss: '#f0a35e',
        base: '#3a4556',
        grades: ['#7aa5ff', '#4c78cc', '#8a97ab', '#5d6a7d'],
        sheet: '#171c25',
      }
    : {
        ink: '#526074',
        line: '#e1e6ee',
        brand: '#1f4fbf',
        gain: '#1a56c4',
        loss: '#d9711c',
        base: '#aab6c8',
        grades: ['#1f4fbf', '#7b9de0', '#7f8ca0', '#b9c3d2'],
        sheet: '#ffffff',
      };
}
