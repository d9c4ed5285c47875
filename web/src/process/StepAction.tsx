import { Button } from 'antd';
import type { FullAudit, FullCase } from '../api/process';
import { barredBy, mayTry } from '../forms/form';
import { useAsOf } from '../shell/asof';
import { To } from '../shell/links';
import { useSession } from '../shell/session';
import { useWords } from '../words/useWords';
import { Barred } from './Barred';
import type { Step } from './steps';

interface Props {
  step: Step;
  kase: FullCase;
  audit: FullAudit | undefined;
  primary?: boolean;
  onOpen: (step: Step) => void;
}

/** What can be done about a step: a button for whose turn it is, and for others who has to do it. */
export function StepAction({ step, kase, audit, primary = false, onOpen }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  if (past || kase.closed) return null;
  const barred = barredBy(step.duty, session, audit);
  const may = mayTry(step.duty, session, kase, audit);
  if (may && barred) return <Barred duty={step.duty} by={barred} />;
  if (!may) return <span className="quiet small">{t('process.whose', { role: t(`duty.${step.duty}`) })}</span>;
  if (step.tab) {
    return (
      <To
        path={`/cases/${kase.case}/${step.tab}?audit=${audit?.audit ?? ''}`}
        className={primary ? 'as-button primary' : 'as-button'}
      >
        {t(step.title)}
      </To>
    );
  }
  const again = step.state === 'done' && !step.form.includes('revoke');
  if (again && once.has(step.form)) return null;
  return (
    <Button
      type={primary ? 'primary' : step.state === 'open' ? 'default' : 'link'}
      size={primary ? 'middle' : 'small'}
      onClick={() => onOpen(step)}
    >
      {t(step.title)}
    </Button>
  );
}

/** What is done once; the rest may be entered again. */
const once: ReadonlySet<string> = new Set([
  'opening',
  'closing',
  'report',
  'announcement',
  'certificate',
  'closure',
  'appeal-outcome',
  'complaint-outcome',
]);
