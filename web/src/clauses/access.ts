import type { Audit, Case, Session } from '../api/types';

/** Why somebody cannot enter here; null when it may be tried. The server judges; this only spares a
 * refusal that is certain. */
export function whyReadOnly(
  session: Session,
  kase: Case,
  audit: Audit,
  past: boolean,
): 'past' | 'stranger' | 'reported' | null {
  if (past) return 'past';
  const member = audit.team.some((m) => m.actor === session.actor && (m.role === 'lead' || m.role === 'auditor'));
  const own = kase.kind === 'internal' && session.roles.includes('service_manager');
  if (!member && !own) return 'stranger';
  if (audit.report) return 'reported';
  return null;
}
