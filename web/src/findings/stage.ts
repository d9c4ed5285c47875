import type { Audit, Finding } from '../api/types';

export const stages = ['raised', 'correcting', 'rejected', 'closed', 'withdrawn'] as const;
export type Stage = (typeof stages)[number];

/** Where a finding stands between being raised and being closed: the last correction decides. */
export function stageOf(finding: Finding, audit: Audit): Stage {
  if (finding.withdrawn) return 'withdrawn';
  if (finding.corrected) return 'closed';
  const last = audit.corrections.filter((c) => c.finding === finding.finding).at(-1);
  if (!last) return finding.category === 'nonconformity' ? 'raised' : 'closed';
  return last.verification?.outcome === 'rejected' ? 'rejected' : 'correcting';
}
