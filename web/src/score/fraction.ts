// Exact fractions. Scores are never touched by floating point: what the workbench adds up, to show that
// causes make up a difference, it adds up with whole numbers of any size.
import type { Exact } from '../api/types';

export interface Fraction {
  n: bigint;
  d: bigint;
}

/** Reads "18999/200", "-5/49", "4.2" or "86". */
export function fractionOf(text: string): Fraction {
  const ratio = /^(-?\d+)\/(\d+)$/.exec(text);
  if (ratio?.[1] && ratio[2]) return reduced(BigInt(ratio[1]), BigInt(ratio[2]));
  const decimal = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!decimal) throw new Error(`${text} is not an exact number`);
  const [, minus, whole = '0', part = ''] = decimal;
  const n = BigInt(whole + part);
  return reduced(minus ? -n : n, 10n ** BigInt(part.length));
}

function reduced(n: bigint, d: bigint): Fraction {
  if (d === 0n) throw new Error('a fraction over nothing');
  let [a, b] = [n < 0n ? -n : n, d];
  while (b > 0n) [a, b] = [b, a % b];
  return a === 0n ? { n: 0n, d: 1n } : { n: n / a, d: d / a };
}

export const zero: Fraction = { n: 0n, d: 1n };

export function add(a: Fraction, b: Fraction): Fraction {
  return reduced(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { n: -b.n, d: b.d });
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return reduced(a.n * b.n, a.d * b.d);
}

export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function sum(list: Fraction[]): Fraction {
  return list.reduce(add, zero);
}

/** Six decimals at most, half to even, no trailing zeros: as the server shows numbers. */
export function shown(f: Fraction): string {
  const scale = 1_000_000n;
  const negative = f.n < 0n;
  const scaled = (negative ? -f.n : f.n) * scale;
  let whole = scaled / f.d;
  const rest = (scaled % f.d) * 2n;
  if (rest > f.d || (rest === f.d && whole % 2n === 1n)) whole += 1n;
  const part = (whole % scale).toString().padStart(6, '0').replace(/0+$/, '');
  const text = (whole / scale).toString() + (part ? `.${part}` : '');
  return negative && text !== '0' ? `-${text}` : text;
}

export function exactOf(f: Fraction): Exact {
  return { value: shown(f), fraction: `${f.n}/${f.d}` };
}

export function exactParts(e: Exact): { sign: number } {
  return { sign: compare(fractionOf(e.fraction), zero) };
}

/** For the height of a bar or the place of a line, where a pixel is all that counts. */
export function pixels(e: Exact | string): number {
  return Number(typeof e === 'string' ? e : e.value);
}
