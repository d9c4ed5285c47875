import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Case, CaseRow, Mark, Page } from '../api/types';
import { useAsOf } from '../shell/asof';
import type { Pair } from './sheet';

/** An audit that this one can be held against. */
export interface Other {
  case: string;
  audit: number;
  /** The kind of its case and of the audit. */
  of: string;
  kind: string;
  score?: Mark;
  grade?: string;
}

/** How an audit is named in the address: 01M8….2 */
export function nameOf(other: { case: string; audit: number }): string {
  return `${other.case}.${other.audit}`;
}

/** The other audits of the case, then the latest of the other cases of the organization: what an enterprise
 * found in itself stands in a case of its own (004 Q5). */
export function useOthers(kase: Case, audit: number): Other[] {
  const { query } = useAsOf();
  const name = kase.organization.name;
  const { data } = useQuery({
    queryKey: ['lists', 'cases', 'of', name, query],
    queryFn: async ({ signal }) =>
      (await get<Page<CaseRow>>('/v1/cases', { ...query, q: name, limit: 100 }, signal)).data.items,
  });
  const own = kase.audits
    .filter((a) => a.audit !== audit)
    .map((a) => ({ case: kase.case, audit: a.audit, of: kase.kind, kind: a.kind, score: a.score }));
  const others = (data ?? []).flatMap((row) =>
    row.audit && row.case !== kase.case && row.organization === name
      ? [{ case: row.case, audit: row.audit.audit, of: row.kind, kind: row.audit.kind, score: row.score }]
      : [],
  );
  return [...own, ...others];
}

/** Two audits clause by clause, both as they stood at the instant of the page. */
export function usePairs(id: string, audit: number, other: Other | undefined) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['case', id, 'sheet', audit, other && nameOf(other), query],
    enabled: other !== undefined,
    queryFn: async ({ signal }): Promise<Pair[]> => {
      const asked = { ...query, other: other?.case, other_audit: other?.audit };
      return (await get<Page<Pair>>(`/v1/cases/${id}/audits/${audit}/sheet`, asked, signal)).data.items;
    },
  });
}
