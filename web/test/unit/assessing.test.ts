import { describe, expect, it } from 'vitest';
import type { Check, Entry, LedgerItem, Scheme, Score } from '../../src/api/types';
import { afterDecision, copied, lateEntries } from '../../src/checks/anomalies';
import { chaptersOf, merged, pointAt, tellingClauses } from '../../src/compare/merged';
import { standingOf, type Grant } from '../../src/settings/grants';

function entry(
  seq: number,
  type: string,
  data: Record<string, unknown>,
  more: Record<string, unknown> = {},
): LedgerItem {
  const event = { type: `starledger.${type}.v1`, subject: 'A', time: '2026-11-20T08:00:00Z', data, ...more };
  return { seq, digest: '', event: { effectivetime: event.time, ...event } } as unknown as LedgerItem;
}

describe('anomalies', () => {
  it('late: recorded more hours after it happened than the parameter says', () => {
    const at = (seq: number, effectivetime: string, reason?: string) =>
      entry(seq, 'assessment.recorded', {}, { effectivetime, reason });
    const found = lateEntries([at(1, '2026-11-17T08:00:00Z'), at(2, '2026-11-17T07:59:00Z', '现场无网络')], 72);
    expect(found).toEqual([{ kind: 'late', cases: ['A'], seqs: [2], detail: '72', reason: '现场无网络' }]);
  });
  it('after the decision: what touches the audit that was decided on, not the next audit', () => {
    const found = afterDecision([
      entry(1, 'deduction.applied', { audit: 1 }),
      entry(2, 'decision.made', { audit: 1 }),
      entry(3, 'certificate.issued', {}),
      entry(4, 'deduction.revoked', { audit: 1 }, { reason: '申诉成立' }),
      entry(5, 'deduction.applied', { audit: 2 }),
    ]);
    expect(found.map((a) => a.seqs)).toEqual([[2, 4]]);
  });
  it('copies: what the check over the ledger found under another organization', () => {
    const check = (code: string, outcome: Check['outcome']): Check => ({
      code,
      name: '',
      outcome,
      case: 'A',
      detail: '陈述与另一组织的第 3 条记录相同',
      events: [7],
    });
    const found = copied([check('COPY-01', 'warn'), check('COPY-01', 'pass'), check('TIME-02', 'warn')]);
    expect(found).toEqual([{ kind: 'copied', cases: ['A'], seqs: [7], detail: '陈述与另一组织的第 3 条记录相同' }]);
  });
});

describe('cases on one line of time', () => {
  const lists = [
    [entry(2, 'a', {}), entry(5, 'a', {})],
    [entry(3, 'b', {}), entry(4, 'b', {})],
  ];
  it('are in the order of the ledger', () => {
    expect(merged(lists).map((item) => item.seq)).toEqual([2, 3, 4, 5]);
  });
  it('each stand at their last entry, and nowhere before their audit was planned', () => {
    const [, second = []] = lists;
    expect([2, 3, 4, 5].map((seq) => pointAt(second, seq, 4))).toEqual([0, 0, 4, 4]);
  });
  it('tell chapters and the clauses that lost points', () => {
    const clause = (id: string, points: string, fraction: string, deleted = false) => ({
      clause: id,
      points,
      earned: { value: '', fraction },
      deleted,
      assessed: true,
      formula: '',
      events: [],
    });
    const score = {
      clauses: [clause('5.1.1', '3', '13/5'), clause('5.1.2', '2', '2/1'), clause('5.2.1', '4', '0/1', true)],
    };
    const scheme = {
      clauses: [
        { id: '5.1.1', chapter: '5.1' },
        { id: '5.1.2', chapter: '5.1' },
        { id: '5.2.1', chapter: '5.2' },
      ],
    } as Scheme;
    const parts = chaptersOf(score as unknown as Score, scheme);
    expect(parts.get('5.1')).toEqual({ earned: { n: 23n, d: 5n }, involved: { n: 5n, d: 1n } });
    expect(parts.has('5.2')).toBe(false);
    expect(tellingClauses([score as unknown as Score, undefined])).toEqual(['5.1.1', '5.2.1']);
  });
});

describe('grants', () => {
  const entry = { seq: 1 } as Entry;
  const grant: Grant = { grant: 'G1', actor: 'wu', cases: 'all', from: '2026-11-01', until: '2026-11-30', entry };
  it('stand from their first day to their last, unless they are revoked', () => {
    const on = (day: string) => standingOf(grant, day);
    expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map(on)).toEqual([
      'coming',
      'standing',
      'standing',
      'over',
    ]);
    expect(standingOf({ ...grant, revoked: entry }, '2026-11-02')).toBe('revoked');
  });
});
