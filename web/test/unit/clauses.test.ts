import { describe, expect, it } from 'vitest';
import type { Audit, LedgerItem, Scheme } from '../../src/api/types';
import { commandsOf, questionOf } from '../../src/clauses/commands';
import { moved, pasted } from '../../src/clauses/cursor';
import { needsOf, nothing, reduce, type Action, type Drafts } from '../../src/clauses/draft';
import { meetingsOf, settled } from '../../src/clauses/merge';
import { seqsOf, whoOf, type Standing } from '../../src/clauses/standing';

const drafted = (...actions: Action[]) => actions.reduce(reduce, nothing).rows;

describe('drafting a clause', () => {
  it('rules with one key', () => {
    expect(drafted({ kind: 'rule', clause: '5.1.1.1', ruling: 'conforming' })).toEqual({
      '5.1.1.1': { ruling: 'conforming' },
    });
  });
  it('takes a fault in the sample for a nonconformity, and none for conforming', () => {
    const typed = (bad: string) =>
      drafted(
        { kind: 'set', clause: 'x', field: 'size', value: '40' },
        { kind: 'set', clause: 'x', field: 'bad', value: bad },
      );
    expect(typed('6')['x']?.ruling).toBe('nonconforming');
    expect(typed('0')['x']?.ruling).toBe('conforming');
  });
  it('undoes step by step, down to nothing', () => {
    let state = reduce(nothing, { kind: 'rule', clause: 'a', ruling: 'conforming' });
    state = reduce(state, { kind: 'rule', clause: 'b', ruling: 'deleted' });
    state = reduce(state, { kind: 'undo' });
    expect(Object.keys(state.rows)).toEqual(['a']);
    state = reduce(reduce(state, { kind: 'undo' }), { kind: 'undo' });
    expect(state.rows).toEqual({});
  });
  it('forgets a row that has nothing left', () => {
    const rows = drafted(
      { kind: 'set', clause: 'x', field: 'statement', value: 'seen' },
      { kind: 'set', clause: 'x', field: 'statement', value: ' ' },
    );
    expect(rows).toEqual({});
  });
});

describe('what a row needs', () => {
  it.each([
    ['conforming', { ruling: 'conforming' }, []],
    ['nothing ruled', { method: 'visit' }, ['ruling']],
    ['nonconforming without a fact', { ruling: 'nonconforming' }, ['statement']],
    ['a deletion without a reason', { ruling: 'deleted' }, ['reason']],
    ['more faults than samples', { ruling: 'nonconforming', size: '3', bad: '4', statement: 's' }, ['sample']],
    ['more samples than there are', { ruling: 'conforming', population: '2', size: '3' }, ['sample']],
    ['faults of no sample', { ruling: 'nonconforming', bad: '1', statement: 's' }, ['size']],
    ['a sample without faults', { ruling: 'nonconforming', size: '5', bad: '0', statement: 's' }, ['sample']],
    ['a sample not counted', { ruling: 'nonconforming', size: '5', statement: 's' }, ['bad']],
    ['a number that is none', { ruling: 'conforming', size: '1e3' }, ['sample']],
  ] as const)('%s', (_, row, needs) => {
    expect(needsOf(row, false)).toEqual(needs);
  });
  it.each([
    ['85', []],
    ['92.5', []],
    ['100', []],
    ['0', []],
    ['100.5', ['rating']],
    ['-1', ['rating']],
    ['', ['rating']],
  ] as const)('a rating of %s', (rating, needs) => {
    expect(needsOf({ ruling: 'conforming', rating }, true)).toEqual(needs);
  });
});

const clauses = ['5.1.1.1', '5.1.1.2', '5.2.1.1'].map((id) => ({ id, chapter: '5.1', text: '', points: '1' }));
const scheme = { method: 'deduction', clauses } as unknown as Scheme;
const audit = {
  audit: 1,
  findings: [{ finding: 'F1' }],
  deductions: [{ deduction: 'D1', clause: '5.1.1.1' }],
  deletions: [],
} as unknown as Audit;

