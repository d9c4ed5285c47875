import type { Audit, Case } from '../api/types';
import type { Words } from '../words/useWords';

/** What the case still lacks before its certificate, in the order of the procedure (PROC-01). */
export function missingOf(kase: Case, audit: Audit | undefined, t: Words['t']): string[] {
  const list: string[] = [];
  if (!kase.application) list.push(t('case.missing.application'));
  if (kase.audits.length === 0) list.push(t('case.missing.audit'));
  if (!audit) return list;
  if (!audit.documents) list.push(t('case.missing.documents'));
  if (!audit.opening) list.push(t('case.missing.opening'));
  const open = audit.progress.involved - audit.progress.assessed;
  if (open > 0) list.push(t('case.missing.assessments', { count: open }));
  if (!audit.closing) list.push(t('case.missing.closing'));
  const uncorrected = toCorrect(audit);
  if (uncorrected > 0) list.push(t('case.missing.corrections', { count: uncorrected }));
  if (!audit.report) list.push(t('case.missing.report'));
  if (audit.review?.outcome !== 'confirmed') list.push(t('case.missing.review'));
  const decided = kase.decisions.some((d) => d.audit === audit.audit);
  if (!decided) list.push(t('case.missing.decision'));
  if (decided && kase.kind === 'certification' && !kase.certificate && granted(kase))
    list.push(t('case.missing.certificate'));
  return list;
}

function granted(kase: Case): boolean {
  return kase.decisions.some((d) => d.decision === 'grant');
}

/** What must be corrected before the decision: majors, and whatever a special deduction rests on (CORR-01). */
export function toCorrect(audit: Audit): number {
  const specials = new Set(audit.special_deductions.filter((s) => !s.revoked).map((s) => s.finding));
  return audit.findings.filter(
    (f) => !f.withdrawn && !f.corrected && (f.severity === 'major' || specials.has(f.finding)),
  ).length;
}
