import { useQueries } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Case, LedgerItem, Scheme, TimelineItem } from '../api/types';
import { allEvents } from '../cases/queries';
import { useAsOf } from '../shell/asof';
import type { CaseColumn } from './columns';

/** A case with what it takes to replay one of its audits: the one that was chosen, or the latest that is scored
 * as a whole. */
export interface Compared {
  kase: Case;
  audit: number;
  /** The entry that planned the audit. */
  planned: number;
  items: LedgerItem[];
  timeline: TimelineItem[];
  scheme: Scheme | undefined;
}

export function useCompared(columns: CaseColumn[]) {
  const { query } = useAsOf();
  return useQueries({
    queries: columns.map((column) => ({
      queryKey: ['case', column.id, 'compared', column.audit ?? 0, query],
      queryFn: ({ signal }: { signal: AbortSignal }) => load(column, query, signal),
    })),
  });
}

async function load(
  { id, audit: chosen }: CaseColumn,
  query: { as_of?: string },
  signal: AbortSignal,
): Promise<Compared> {
  const [{ data: kase }, items] = await Promise.all([
    get<Case>(`/v1/cases/${id}`, query, signal),
    allEvents(id, query, signal),
  ]);
  const latest = kase.audits.findLast((a) => a.score !== undefined) ?? kase.audits.at(-1);
  const audit = kase.audits.find((a) => a.audit === chosen) ?? latest;
  if (!audit) return { kase, audit: 0, planned: 0, items, timeline: [], scheme: undefined };
  const path = `/v1/cases/${id}/audits/${audit.audit}/score/timeline`;
  const { id: scheme, version } = audit.scheme;
  const [timeline, found] = await Promise.all([
    get<{ items: TimelineItem[] }>(path, query, signal),
    get<Scheme>(`/v1/schemes/${scheme}`, { version }, signal),
  ]);
  const planned = audit.entry.seq;
  return { kase, audit: audit.audit, planned, items, timeline: timeline.data.items, scheme: found.data };
}
