import { describe, expect, it } from 'vitest';
import type { Audit, LedgerItem, Scheme } from '../../src/api/types';
import { blank, findingCommands, lacksOf, type FindingDraft } from '../../src/findings/findingForm';
import { similarTo } from '../../src/findings/similar';

const scheme = {
  method: 'deduction',
  clauses: [{ id: '5.3.2.2', chapter: '5.3', text: '投诉', points: '7' }],
} as Scheme;
const audit = { audit: 1, findings: [{}, {}] } as unknown as Audit;
const form: FindingDraft = { ...blank, clause: '5.3.2.2', statement: ' 抽查40件，6件超时 ' };

describe('the form of a finding', () => {
  it('is a finding alone when nothing is deducted', () => {
    expect(findingCommands(form, audit, scheme)).toEqual([
      {
        path: 'audits/1/findings',
        body: { clause: '5.3.2.2', category: 'nonconformity', severity: 'minor', statement: '抽查40件，6件超时' },
      },
    ]);
  });
  it('brings the assessment and the deduction that rest on it, in one go', () => {
    const sampled: FindingDraft = { ...form, deduct: 'sampled', population: '412', size: '40', bad: '6' };
    const [finding, assessment, deduction] = findingCommands(sampled, audit, scheme);
    const sample = { population: 412, size: 40, nonconforming: 6 };
    expect(finding?.path).toBe('audits/1/findings');
    expect(assessment?.body).toMatchObject({ result: 'nonconforming', sample });
    expect(deduction?.body).toEqual({
      clause: '5.3.2.2',
      basis: 'sampled',
      sample,
      finding: 'F3',
      reason: '抽查40件，6件超时',
    });
  });
  it('deducts nothing for an observation', () => {
    const observed: FindingDraft = { ...form, category: 'observation', deduct: 'qualitative' };
    const commands = findingCommands(observed, audit, scheme);
    expect(commands).toHaveLength(1);
    expect(commands[0]?.body).not.toHaveProperty('severity');
  });
  it('says what is missing', () => {
    const sampled = { ...form, deduct: 'sampled' } as const;
    expect(lacksOf(blank, scheme)).toEqual(['clause', 'statement']);
    expect(lacksOf({ ...sampled, size: '40', bad: '0' }, scheme)).toEqual(['sample']);
    expect(lacksOf({ ...sampled, size: '40', bad: '6', population: '39' }, scheme)).toEqual(['sample']);
    expect(lacksOf({ ...sampled, size: '40', bad: '6', population: '40' }, scheme)).toEqual([]);
  });
});

describe('similar findings', () => {
  const raised = (seq: number, clause: string, statement: string) =>
    ({ seq, event: { data: { clause, statement } } }) as unknown as LedgerItem;
  const earlier = [
    raised(1, '5.1.1.1', '未设专门部门'),
    raised(2, '5.3.2.2', '安装记录缺失'),
    raised(3, '5.3.2.2', '抽查30件投诉，3件超时答复'),
    raised(4, '5.2.1.1', '抽查40件投诉，6件超时答复'),
  ];
  it('are those of the clause first, then those in like words', () => {
    const found = similarTo('5.3.2.2', '抽查40件投诉，6件超时', earlier);
    expect(found.map((each) => each.item.seq)).toEqual([3, 2, 4]);
  });
});
