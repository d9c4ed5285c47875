// The finding as it stands on paper, before it is entered.
import type { Audit, Command, Evidence, Scheme } from '../api/types';
import { lossOf } from '../sampling/deduct';

export interface FindingDraft {
  clause: string;
  category: 'nonconformity' | 'observation' | 'opportunity' | 'strength';
  severity: 'minor' | 'major';
  statement: string;
  method: string;
  evidence: Evidence[];
  /** Local time of the audited place, as the platform's input gives it; empty for now. */
  seen: string;
  /** Why it is entered late (TIME-02). */
  late: string;
  deduct: 'none' | 'qualitative' | 'sampled';
  population: string;
  size: string;
  bad: string;
  rating: string;
  /** Which draw was gone through, such as P1 第1次抽取. */
  source: string;
}

export const blank: FindingDraft = {
  clause: '',
  category: 'nonconformity',
  severity: 'minor',
  statement: '',
  method: '',
  evidence: [],
  seen: '',
  late: '',
  deduct: 'none',
  population: '',
  size: '',
  bad: '',
  rating: '',
  source: '',
};

export type Lack = 'clause' | 'statement' | 'sample' | 'rating';

const percent = /^(100(\.0{1,6})?|[1-9]?\d(\.\d{1,6})?)$/;

/** What keeps the form from being previewed. */
export function lacksOf(form: FindingDraft, scheme: Scheme): Lack[] {
  const lacks: Lack[] = [];
  const clause = scheme.clauses.find((c) => c.id === form.clause);
  if (!clause) lacks.push('clause');
  if (form.statement.trim() === '') lacks.push('statement');
  if (moves(form, scheme) && form.deduct === 'sampled' && !sampleStands(form, clause?.points ?? '0'))
    lacks.push('sample');
  if (moves(form, scheme) && scheme.method === 'rating' && !percent.test(form.rating)) lacks.push('rating');
  return lacks;
}

/** A sample that costs points: at least one does not conform, and there are no more of one than of the other. */
function sampleStands({ population, size, bad }: FindingDraft, points: string): boolean {
  if (lossOf(points, { size, bad }) === null || Number(bad) === 0) return false;
  return population === '' || (/^[1-9]\d{0,8}$/.test(population) && Number(population) >= Number(size));
}

/** Whether the finding moves the score: of the categories a nonconformity alone does, when it is to deduct. */
export function moves(form: FindingDraft, scheme: Scheme): boolean {
  if (form.category !== 'nonconformity') return false;
  return scheme.method === 'rating' ? form.rating !== '' : form.deduct !== 'none';
}

/** The finding, and with it the assessment and the deduction that rest on it: one batch, all or nothing. */
export function findingCommands(form: FindingDraft, audit: Audit, scheme: Scheme): Command[] {
  const path = `audits/${audit.audit}`;
  const statement = form.statement.trim();
  const nonconformity = form.category === 'nonconformity';
  const finding: Command = {
    path: `${path}/findings`,
    body: compact({
      clause: form.clause,
      category: form.category,
      severity: nonconformity ? form.severity : undefined,
      statement,
      evidence: form.evidence,
      note: form.source,
      ...when(form),
    }),
  };
  if (!moves(form, scheme)) return [finding];
  return [finding, ...movers(form, audit, scheme, statement, `F${audit.findings.length + 1}`)];
}

/** The commands that move the score, for asking what it would be. */
export function questionOf(form: FindingDraft, audit: Audit, scheme: Scheme, placeholder: string): Command[] {
  const unready = lacksOf(form, scheme).filter((lack) => lack !== 'statement');
  if (unready.length > 0 || !moves(form, scheme)) return [];
  return movers({ ...form, seen: '', late: '' }, audit, scheme, form.statement.trim() || placeholder);
}

function movers(form: FindingDraft, audit: Audit, scheme: Scheme, statement: string, finding?: string): Command[] {
  const path = `audits/${audit.audit}`;
  const sampled = form.deduct === 'sampled' && scheme.method === 'deduction';
  const sample = sampled
    ? compact({
        population: form.population ? Number(form.population) : undefined,
        size: Number(form.size),
        nonconforming: Number(form.bad),
      })
    : undefined;
  const assessment: Command = {
    path: `${path}/assessments`,
    body: compact({
      clause: form.clause,
      result: 'nonconforming',
      rating: scheme.method === 'rating' ? form.rating : undefined,
      sample,
      method: form.method,
      statement,
      evidence: form.evidence,
      ...when(form),
    }),
  };
  if (scheme.method === 'rating') return [assessment];
  const deduction: Command = {
    path: `${path}/deductions`,
    body: compact({
      clause: form.clause,
      basis: sampled ? 'sampled' : 'qualitative',
      sample,
      finding,
      ...when(form),
      reason: [statement, form.late.trim()].filter(Boolean).join('；'),
    }),
  };
  return [assessment, deduction];
}

function when({ seen, late }: FindingDraft): { effective_at?: string; reason?: string } {
  return { effective_at: seen ? `${seen}:00+08:00` : undefined, reason: late.trim() || undefined };
}

/** Without what is not given. */
function compact(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
