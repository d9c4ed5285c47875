// What a sample costs: points × d ÷ n (R3), as an exact fraction.
import { compare, fractionOf, multiply, type Fraction } from '../score/fraction';

export interface Counted {
  size: string;
  bad: string;
}

const whole = /^(0|[1-9]\d{0,8})$/;

export function lossOf(points: string, { size, bad }: Counted): Fraction | null {
  if (!whole.test(size) || !whole.test(bad) || Number(size) === 0 || Number(bad) > Number(size)) return null;
  return multiply(fractionOf(points), fractionOf(`${bad}/${size}`));
}

/** 7 × 3/40 = 21/40 */
export function lossFormula(points: string, { size, bad }: Counted, loss: Fraction): string {
  const exact = loss.d === 1n ? `${loss.n}` : `${loss.n}/${loss.d}`;
  return `${points} × ${bad}/${size} = ${exact}`;
}

/** A clause loses no more than its points, however many samples it fails (R12). */
export function beyond(points: string, lost: Fraction): boolean {
  return compare(lost, fractionOf(points)) > 0;
}
