import type { Audit, Case } from '../api/types';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';

/** The steps of the procedure with the day on which each was done. */
export function Stages({ kase, audit }: { kase: Case; audit: Audit | undefined }) {
  const { t, v } = useWords();
  const decision = kase.decisions.find((d) => d.audit === audit?.audit);
  const steps: { name: string; at: string | undefined }[] = [
    { name: v('state', 'applied'), at: kase.applied_at },
    { name: v('state', 'accepted'), at: kase.application?.entry.effective_at },
    { name: v('state', 'planned'), at: audit?.entry.effective_at },
    { name: v('state', 'documents_reviewed'), at: audit?.documents?.entry.effective_at },
    { name: v('type', 'audit.opened'), at: audit?.opening?.entry.effective_at },
    { name: v('type', 'audit.closed'), at: audit?.closing?.entry.effective_at },
    { name: v('state', 'reported'), at: audit?.report?.entry.effective_at },
    {
      name: v('state', 'reviewed'),
      at: audit?.review?.outcome === 'confirmed' ? audit.review.entry.effective_at : undefined,
    },
    { name: v('state', 'decided'), at: decision?.entry.effective_at },
    { name: t('cases.certificate'), at: kase.certificate?.entry.effective_at },
  ];
  const next = steps.findIndex((step) => !step.at);
  return (
    <ol className="stages" aria-label={t('case.stages')} tabIndex={0}>
      {steps.map((step, i) => (
        <li
          key={step.name}
          className={step.at ? 'done' : i === next ? 'now' : ''}
          aria-current={i === next ? 'step' : undefined}
        >
          {step.name}
          <span className="num quiet">{step.at ? dayOf(step.at) : '–'}</span>
        </li>
      ))}
    </ol>
  );
}

/** Month and day, as in 11-22. */
function dayOf(instant: string): string {
  return minuteOf(instant).slice(5, 10);
}
