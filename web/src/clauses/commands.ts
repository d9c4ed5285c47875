import type { Audit, Command, Deduction, Scheme } from '../api/types';
import { needsOf, scorable, type DraftRow, type Drafts } from './draft';

/** A command with the clause that it is about, so that a refusal by index finds its row. */
export interface Drafted {
  clause: string;
  command: Command;
}

interface Setting {
  audit: Audit;
  scheme: Scheme;
  /** A text for what is required and not written yet; only for asking what the score would be. */
  placeholder?: string;
}

/** Stands where a text is required and not written yet, when only the score is asked for. */
export const placeholder = '试算';

/** The commands of the drafts that are complete, in the order of the scheme. One batch: all or nothing. */
export function commandsOf(drafts: Drafts, setting: Setting): Drafted[] {
  const rated = setting.scheme.method === 'rating';
  const list: Drafted[] = [];
  let findings = setting.audit.findings.length;
  for (const { id: clause } of setting.scheme.clauses) {
    const row = drafts[clause];
    if (!row || needsOf(row, rated).length > 0) continue;
    const finding = row.ruling === 'nonconforming' && !rated ? `F${++findings}` : undefined;
    list.push(...ofClause(clause, row, setting, finding).map((command) => ({ clause, command })));
  }
  return list;
}

/** The same for a question about the score: findings do not move it, and texts may be missing. */
export function questionOf(drafts: Drafts, setting: Setting): Drafted[] {
  const rated = setting.scheme.method === 'rating';
  return setting.scheme.clauses.flatMap(({ id: clause }) => {
    const row = drafts[clause];
    if (!row || !scorable(row, rated)) return [];
    return ofClause(clause, row, setting, undefined).map((command) => ({ clause, command }));
  });
}

function ofClause(clause: string, row: DraftRow, { audit, scheme, placeholder }: Setting, finding?: string): Command[] {
  const path = `audits/${audit.audit}`;
  const statement = row.statement ?? placeholder ?? '';
  const stands = audit.deductions.filter((d) => d.clause === clause && !d.revoked);
  const revoked = (d: Deduction): Command => ({
    path: `${path}/deductions/${d.deduction}/revocation`,
    body: { reason: statement || rulingReason },
  });
  const deleted = audit.deletions.find((d) => d.clause === clause && !d.revoked);
  const restored: Command[] =
    deleted && row.ruling !== 'deleted'
      ? [{ path: `${path}/deletions/${deleted.deletion}/revocation`, body: { reason: statement || rulingReason } }]
      : [];
  if (row.ruling === 'deleted') {
    return deleted ? [] : [{ path: `${path}/deletions`, body: { clause, reason: statement } }];
  }
  const sample = sampleOf(row);
  const assessment: Command = {
    path: `${path}/assessments`,
    body: compact({
      clause,
      result: row.ruling,
      rating: scheme.method === 'rating' ? row.rating : undefined,
      sample,
      method: row.method,
      statement: row.statement,
      evidence: row.evidence,
    }),
  };
  if (row.ruling === 'conforming' || scheme.method === 'rating') {
    return [...restored, ...stands.map(revoked), assessment];
  }
  const raised: Command[] = finding
    ? [
        {
          path: `${path}/findings`,
          body: compact({
            clause,
            category: 'nonconformity',
            severity: row.severity,
            statement,
            evidence: row.evidence,
          }),
        },
      ]
    : [];
  const deduction: Command = {
    path: `${path}/deductions`,
    body: compact({
      clause,
      basis: sample ? 'sampled' : 'qualitative',
      sample: sample && { size: sample.size, nonconforming: sample.nonconforming },
      finding,
      reason: statement,
    }),
  };
  return [...restored, ...stands.map(revoked), ...raised, assessment, deduction];
}

/** A clause that was ruled anew takes back what stood before; this is the reason when none was written. */
const rulingReason = '重新评价';

function sampleOf(row: DraftRow) {
  if (!row.size) return undefined;
  return compact({
    population: row.population ? Number(row.population) : undefined,
    size: Number(row.size),
    nonconforming: Number(row.bad ?? '0'),
  }) as { population?: number; size: number; nonconforming: number };
}

function compact(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
