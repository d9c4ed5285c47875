import { lazy, Suspense } from 'react';
import { useVerification } from './verification';

const Alarm = lazy(() => import('./Alarm').then((m) => ({ default: m.Alarm })));

/** Says across every page that the log is not the one that this browser knows; almost never, so what it is
 * made of is not loaded before. */
export function AlarmNote() {
  const { watch } = useVerification();
  if (!watch.alarming) return null;
  return (
    <Suspense>
      <Alarm watch={watch} found={watch.alarming} />
    </Suspense>
  );
}
