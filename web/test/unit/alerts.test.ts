import { describe, expect, it } from 'vitest';
import type { LedgerItem, TimelineItem } from '../../src/api/types';
import { alertsOf, choicesOf, chosen } from '../../src/score/alerts';
import { exactOf, fractionOf } from '../../src/score/fraction';

function entry(seq: number, type: string, more: { audit?: number; late?: number; clause?: string } = {}): LedgerItem {
  const time = new Date(Date.UTC(2026, 10, 22, seq)).toISOString();
  const effectivetime = new Date(Date.parse(time) - (more.late ?? 0) * 3_600_000).toISOString();
  const data = { audit: more.audit ?? 1, ...(more.clause ? { clause: more.clause } : {}) };
  return {
    seq,
    digest: '',
    event: { type: `starledger.${type}.v1`, time, effectivetime, data, subject: 'c' },
  } as never;
}

function moved(seq: number, delta: string, grade: string | null): TimelineItem {
  return { seq, type: 'starledger.deduction.applied.v1', delta: exactOf(fractionOf(delta)), grade } as never;
}

const told = (items: LedgerItem[], timeline: TimelineItem[], limits = { hours: 72, drop: '1' }) =>
  alertsOf(1, items, timeline, limits).map(({ kind, seq }) => `${kind} #${seq}`);

describe('alerts', () => {
  it('tells an entry that was made later than the limit, and not one at the limit', () => {
    const items = [entry(1, 'audit.planned', { late: 72 }), entry(2, 'finding.raised', { late: 73 })];
    expect(told(items, [])).toEqual(['late #2']);
    expect(told(items, [], { hours: 24, drop: '1' })).toEqual(['late #1', 'late #2']);
  });

  it('tells what came after the decision on this audit, with the decision', () => {
    const items = [
      entry(1, 'decision.made'),
      entry(2, 'correction.reopened'),
      entry(3, 'deduction.applied', { audit: 2 }),
    ];
    expect(alertsOf(1, items, [], { hours: 72, drop: '1' })).toMatchObject([
      { kind: 'after_decision', seq: 2, decision: 1 },
    ]);
  });

  it('tells another grade and a drop larger than the limit, exactly', () => {
    const timeline = [
      moved(1, '100', 'five_star'),
      moved(2, '-1', 'five_star'),
      moved(3, '-1000001/1000000', 'five_star'),
      moved(4, '-1/3', 'four_star'),
      moved(5, '5', null),
    ];
    expect(told([], timeline)).toEqual(['drop #3', 'grade #4', 'grade #5']);
    expect(told([], timeline, { hours: 72, drop: '2' })).toEqual(['grade #4', 'grade #5']);
  });

  it('takes no limit from the address that cannot be chosen, but what the body calls late', () => {
    const { hours, drop } = choicesOf('120');
    expect([chosen(drop, '0.5'), chosen(drop, 'x'), chosen(hours, ''), chosen(hours, '72')]).toEqual([
      '0.5',
      '1',
      '120',
      '72',
    ]);
    expect(choicesOf('48').hours).toEqual(['48', '24', '72', '168']);
  });
});
