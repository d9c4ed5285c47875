import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Step } from './steps';

/** Opens a form over the page it stands on; which one is in the address. */
export function useOpenForm(): (step: Pick<Step, 'form' | 'subject'>) => void {
  const [, setSearch] = useSearchParams();
  return useCallback(
    (step) =>
      setSearch((now) => {
        const next = new URLSearchParams(now);
        next.set('form', step.form);
        if (step.subject) next.set('about', step.subject);
        else next.delete('about');
        return next;
      }),
    [setSearch],
  );
}
