import { orderOf, sortOf } from '../../src/table/useTableView';
import { describe, expect, test } from 'vitest';
import type { FindingRow } from '../../src/api/findings';
import { ageOf, paretoOf, summaryOf } from '../../src/board/findings';
import { monthAfter, monthDays } from '../../src/calendar/month';
import { addDays, daysUntil } from '../../src/calendar/queries';
import { placeOf } from '../../src/exchange/faults';
import { documents, openCase, penalty } from '../../src/forms/application';
import { plan } from '../../src/forms/audit';
import { bodyOf } from '../../src/forms/body';
import type { About } from '../../src/forms/form';
import { appeal, decision } from '../../src/forms/outcome';

const about: About = { lists: { documents: [], schemes: [] } };

describe('the body of a form', () => {
  test('is null while something required is missing, and leaves out what was not given', () => {
    expect(bodyOf(openCase, { kind: 'certification', scheme: 'gbt27922-2011' }, about)).toBeNull();
    const values = {
      kind: 'certification',
      scheme: 'gbt27922-2011',
      'organization.name': ' 晨光 ',
      'organization.uscc': '',
      scope: '维修',
      applied_at: '2026-11-22T09:30',
    };
    expect(bodyOf(openCase, values, about)).toEqual({
      kind: 'certification',
      scheme: 'gbt27922-2011',
      organization: { name: '晨光' },
      scope: '维修',
      applied_at: '2026-11-22T09:30:00+08:00',
    });
  });
  test('takes a team without its empty lines, and clauses only of a partial audit', () => {
    const values = {
      kind: 'initial',
      team: [
        { actor: 'li ', role: 'lead' as const },
        { actor: '', role: 'auditor' as const },
      ],
      starts_on: '2026-11-22',
      ends_on: '2026-11-23',
      outlets: '网点一\n\n 网点二 ',
      clauses: ['5.1.1.1'],
    };
    expect(bodyOf(plan, values, about)).toEqual({
      kind: 'initial',
      team: [{ actor: 'li', role: 'lead' }],
      starts_on: '2026-11-22',
      ends_on: '2026-11-23',
      outlets: ['网点一', '网点二'],
    });
    expect(bodyOf(plan, { ...values, kind: 'special' }, about)).toMatchObject({ clauses: ['5.1.1.1'] });
    expect(bodyOf(plan, { ...values, team: [] }, about)).toBeNull();
  });
  test('asks what an entry says only when one was found', () => {
    const evidence = [{ sha256: 'sha256:00', media_type: 'image/png', name: '截图.png' }];
    const searched = { register: 'gsxt_penalties', evidence };
    expect(bodyOf(penalty, { ...searched, found: 'no', statement: 'x' }, about)).toEqual({
      register: 'gsxt_penalties',
      found: false,
      evidence,
    });
    expect(bodyOf(penalty, { ...searched, found: 'yes' }, about)).toBeNull();
  });
  test('makes one command of each document; what is missing needs a reason, what came its file', () => {
    const line = { status: 'missing', reason: '', evidence: [] };
    expect(bodyOf(documents, { documents: { licence: line } }, about)).toBeNull();
    expect(bodyOf(documents, { documents: { licence: { ...line, reason: '后补' } } }, about)).toEqual({
      commands: [{ path: 'documents', body: { document: 'licence', status: 'missing', reason: '后补' } }],
    });
    expect(bodyOf(documents, { documents: { licence: { ...line, status: 'received' } } }, about)).toBeNull();
  });
  test('names no grade where certification is refused, and an entry by its number', () => {
    const given = { decision: 'refuse', grade: 'four_star', reason: '不通过' };
    expect(bodyOf(decision, given, about)).not.toHaveProperty('grade');
    expect(bodyOf(appeal, { against: '7', statement: '请复核' }, about)).toEqual({ against: 7, statement: '请复核' });
  });
});

const finding = (clause: string, stage: FindingRow['stage'], raised: string, last = raised): FindingRow => ({
  case: 'x',
  organization: '晨光',
  audit: 1,
  finding: 'F1',
  clause,
  category: 'nonconformity',
  statement: 's',
  stage,
  raised: { seq: 1, effective_at: raised },
  last: { seq: 2, effective_at: last },
});

describe('findings of many cases', () => {
  const now = Date.parse('2026-11-30T00:00:00Z');
  const list = [
    finding('5.1.1.1', 'raised', '2026-10-01T00:00:00Z'), // 60 days
    finding('5.1.1.1', 'closed', '2026-11-01T00:00:00Z', '2026-11-05T00:00:00Z'), // 4 days
    finding('5.3.2.2', 'correcting', '2026-11-20T00:00:00Z'), // 10 days
    finding('5.2.4.4', 'withdrawn', '2026-11-20T00:00:00Z'),
  ];
  test('age until they are closed', () => {
    expect(list.map((f) => ageOf(f, now))).toEqual([60, 4, 10, 0]);
    expect(summaryOf(list, now)).toEqual({ open: 2, late: 1, repeats: 0, oldest: 60, median: 4 });
    expect(summaryOf([], now)).toEqual({ open: 0, late: 0, repeats: 0, oldest: undefined, median: undefined });
  });
  test('the commonest clause first, without what was withdrawn', () => {
    expect(paretoOf(list)).toEqual([
      { clause: '5.1.1.1', count: 2, open: 1, cumulative: 67 },
      { clause: '5.3.2.2', count: 1, open: 1, cumulative: 100 },
    ]);
  });
});

describe('months', () => {
  test('are shown in whole weeks from Monday', () => {
    const days = monthDays('2026-11'); // begins on a Sunday, has 30 days
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(monthDays('2027-02')).toHaveLength(28); // Monday to Sunday, four weeks
    expect(monthDays('2028-02').at(-1)).toBe('2028-03-05'); // a leap year
  });
  test('are turned over the end of the year', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysUntil('2026-11-20', '2026-11-22')).toBe(-2);
  });
});

test('a fault names the line of the table, its column and its text', () => {
  const text = '\uFEFFtype,number\r\ncertificate,A\r\ncertificate,B';
  const fault = { pointer: '/lines/3/issued_on', code: 'x', message: '' };
  expect(placeOf(fault, text)).toEqual({ line: 3, client: 0, column: 'issued_on', text: 'certificate,B' });
  expect(placeOf({ ...fault, pointer: '/clients/0/certificates/1/number' }, '')).toMatchObject({
    client: 1,
    column: 'certificates.1.number',
  });
});

describe('the order of a table in the address', () => {
  test('comes back as it was put there', () => {
    for (const order of [null, { key: 'score', down: true }, { key: 'last', down: false }])
      expect(orderOf(sortOf(order))).toEqual(order);
  });
});
