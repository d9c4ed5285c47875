import { describe, expect, it } from 'vitest';
import { add, compare, exactOf, fractionOf, shown, subtract, sum } from '../../src/score/fraction';

describe('exact fractions', () => {
  it('reads decimals and ratios as the same number', () => {
    expect(fractionOf('94.995')).toEqual(fractionOf('18999/200'));
    expect(fractionOf('-0.40')).toEqual(fractionOf('-2/5'));
  });
  it('shows six decimals, half to even, without trailing zeros', () => {
    expect(shown(fractionOf('27745/294'))).toBe('94.370748');
    expect(shown(fractionOf('1/2000000'))).toBe('0');
    expect(shown(fractionOf('3/2000000'))).toBe('0.000002');
    expect(shown(fractionOf('-250/49'))).toBe('-5.102041');
    expect(shown(fractionOf('98/1'))).toBe('98');
  });
  it('adds causes up to the difference exactly, where floats would not', () => {
    const causes = ['-1/1', '250/49', '1/1'].map(fractionOf);
    expect(exactOf(sum(causes)).fraction).toBe('250/49');
    expect(compare(subtract(fractionOf('27745/294'), fractionOf('26245/294')), sum(causes))).toBe(0);
    expect(add(fractionOf('0.1'), fractionOf('0.2'))).toEqual(fractionOf('0.3'));
  });
  it('refuses what is not exact', () => {
    expect(() => fractionOf('1e3')).toThrow();
    expect(() => fractionOf('1/0')).toThrow();
  });
});
