import type { FullAudit, FullCase } from '../api/process';
import { useWords } from '../words/useWords';
import { StepAction } from './StepAction';
import { nextSteps } from './steps';
import { useOpenForm } from './useOpenForm';
import './process.css';

/** What the case waits for now, and the button for whose turn it is. */
export function NextSteps({ kase, audit }: { kase: FullCase; audit: FullAudit | undefined }) {
  const words = useWords();
  const { t } = words;
  const open = useOpenForm();
  const steps = nextSteps(kase, audit, words);
  return (
    <div className="next-steps">
      <h3>{t('process.next')}</h3>
      {steps.length === 0 && <p className="quiet">{t('process.next.none')}</p>}
      {steps.map((step) => (
        <div className="next-step" key={step.form + (step.subject ?? '')} data-next={step.form}>
          <span>
            <strong>{t(step.title)}</strong> {step.detail && <span className="quiet">{step.detail}</span>}
          </span>
          <StepAction step={step} kase={kase} audit={audit} primary onOpen={open} />
        </div>
      ))}
    </div>
  );
}
