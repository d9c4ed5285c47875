import { Button } from 'antd';
import type { Audit, Case, Finding } from '../api/types';
import { useOpenForm } from '../process/useOpenForm';
import { useSession } from '../shell/session';
import { useWords } from '../words/useWords';
import { stageOf } from './stage';

interface Props {
  kase: Case;
  audit: Audit;
  finding: Finding;
}

/** What the person may do next with a finding. The server judges; this spares refusals that are certain. */
export function FindingActions({ kase, audit, finding }: Props) {
  const { t } = useWords();
  const session = useSession();
  const open = useOpenForm();
  const actions = actionsFor(kase, audit, finding, session);
  if (actions.length === 0) return null;
  return (
    <div className="head actions">
      {actions.map((each) => (
        <Button key={each} size="small" onClick={() => open({ form: each, subject: finding.finding })}>
          {t(`form.${each}`)}
        </Button>
      ))}
    </div>
  );
}

/** The forms about a finding. */
type Action = 'correction' | 'verification' | 'reopening' | 'withdrawal' | 'special';

function actionsFor(
  kase: Case,
  audit: Audit,
  finding: Finding,
  session: { actor: string; roles: readonly string[] },
): Action[] {
  const stage = stageOf(finding, audit);
  const team = audit.team.find((m) => m.actor === session.actor);
  const own = kase.kind === 'internal' && session.roles.includes('service_manager');
  const evaluates = team?.role === 'lead' || team?.role === 'auditor' || own;
  const open = stage === 'raised' || stage === 'rejected';
  const special = audit.special_deductions.some((s) => s.finding === finding.finding && !s.revoked);
  const list: Action[] = [];
  if (open && (session.roles.includes('case_officer') || own)) list.push('correction');
  if (stage === 'correcting' && evaluates) list.push('verification');
  if (finding.corrected && !finding.withdrawn && evaluates) list.push('reopening');
  if (stage !== 'withdrawn' && finding.category === 'nonconformity' && !special && evaluates && !audit.report) {
    list.push('special');
  }
  if (open && (team?.role === 'lead' || own) && !audit.report) list.push('withdrawal');
  return list;
}
