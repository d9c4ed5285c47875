import { describe, expect, it } from 'vitest';
import { trendOf } from '../../src/cases/trend';
import { pairLines, repeated, stateOf, type Pair } from '../../src/clauses/sheet';
import { columnsIn, withColumns } from '../../src/compare/columns';
import { merged } from '../../src/compare/merged';
import { placeIn } from '../../src/score/useReplayAddress';
import { caseFrame, casePages, pages, pagesAt } from '../../src/shell/pages';
import type { ComparedClause, LedgerItem, Scheme } from '../../src/api/types';
import type { Words } from '../../src/words/useWords';

describe('the page at an address', () => {
  it('is asked for with its frame, before the routes are there', () => {
    expect(pagesAt('/ledger')).toEqual([pages.ledger]);
    expect(pagesAt('/cases/01M8')).toEqual([caseFrame, casePages['']]);
    expect(pagesAt('/cases/01M8/findings/new')).toEqual([caseFrame, casePages['findings/new']]);
    expect(pagesAt('/cases/01M8/findings/F2')).toEqual([caseFrame, casePages['findings/:finding']]);
    expect(pagesAt('/checks/01M8')).toEqual([pages['checks/:case']]);
  });
  it('is the work of the person where nobody knows the address', () => {
    for (const path of ['/', '/sign-in', '/nowhere', '/checks/a/b']) expect(pagesAt(path)).toEqual([pages.work]);
  });
});

describe('the columns of a comparison', () => {
  it('name a case, and an audit where one was chosen', () => {
    expect(columnsIn(new URLSearchParams('case=A&case=B.2&case=A&case=A.1'))).toEqual([
      { id: 'A' },
      { id: 'B', audit: 2 },
      { id: 'A', audit: 1 },
    ]);
    expect(columnsIn(new URLSearchParams('case=A.0&case=B.x'))).toEqual([{ id: 'A' }, { id: 'B' }]);
  });
  it('are written back beside what else the address says', () => {
    const search = withColumns(new URLSearchParams('seq=9&case=A&case=B'), [{ id: 'A', audit: 2 }, { id: 'B' }]);
    expect(String(search)).toBe('seq=9&case=A.2&case=B');
  });
  it('share the entries of a case that has two of them', () => {
    const items = [3, 7].map((seq) => ({ seq }) as LedgerItem);
    expect(merged([items, items]).map((item) => item.seq)).toEqual([3, 7]);
  });
  it('begin at the entry of the address, or at the last', () => {
    const items = [3, 7, 9].map((seq) => ({ seq }) as LedgerItem);
    expect(['?seq=7', '?seq=8', ''].map((text) => placeIn(new URLSearchParams(text), items))).toEqual([1, 2, 2]);
  });
});

const side = (
  earned: string,
  result: string | undefined,
  findings: string[] = [],
  deleted = false,
): ComparedClause => ({
  points: '5',
  earned: { value: earned, fraction: `${earned}/1` },
  deleted,
  result,
  findings,
});
const words = { t: (word: string) => word } as unknown as Words;

describe('two audits clause by clause', () => {
  const pairs: Pair[] = [
    { clause: '5.1', a: side('5', 'conforming'), b: side('5', 'conforming'), same: true },
    {
      clause: '5.2',
      a: side('3', 'nonconforming', ['F1']),
      b: side('4', 'nonconforming', ['F2']),
      delta: { value: '-1', fraction: '-1/1' },
      same: false,
    },
    { clause: '5.3', a: side('0', undefined, [], true), same: false },
  ];
  it('repeat where both found something', () => {
    expect(pairs.map(repeated)).toEqual([false, true, false]);
    expect(pairs.map((pair) => pair.a && stateOf(pair.a))).toEqual(['conforming', 'deducted', 'deleted']);
  });
  it('are lines of a file with the text of the clause', () => {
    const scheme = { clauses: [{ id: '5.2', chapter: '5', text: '顾客满意', points: '5' }] } as unknown as Scheme;
    const { header, rows } = pairLines(pairs, scheme, ['now', 'before'], words);
    expect(header).toHaveLength(9);
    expect(rows[1]).toEqual([
      '5.2',
      '顾客满意',
      'clauses.state.deducted',
      '3',
      'F1',
      'clauses.state.deducted',
      '4',
      'F2',
      '-1',
    ]);
    expect(rows[2]?.slice(5)).toEqual(['sheet.absent', '', '', '']);
  });
});

describe('the small line of a score', () => {
  const exact = (value: string) => ({ value, fraction: `${value}/1` });
  it('goes in steps between its lowest and its highest', () => {
    expect(trendOf(['100', '90', '95'].map(exact))).toEqual({ path: 'M0 4H100V56H200V30H300', low: '90', high: '100' });
    expect(trendOf([exact('88')])).toEqual({ path: 'M0 56H300', low: '88', high: '88' });
  });
  it('stays small, and ends where the score is', () => {
    const { path } = trendOf([...Array.from({ length: 9_999 }, () => exact('80')), exact('100')]);
    expect(path.length).toBeLessThan(6_000);
    expect(path.endsWith('V4H300')).toBe(true);
  });
});
