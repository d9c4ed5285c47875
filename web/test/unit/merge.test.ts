import { describe, expect, it } from 'vitest';
import type { LedgerItem } from '../../src/api/types';
import { documents, penalty } from '../../src/forms/application';
import type { About, DocumentLine, Values } from '../../src/forms/form';
import { meetForm, settleForm } from '../../src/forms/merge';
import { plan } from '../../src/forms/audit';
import { correction } from '../../src/forms/scoring';
import type { Words } from '../../src/words/useWords';

const words: Words = {
  language: 'zh',
  t: (word) => word,
  v: (_, value) => value ?? '',
  type: (type) => type,
  named: (name) => name?.zh ?? '',
};
const about = { lists: { documents: [], schemes: [] } } as About;

function entry(seq: number, type: string, data: Record<string, unknown>, reason?: string): LedgerItem {
  return { seq, digest: '', event: { type: `starledger.${type}.v1`, data, reason } } as unknown as LedgerItem;
}

describe('a form and what was entered meanwhile', () => {
  const filled: Values = {
    register: 'gsxt_penalties',
    found: 'no',
    evidence: [{ sha256: 'sha256:aa', name: 'a.png' }] as never,
  };
  const theirs = entry(7, 'penalty.checked', {
    register: 'gsxt_penalties',
    found: true,
    statement: '罚款',
    evidence: [{ sha256: 'sha256:aa', name: 'a.png' }],
  });
  const other = entry(8, 'outlet.recorded', { name: '城东' });

  it('meets an entry of its own kind field by field, and nothing else', () => {
    const met = meetForm(penalty, filled, about, [theirs, other], words);
    expect(met.meetings.map(({ key, mine, theirs }) => [key, mine, theirs])).toEqual([['found', 'no', 'yes']]);
    expect(met.others).toEqual([other]);
  });

  it('keeps what is kept and takes the rest from the ledger', () => {
    const { meetings } = meetForm(penalty, filled, about, [theirs], words);
    expect(settleForm(filled, meetings, new Set(['found']))).toEqual(filled);
    expect(settleForm(filled, meetings, new Set())).toEqual({ ...filled, found: 'yes' });
  });

  it('does not meet what is said of another finding or another audit', () => {
    const of = { ...about, subject: 'F1', audit: { audit: 1 } } as About;
    const values: Values = { statement: '已整改' };
    const met = (data: Record<string, unknown>) =>
      meetForm(correction, values, of, [entry(9, 'correction.submitted', data)], words).meetings.length;
    expect(met({ audit: 1, finding: 'F1', statement: '补做' })).toBe(1);
    expect(met({ audit: 1, finding: 'F2', statement: '补做' })).toBe(0);
    expect(met({ audit: 2, finding: 'F1', statement: '补做' })).toBe(0);
  });

  it('says the same when nothing differs', () => {
    const same = entry(9, 'penalty.checked', { ...theirs.event.data, found: false, statement: undefined });
    const met = meetForm(penalty, filled, about, [same], words);
    expect(met.meetings).toEqual([]);
    expect(met.item).toBe(same);
  });

  it('takes a list of outlets line by line into its control', () => {
    const met = meetForm(
      plan,
      { kind: 'initial', outlets: '城东' },
      about,
      [entry(9, 'audit.planned', { kind: 'initial', outlets: ['城东', '城西'] })],
      words,
    );
    expect(met.meetings.map(({ key, theirs }) => [key, theirs])).toEqual([['outlets', '城东\n城西']]);
  });

  it('merges documents one by one; a document taken from the ledger is not told again', () => {
    const line = (status: string): DocumentLine => ({ status, reason: '', evidence: [] });
    const values: Values = { documents: { licence: line('received'), report: line('missing') } };
    const missed = [
      entry(9, 'document.recorded', { document: 'licence', status: 'missing' }, '稍后补'),
      entry(10, 'document.recorded', { document: 'manual', status: 'missing' }),
    ];
    const met = meetForm(documents, values, about, missed, words);
    expect(met.meetings.map((meeting) => meeting.key)).toEqual(['licence']);
    expect(met.others.map((item) => item.seq)).toEqual([10]);
    expect(settleForm(values, met.meetings, new Set())).toEqual({ documents: { report: line('missing') } });
  });
});
