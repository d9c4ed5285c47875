import { useState } from 'react';
import type { Audit, Case, Finding } from '../api/types';
import { CommandDialog } from '../shell/CommandDialog';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';

export type ReasonAction = 'corrections' | 'verification' | 'withdrawal';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  finding: Finding;
  action: ReasonAction;
  onClose: () => void;
}

/** What is done to a finding with one text: correct, verify, withdraw. */
export function ReasonForm({ kase, audit, finding, action, onClose }: Props) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState('accepted');
  const titles = {
    corrections: 'findings.correct',
    verification: 'findings.verify',
    withdrawal: 'findings.withdraw',
  } as const;
  const words = text.trim();
  const body = {
    corrections: { statement: words },
    verification: { outcome, reason: words },
    withdrawal: { reason: words },
  }[action];
  return (
    <CommandDialog
      title={`${t(titles[action])} · ${finding.finding}`}
      id={kase.case}
      path={`audits/${audit.audit}/findings/${finding.finding}/${action}`}
      body={words ? body : null}
      etag={audit.etag}
      onClose={onClose}
    >
      <p className="clause-text quiet">{finding.statement}</p>
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
    </CommandDialog>
  );
}