describe('the commands of a sheet', () => {
  it('a sampled nonconformity: finding, assessment, deduction, which name each other', () => {
    const rows: Drafts = {
      '5.1.1.2': { ruling: 'nonconforming', size: '40', bad: '6', statement: '超时', severity: 'minor' },
    };
    expect(commandsOf(rows, { audit, scheme }).map((d) => d.command)).toEqual([
      {
        path: 'audits/1/findings',
        body: { clause: '5.1.1.2', category: 'nonconformity', severity: 'minor', statement: '超时' },
      },
      {
        path: 'audits/1/assessments',
        body: { clause: '5.1.1.2', result: 'nonconforming', sample: { size: 40, nonconforming: 6 }, statement: '超时' },
      },
      {
        path: 'audits/1/deductions',
        body: {
          clause: '5.1.1.2',
          basis: 'sampled',
          sample: { size: 40, nonconforming: 6 },
          finding: 'F2',
          reason: '超时',
        },
      },
    ]);
  });
  it('a clause that conforms after all takes its deduction back first', () => {
    const rows: Drafts = { '5.1.1.1': { ruling: 'conforming', statement: '证书已核对' } };
    expect(commandsOf(rows, { audit, scheme }).map((d) => d.command.path)).toEqual([
      'audits/1/deductions/D1/revocation',
      'audits/1/assessments',
    ]);
  });
  it('numbers the findings in the order of the scheme, whatever was drafted first', () => {
    const bad = { ruling: 'nonconforming', statement: 's' } as const;
    const list = commandsOf({ '5.2.1.1': bad, '5.1.1.2': bad }, { audit, scheme });
    const named = list
      .filter((d) => d.command.path.endsWith('deductions'))
      .map((d) => [d.clause, d.command.body['finding']]);
    expect(named).toEqual([
      ['5.1.1.2', 'F2'],
      ['5.2.1.1', 'F3'],
    ]);
  });
  it('leaves out what is not complete, but asks for its score', () => {
    const rows: Drafts = { '5.1.1.2': { ruling: 'nonconforming' } };
    expect(commandsOf(rows, { audit, scheme })).toEqual([]);
    expect(questionOf(rows, { audit, scheme, placeholder: '?' }).map((d) => d.command.path)).toEqual([
      'audits/1/assessments',
      'audits/1/deductions',
    ]);
  });
});

describe('the cursor', () => {
  const size = { rows: 50, columns: 6, page: 10 };
  it.each([
    ['ArrowDown', { row: 3, column: 2 }, { row: 4, column: 2 }],
    ['ArrowUp', { row: 0, column: 2 }, { row: 0, column: 2 }],
    ['PageDown', { row: 45, column: 0 }, { row: 49, column: 0 }],
    ['Home', { row: 7, column: 4 }, { row: 7, column: 0 }],
    ['End', { row: 7, column: 0 }, { row: 7, column: 5 }],
    ['Enter', { row: 7, column: 0 }, { row: 8, column: 0 }],
    ['Tab', { row: 7, column: 5 }, { row: 8, column: 0 }],
  ] as const)('%s', (key, from, to) => {
    expect(moved(from, { key }, size)).toEqual(to);
  });
  it('leaves the grid by Tab at its ends', () => {
    expect(moved({ row: 49, column: 5 }, { key: 'Tab' }, size)).toBeUndefined();
    expect(moved({ row: 0, column: 0 }, { key: 'Tab', shift: true }, size)).toBeUndefined();
  });
  it('reads what a spreadsheet copies', () => {
    expect(pasted('40\t6\t超时\r\n10\t\t"两行\n""引号"""\r\n')).toEqual([
      ['40', '6', '超时'],
      ['10', '', '两行\n"引号"'],
    ]);
  });
});

describe('merging after 412', () => {
  const item = (seq: number, clause: string) =>
    ({ seq, digest: '', event: { data: { clause } } }) as unknown as LedgerItem;
  const drafts: Drafts = { a: { ruling: 'conforming' }, b: { ruling: 'deleted', statement: 'r' } };
  it('puts first what touches the drafts', () => {
    const meetings = meetingsOf(drafts, [item(7, 'c'), item(8, 'b'), item(9, 'b')]);
    expect(meetings.map((m) => [m.clause, m.mine?.ruling, m.theirs.map((i) => i.seq)])).toEqual([
      ['b', 'deleted', [8, 9]],
      ['c', undefined, [7]],
    ]);
  });
  it('drops only drafts that gave way', () => {
    const meetings = meetingsOf(drafts, [item(8, 'b'), item(9, 'a')]);
    expect(settled(drafts, meetings, new Set(['a']))).toEqual({ a: drafts['a'] });
  });
});

describe('evidence of a draft', () => {
  const photo = { sha256: 'sha256:00', media_type: 'image/png', name: '照片.png' };
  it('stays through rulings and goes with the draft', () => {
    const attached = reduce(nothing, { kind: 'attach', clause: '5.1.1.1', evidence: [photo] });
    const ruled = reduce(attached, { kind: 'rule', clause: '5.1.1.1', ruling: 'conforming' });
    expect(ruled.rows['5.1.1.1']).toMatchObject({ ruling: 'conforming', evidence: [photo] });
    expect(reduce(attached, { kind: 'attach', clause: '5.1.1.1', evidence: [] }).rows).toEqual({});
  });
});

describe('the entries of a clause', () => {
  const at = (seq: number) => ({ entry: { seq, actor: `a${seq}` } });
  const standing = {
    assessment: at(3),
    findings: [at(4)],
    deductions: [at(5), at(7)],
  } as unknown as Standing;
  it('are the last one for who enters, and each for who inspects', () => {
    expect(seqsOf(standing, true)).toEqual([[7]]);
    expect(seqsOf(standing, false)).toEqual([[3], [4], [5, 7]]);
    expect(whoOf(standing)).toBe('a7');
  });
});
