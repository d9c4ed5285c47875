import { Button } from 'antd';
import { useState } from 'react';
import type { Audit, Case, Finding } from '../api/types';
import { useSession } from '../shell/session';
import { useWords } from '../words/useWords';
import { ReasonForm, type ReasonAction } from './ReasonForm';
import { stageOf } from './stage';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  finding: Finding;
}

/** What the person may do next with a finding. The server judges; this spares refusals that are certain. */
export function FindingActions({ kase, audit, finding }: Props) {
  const { t } = useWords();
  const session = useSession();
  const [action, setAction] = useState<ReasonAction | null>(null);
  const actions = actionsFor(kase, audit, finding, session);
  if (actions.length === 0 && !action) return null;
  return (
    <div className="head actions">
      {actions.map((each) => (
        <Button key={each} size="small" onClick={() => setAction(each)}>
          {t(actionWords[each])}
        </Button>
      ))}
      {action && (
        <ReasonForm kase={kase} audit={audit} finding={finding} action={action} onClose={() => setAction(null)} />
      )}
    </div>
  );
}

export const actionWords = {
  corrections: 'findings.correct',
  verification: 'findings.verify',
  reopening: 'findings.reopen',
  withdrawal: 'findings.withdraw',
  special: 'findings.special',
} as const;

function actionsFor(
  kase: Case,
  audit: Audit,
  finding: Finding,
  session: { actor: string; roles: readonly string[] },
): ReasonAction[] {
  const stage = stageOf(finding, audit);
  const team = audit.team.find((m) => m.actor === session.actor);
  const own = kase.kind === 'internal' && session.roles.includes('service_manager');
  const evaluates = team?.role === 'lead' || team?.role === 'auditor' || own;
  const open = stage === 'raised' || stage === 'rejected';
  const special = audit.special_deductions.some((s) => s.finding === finding.finding && !s.revoked);
  const list: ReasonAction[] = [];
  if (open && (session.roles.includes('case_officer') || own)) list.push('corrections');
  if (stage === 'correcting' && evaluates) list.push('verification');
  if (finding.corrected && !finding.withdrawn && evaluates) list.push('reopening');
  if (stage !== 'withdrawn' && finding.category === 'nonconformity' && !special && evaluates && !audit.report) {
    list.push('special');
  }
  if (open && (team?.role === 'lead' || own) && !audit.report) list.push('withdrawal');
  return list;
}
