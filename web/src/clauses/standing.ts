import type {
  Assessment,
  Audit,
  ClauseScore,
  Deduction,
  Deletion,
  Finding,
  Scheme,
  SchemeClause,
  Score,
} from '../api/types';

export type ClauseState = 'open' | 'conforming' | 'deducted' | 'deleted';

/** How a clause stands in the ledger, from everything that was posted about it. */
export interface Standing {
  clause: SchemeClause;
  included: boolean;
  state: ClauseState;
  assessment?: Assessment;
  deductions: Deduction[];
  deletion?: Deletion;
  findings: Finding[];
  score?: ClauseScore;
}

/** A clause counts as deducted by the latest assessment, too: the deduction may still be missing (R13). */
export function standingsOf(scheme: Scheme, audit: Audit, score: Score | undefined): Standing[] {
  const scores = new Map(score?.clauses?.map((c) => [c.clause, c]));
  const part = audit.clauses ? new Set(audit.clauses) : null;
  return scheme.clauses.map((clause) => {
    const assessment = audit.assessments.filter((a) => a.clause === clause.id).at(-1);
    const deductions = audit.deductions.filter((d) => d.clause === clause.id && !d.revoked);
    const deletion = audit.deletions.find((d) => d.clause === clause.id && !d.revoked);
    const lost = deductions.length > 0 || assessment?.result === 'nonconforming';
    return {
      clause,
      included: part === null || part.has(clause.id),
      state: deletion ? 'deleted' : lost ? 'deducted' : assessment ? 'conforming' : 'open',
      assessment,
      deductions,
      deletion,
      findings: audit.findings.filter((f) => f.clause === clause.id),
      score: scores.get(clause.id),
    };
  });
}

export const stateIcon: Record<ClauseState, string> = { open: '○', conforming: '✓', deducted: '−', deleted: '∅' };

/** Who said last how the clause stands. */
export function whoOf({ deletion, deductions, assessment }: Standing): string | undefined {
  return (deletion?.entry ?? deductions.at(-1)?.entry ?? assessment?.entry)?.actor;
}

/** The entries of a clause: the last one for who enters; for who inspects those of the assessment, of the
 * findings, and of what took or gave points. */
export function seqsOf({ deletion, deductions, assessment, findings }: Standing, entering: boolean): number[][] {
  const points = [...deductions.map((d) => d.entry.seq), ...(deletion ? [deletion.entry.seq] : [])];
  const assessed = assessment ? [assessment.entry.seq] : [];
  if (entering) return [(points.length > 0 ? points : assessed).slice(-1)];
  return [assessed, findings.map((f) => f.entry.seq), points];
}
