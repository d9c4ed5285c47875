import { describe, expect, it } from 'vitest';
import type { LedgerItem, Scheme, Score } from '../../src/api/types';
import { afterDecision, copies, lateEntries } from '../../src/checks/anomalies';
import { chaptersOf, merged, pointAt, tellingClauses } from '../../src/compare/merged';
import { grantsOf, standingOf } from '../../src/settings/grants';

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
  it('copies: a text or a file under two organizations, punctuation aside', () => {
    const organizations: Record<string, string> = { A: '甲', B: '乙', C: '甲' };
    const says = (seq: number, subject: string, statement: string, evidence?: unknown[]) =>
      entry(seq, 'finding.raised', { statement, evidence }, { subject });
    const photo = { sha256: 'sha256:aa', name: '照片.png' };
    const found = copies(
      [
        says(1, 'A', '抽查投诉登记三十件，其中五件超时'),
        says(2, 'C', '抽查投诉登记三十件，其中五件超时'),
        says(3, 'B', '抽查投诉登记三十件其中五件超时。', [photo]),
        says(4, 'A', '文件齐全', [photo]),
        says(5, 'B', '文件齐全'),
      ],
      (id) => organizations[id],
    );
    expect(found.map((a) => [a.kind, a.seqs])).toEqual([
      ['cloned_text', [1, 2, 3]],
      ['reused_evidence', [3, 4]],
    ]);
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
  const made = { grant: 'G1', actor: 'wu', all: true, from: '2026-11-01', until: '2026-11-30' };
  it('stand from their first day to their last, unless they are revoked', () => {
    const [grant] = grantsOf([entry(1, 'grant.made', made, { reason: '年度评审' })]);
    expect(grant).toMatchObject({ grant: 'G1', reason: '年度评审', seq: 1 });
    const on = (day: string) => grant && standingOf(grant, day);
    expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map(on)).toEqual([
      'coming',
      'standing',
      'standing',
      'over',
    ]);
    const [revoked] = grantsOf([
      entry(1, 'grant.made', made),
      entry(2, 'grant.revoked', { grant: 'G1' }, { reason: '结束' }),
    ]);
    expect(revoked && standingOf(revoked, '2026-11-02')).toBe('revoked');
  });
});
