import { useState } from 'react';
import type { Audit, Case } from '../api/types';
import { CommandDialog } from '../shell/CommandDialog';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';

export type DecisionStep = 'report' | 'review' | 'decide';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  step: DecisionStep;
  onClose: () => void;
}

const kinds = [
  'grant',
  'refuse',
  'maintain',
  'renew',
  'change_grade',
  'suspend',
  'restore',
  'withdraw',
  'cancel',
] as const;
const onAudit = new Set<string>(['grant', 'refuse', 'maintain', 'renew', 'change_grade']);

/** Report, review or decision. The grade is the recomputed one; it is sent along so that the server refuses
 * when it became another since (SCORE-01). */
export function DecisionForm({ kase, audit, step, onClose }: Props) {
  const { t, v } = useWords();
  const [kind, setKind] = useState<string>('grant');
  const [outcome, setOutcome] = useState('confirmed');
  const [text, setText] = useState('');
  const words = text.trim();
  const grade = audit.score && !audit.score.provisional && audit.score.grade ? { grade: audit.score.grade } : {};
  const graded = kind === 'refuse' ? {} : grade;
  const paths = { report: `audits/${audit.audit}/report`, review: `audits/${audit.audit}/review`, decide: 'decisions' };
  const bodies = {
    report: { recommendation: kind, ...graded, summary: words },
    review: { outcome, reason: words },
    decide: onAudit.has(kind)
      ? { decision: kind, audit: audit.audit, ...graded, reason: words }
      : { decision: kind, reason: words },
  };
  return (
    <CommandDialog
      title={t(`decisions.${step}`)}
      id={kase.case}
      path={paths[step]}
      body={words ? bodies[step] : null}
      etag={audit.etag}
      onClose={onClose}
    >
      {step === 'review' ? (
        <label>
          {t('findings.outcome')}
          <Choice
            label={t('findings.outcome')}
            value={outcome}
            options={['confirmed', 'returned'].map((value) => ({ value, label: v('outcome', value) }))}
            onChange={setOutcome}
          />
        </label>
      ) : (
        <label>
          {t(step === 'report' ? 'decisions.recommendation' : 'decisions.kind')}
          <Choice
            label={t('decisions.kind')}
            value={kind}
            options={kinds.map((value) => ({ value, label: v('decision', value) }))}
            onChange={setKind}
          />
        </label>
      )}
      {audit.score && (
        <p className="num">
          {t('decisions.standing')}：<b>{audit.score.final}</b> {v('grade', audit.score.grade)}{' '}
          {audit.score.provisional && <span className="tag">{t('case.provisional')}</span>}
        </p>
      )}
      <label>
        {t(step === 'report' ? 'decisions.summary' : 'common.reason')}
        <textarea className="native" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
    </CommandDialog>
  );
}
