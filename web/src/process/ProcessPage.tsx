import type { FullAudit, FullCase } from '../api/process';
import { useShownCase } from '../cases/CasePage';
import { useAudit } from '../cases/queries';
import { Who } from '../people/Who';
import { EntryLink } from '../shell/links';
import { Loaded } from '../shell/States';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { NextSteps } from './NextSteps';
import { StepAction } from './StepAction';
import { applicationSteps, auditSteps, objectionSteps, outcomeSteps, type Step } from './steps';
import { useOpenForm } from './useOpenForm';
import './process.css';

/** The whole process of a case, step by step, each with its entry and what can be done about it. */
export function ProcessPage() {
  const { kase, audit: number } = useShownCase();
  const audit = useAudit(kase.case, number);
  if (number === 0) return <Steps kase={kase} audit={undefined} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => <Steps kase={kase} audit={found} />}
    </Loaded>
  );
}

function Steps({ kase, audit }: { kase: FullCase; audit: FullAudit | undefined }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <section className="sheet">
        <NextSteps kase={kase} audit={audit} />
      </section>
      {kase.kind === 'certification' && (
        <Section title={t('process.application')} steps={applicationSteps(kase, words)} kase={kase} audit={audit} />
      )}
      <Section
        title={audit ? t('process.audit', { audit: audit.audit }) : t('case.missing.audit')}
        steps={
          audit ? auditSteps(audit, words) : [{ form: 'plan', title: 'form.plan', duty: 'case_officer', state: 'any' }]
        }
        kase={kase}
        audit={audit}
      />
      <Section title={t('process.outcome')} steps={outcomeSteps(kase, audit, words)} kase={kase} audit={audit} />
      <Section title={t('process.objections')} steps={objectionSteps(kase, words)} kase={kase} audit={audit} />
    </>
  );
}

interface SectionProps {
  title: string;
  steps: Step[];
  kase: FullCase;
  audit: FullAudit | undefined;
}

const marks = { done: '✓', open: '●', later: '○', any: '·' } as const;

function Section({ title, steps, kase, audit }: SectionProps) {
  const { t } = useWords();
  const open = useOpenForm();
  return (
    <section className="sheet">
      <h2>{title}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="plain process">
          <thead>
            <tr>
              <th>{t('process.step')}</th>
              <th>{t('process.state')}</th>
              <th>{t('process.by')}</th>
              <th className="right">
                <span className="unseen">{t('work.go')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, i) => (
              <tr key={i} className={step.state} data-step={step.form}>
                <td className="nowrap">
                  <span className="mark" aria-hidden>
                    {marks[step.state]}
                  </span>{' '}
                  {t(step.title)}
                </td>
                <td>
                  {step.state !== 'any' && (
                    <span className={`tag ${step.state === 'done' ? 'good' : step.state === 'open' ? 'brand' : ''}`}>
                      {t(`process.${step.state}`)}
                    </span>
                  )}{' '}
                  <span className="quiet">{step.detail ?? (step.state === 'any' ? '–' : '')}</span>
                </td>
                <td className="nowrap">
                  {step.entry && (
                    <>
                      <Who actor={step.entry.actor} />{' '}
                      <span className="quiet num small">{minuteOf(step.entry.effective_at)}</span>{' '}
                      <EntryLink seq={step.entry.seq} />
                    </>
                  )}
                </td>
                <td className="right nowrap">
                  {step.state !== 'later' && <StepAction step={step} kase={kase} audit={audit} onOpen={open} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
