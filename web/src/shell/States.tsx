import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords';
import { ErrorView } from './RefusalView';

export function Waiting() {
  const { t } = useWords();
  return (
    <div className="waiting" role="status" aria-label={t('common.loading')}>
      <i />
      <i />
      <i />
    </div>
  );
}

export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {hint}
      {children}
    </div>
  );
}

/** What a query has come to. Data that was there stays while newer data is on its way. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorView error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting />;
}
