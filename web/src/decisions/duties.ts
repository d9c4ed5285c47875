import type { Audit, Case } from '../api/types';

export const duties = ['plan', 'evaluate', 'verify', 'review', 'decide'] as const;
export type Duty = (typeof duties)[number];

export interface DutyCell {
  /** The entry by which the person did it. */
  did?: number;
  /** The entry that disqualifies the person. */
  barred?: number;
}

/** People × duties, computed from the history: who is or ever was in the team neither reviews nor
 * decides (SOD-01, SOD-02). The server judges again when somebody posts. */
export function matrixOf(kase: Case, audit: Audit): Map<string, Record<Duty, DutyCell>> {
  const rows = new Map<string, Record<Duty, DutyCell>>();
  const row = (actor: string) => {
    const found = rows.get(actor) ?? { plan: {}, evaluate: {}, verify: {}, review: {}, decide: {} };
    rows.set(actor, found);
    return found;
  };
  const did = (duty: Duty, entry: { actor: string; seq: number } | undefined) => {
    if (entry) row(entry.actor)[duty].did ??= entry.seq;
  };
  did('plan', audit.entry);
  for (const fact of [...audit.assessments, ...audit.findings, ...audit.deductions, ...audit.deletions])
    did('evaluate', fact.entry);
  for (const correction of audit.corrections) did('verify', correction.verification?.entry);
  did('review', audit.review?.entry);
  for (const decision of kase.decisions.filter((d) => d.audit === audit.audit)) did('decide', decision.entry);
  for (const { actor, seq } of audit.ever_in_team) {
    row(actor).review.barred ??= seq;
    row(actor).decide.barred ??= seq;
  }
  return rows;
}
