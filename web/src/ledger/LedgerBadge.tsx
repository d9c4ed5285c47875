import {
  CheckCircleFilled,
  CloseCircleFilled,
  DisconnectOutlined,
  LoadingOutlined,
  SafetyOutlined,
} from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useWords, type Words } from '../words/useWords';
import { useVerification, type Verification } from './verification';

const BadgePanel = lazy(() => import('./BadgePanel').then((m) => ({ default: m.BadgePanel })));

/** ✔ 已核验至 #8120 · 核验中 · ✖ 断链于 #4711. What the log withholds is an alarm; no connection is not. */
export function LedgerBadge() {
  const words = useWords();
  const { verification, watch } = useVerification();
  const alarm = watch.alarming !== null;
  const away = !alarm && watch.offline !== null;
  const [open, setOpen] = useState(false);
  const tone = alarm
    ? 'bad'
    : verification.state === 'verified'
      ? 'good'
      : verification.state === 'broken' || verification.state === 'withheld'
        ? 'bad'
        : '';
  return (
    <>
      <button
        className={`chip ${tone}`}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        data-badge={alarm ? 'alarm' : away ? 'offline' : verification.state}
      >
        {away ? <DisconnectOutlined aria-hidden /> : <Icon state={alarm ? 'broken' : verification.state} />}
        <span className="num" role="status">
          {alarm ? words.t('alarm.badge') : away ? words.t('badge.offline') : badgeText(verification, words)}
        </span>
      </button>
      {open && (
        <Suspense>
          <BadgePanel onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Icon({ state }: { state: Verification['state'] }) {
  if (state === 'verified') return <CheckCircleFilled aria-hidden />;
  if (state === 'broken' || state === 'withheld') return <CloseCircleFilled aria-hidden />;
  if (state === 'running') return <LoadingOutlined aria-hidden />;
  return <SafetyOutlined aria-hidden />;
}

export function badgeText(verification: Verification, { t }: Words): string {
  switch (verification.state) {
    case 'verified':
      return t('badge.verified', { seq: verification.verified.seq });
    case 'broken':
      return t('badge.broken', { seq: verification.seq || '?' });
    case 'withheld':
      return t('badge.withheld');
    case 'running':
      return t('badge.running', { done: verification.progress?.done ?? 0, total: verification.progress?.total ?? '…' });
    default:
      return t('badge.unknown');
  }
}
