import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lossFormula, lossOf } from '../../src/sampling/deduct';
import { draw, seedText, type Drawn } from '../../src/sampling/draw';
import { itemsOf, linesOf, listOf } from '../../src/sampling/list';

const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('a draw', () => {
  // The rows of TestDrawVector in events/checks: both programs have to draw the same.
  const rows = [
    { size: 1200, draw: 1, n: 5, want: [136, 299, 377, 459, 567] },
    { size: 1200, draw: 2, n: 5, want: [251, 659, 922, 1086, 1100] },
    { size: 3, draw: 1, n: 9, want: [1, 2, 3] },
  ];
  const drawn = (size: number, number: number): Drawn => ({
    case: '01JD3Z0000000000000000000C',
    audit: 1,
    population: 'P1',
    digest: digest('list'),
    size,
    draw: number,
    checkpoint: { size: 41, root: digest('root') },
  });
  for (const row of rows) {
    it(`${row.draw} of ${row.n} from ${row.size} is that of the vectors`, async () => {
      expect(await draw(drawn(row.size, row.draw), row.n)).toEqual(row.want);
    });
  }
  it('depends on every line of its seed', async () => {
    const first = drawn(1200, 1);
    const others: Drawn[] = [
      { ...first, case: '01JD3Z0000000000000000000D' },
      { ...first, audit: 2 },
      { ...first, population: 'P2' },
      { ...first, digest: digest('another list') },
      { ...first, checkpoint: { ...first.checkpoint, size: 42 } },
      { ...first, checkpoint: { ...first.checkpoint, root: digest('another root') } },
    ];
    expect(new Set([first, ...others].map(seedText)).size).toBe(7);
    for (const other of others) expect(await draw(other, 5)).not.toEqual(rows[0]?.want);
  });
});

describe('a list', () => {
  it('is a line for each item, whatever the spreadsheet put around it', async () => {
    const items = itemsOf('\uFEFFWX-1\t张三\r\n  WX-2 \n\n  \nWX-3');
    expect(items).toEqual(['WX-1', 'WX-2', 'WX-3']);
    const list = await listOf(items);
    expect(list.digest).toBe(digest('WX-1\nWX-2\nWX-3\n'));
    expect(linesOf(list.bytes)).toEqual(items);
  });
  it('names what stands in it twice', async () => {
    expect((await listOf(['a', 'b', 'a', 'a'])).repeated).toEqual(['a']);
  });
});

describe('what a sample costs', () => {
  for (const [points, size, bad, want] of [
    ['7', '40', '6', '7 × 6/40 = 21/20'],
    ['3', '15', '2', '3 × 2/15 = 2/5'],
    ['1.5', '3', '1', '1.5 × 1/3 = 1/2'],
    ['7', '2', '2', '7 × 2/2 = 7'],
  ] as const) {
    it(want, () => {
      const loss = lossOf(points, { size, bad });
      expect(loss && lossFormula(points, { size, bad }, loss)).toBe(want);
    });
  }
  it('is nothing that can be said while the sample does not fit', () => {
    for (const [size, bad] of [
      ['', '1'],
      ['0', '0'],
      ['3', '4'],
      ['3.5', '1'],
      ['-3', '1'],
    ] as const)
      expect(lossOf('7', { size, bad })).toBeNull();
  });
});
