import { useState } from 'react';
import type { Audit, Case, Evidence, Finding } from '../api/types';
import { EvidenceField } from '../evidence/EvidenceField';
import { CommandDialog } from '../shell/CommandDialog';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import { actionWords } from './FindingActions';

export type ReasonAction = 'corrections' | 'verification' | 'reopening' | 'withdrawal' | 'special';

const triggers = ['law', 'enterprise_rule', 'trade_requirement', 'service_system'] as const;

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  finding: Finding;
  action: ReasonAction;
  onClose: () => void;
}

/** What is done to a finding with one text: correct, verify, reopen, withdraw, deduct specially. */
export function ReasonForm({ kase, audit, finding, action, onClose }: Props) {
  const { t, v } = useWords();
  const [trigger, setTrigger] = useState<string>('law');
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState('accepted');
  const [evidence, setEvidence] = useState<Evidence[]>([]);
  const words = text.trim();
  const body = {
    corrections: { statement: words, ...(evidence.length > 0 ? { evidence } : {}) },
    verification: { outcome, reason: words },
    reopening: { reason: words },
    withdrawal: { reason: words },
    special: { trigger, finding: finding.finding, reason: words },
  }[action];
  return (
    <CommandDialog
      title={`${t(actionWords[action])} · ${finding.finding}`}
      id={kase.case}
      path={
        action === 'special'
          ? `audits/${audit.audit}/special-deductions`
          : `audits/${audit.audit}/findings/${finding.finding}/${action}`
      }
      body={words ? body : null}
      etag={audit.etag}
      onClose={onClose}
    >
      <p className="clause-text quiet">{finding.statement}</p>
      {action === 'special' && (
        <label>
          {t('findings.trigger')}
          <Choice
            label={t('findings.trigger')}
            value={trigger}
            options={triggers.map((value) => ({ value, label: v('trigger', value) }))}
            onChange={setTrigger}
          />
        </label>
      )}
      {action === 'verification' && (
        <label>
          {t('findings.outcome')}
          <Choice
            label={t('findings.outcome')}
            value={outcome}
            options={[
              { value: 'accepted', label: t('findings.accepted') },
              { value: 'rejected', label: t('findings.rejected.word') },
            ]}
            onChange={setOutcome}
          />
        </label>
      )}
      <label>
        {t(action === 'corrections' ? 'findings.correction' : 'common.reason')}
        <textarea className="native" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {action === 'corrections' && (
        <div>
          <span className="quiet">{t('clauses.evidence')}</span>
          <EvidenceField value={evidence} onChange={setEvidence} />
        </div>
      )}
    </CommandDialog>
  );
}
