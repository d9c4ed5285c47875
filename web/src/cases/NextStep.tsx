import { Button } from 'antd';
import { useState } from 'react';
import type { Audit, Case } from '../api/types';
import { CommandDialog } from '../shell/CommandDialog';
import { useAsOf } from '../shell/asof';
import { useSession } from '../shell/session';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';

type Step = 'document-review' | 'opening' | 'closing';

/** The next step of the audit that the lead takes before and after the visit; null when none is open. */
function stepOf(audit: Audit): Step | null {
  if (audit.documents?.outcome !== 'accepted') return 'document-review';
  if (!audit.opening) return 'opening';
  return audit.closing ? null : 'closing';
}

const types = {
  'document-review': 'documents.reviewed',
  opening: 'audit.opened',
  closing: 'audit.closed',
} as const;

export function NextStep({ kase, audit }: { kase: Case; audit: Audit }) {
  const { v } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const [open, setOpen] = useState(false);
  const step = stepOf(audit);
  const lead = audit.team.some((member) => member.actor === session.actor && member.role === 'lead');
  if (!step || !lead || past) return null;
  return (
    <div className="bundle">
      <Button onClick={() => setOpen(true)}>{v('type', types[step])}</Button>
      {open && <StepForm kase={kase} audit={audit} step={step} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface FormProps {
  kase: Case;
  audit: Audit;
  step: Step;
  onClose: () => void;
}

function StepForm({ kase, audit, step, onClose }: FormProps) {
  const { t, v } = useWords();
  const [outcome, setOutcome] = useState('accepted');
  const [reason, setReason] = useState('');
  const [held, setHeld] = useState('');
  const meeting = held ? { held_at: `${held}:00+08:00` } : null;
  const review = reason.trim() ? { outcome, reason: reason.trim() } : null;
  return (
    <CommandDialog
      title={v('type', types[step])}
      id={kase.case}
      path={`audits/${audit.audit}/${step}`}
      body={step === 'document-review' ? review : meeting}
      etag={`"${audit.case_seq}"`}
      onClose={onClose}
    >
      {step === 'document-review' ? (
        <>
          <label>
            {t('findings.outcome')}
            <Choice
              label={t('findings.outcome')}
              value={outcome}
              options={['accepted', 'returned'].map((value) => ({ value, label: v('outcome', value) }))}
              onChange={setOutcome}
            />
          </label>
          <label>
            {t('common.reason')}
            <textarea className="native" value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
        </>
      ) : (
        <label>
          {t('common.time')}
          <input
            className="native"
            type="datetime-local"
            value={held}
            onChange={(event) => setHeld(event.target.value)}
          />
        </label>
      )}
    </CommandDialog>
  );
}
