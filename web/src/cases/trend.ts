import type { Exact } from '../api/types';
import { pixels } from '../score/fraction';

export interface TrendLine {
  /** A step line in a box 300 wide and 60 high. */
  path: string;
  low: string;
  high: string;
}

/** How many steps a small line can show; of more, every n-th and the last are drawn. */
const mostSteps = 300;

export function trendOf(finals: Exact[]): TrendLine {
  const stride = Math.ceil(finals.length / mostSteps);
  const drawn = finals.filter((_, i) => i % stride === 0 || i === finals.length - 1);
  const values = drawn.map(pixels);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(1, high - low);
  const y = (value: number) => Math.round((56 - ((value - low) / span) * 52) * 10) / 10;
  const x = (i: number) => Math.round((i / values.length) * 3000) / 10;
  const steps = values.map((value, i) => `${i === 0 ? 'M0' : `H${x(i)}`}${i === 0 ? ' ' : 'V'}${y(value)}`);
  return { path: `${steps.join('')}H300`, low: shownOf(drawn, low), high: shownOf(drawn, high) };
}

function shownOf(finals: Exact[], value: number): string {
  return finals.find((final) => pixels(final) === value)?.value ?? '';
}
