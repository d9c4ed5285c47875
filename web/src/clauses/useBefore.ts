import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api/client';
import type { Audit, AuditsCompared, ComparedClause } from '../api/types';
import { useAsOf } from '../shell/asof';

/** How each clause stood in the audit before; undefined where this is the first. */
export function useBefore(id: string, audit: Audit): ReadonlyMap<string, ComparedClause> | undefined {
  const { query } = useAsOf();
  const { data } = useQuery({
    queryKey: ['case', id, 'comparison', audit.audit, query],
    enabled: audit.audit > 1,
    queryFn: async ({ signal }) =>
      (await get<AuditsCompared>(`/v1/cases/${id}/audits/${audit.audit}/comparison`, query, signal)).data,
  });
  return useMemo(() => {
    if (audit.audit < 2) return undefined;
    return new Map(data?.clauses.flatMap((c) => (c.before ? [[c.clause, c.before] as const] : [])));
  }, [audit.audit, data]);
}
