import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords';
import { ErrorView } from './RefusalView';

/** Lines that stand where the content will: inside a sheet the lines alone, for a page its sheets as well. */
export function Waiting({ sheets = 0 }: { sheets?: number }) {
  const { t } = useWords();
  const lines = (
    <>
      <i />
      <i />
      <i />
    </>
  );
  return (
    <div className={sheets > 0 ? 'waiting sheets' : 'waiting'} role="status" aria-label={t('common.loading')}>
      {sheets === 0
        ? lines
        : Array.from({ length: sheets }, (_, at) => (
            <div className="sheet" key={at}>
              {lines}
            </div>
          ))}
    </div>
  );
}

/** Nothing is there: what that means, and below it what can be done about it. */
export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 64 48" aria-hidden focusable="false">
        <path d="M14 6h36a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V10a4 4 0 0 1 4-4Z" />
        <path d="M20 17h24M20 24h24M20 31h12" />
      </svg>
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {children && <div className="empty-ways">{children}</div>}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** How many sheets stand in for a whole page; none inside a sheet. */
  sheets?: number;
  children: (data: T) => ReactNode;
}

/** What a query has come to. Data that was there stays while newer data is on its way. */
export function Loaded<T>({ query, sheets, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorView error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting sheets={sheets} />;
}
