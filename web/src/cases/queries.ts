import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '../api/client';
import type { FullAudit, FullCase } from '../api/process';
import type { CaseRow, Check, LedgerItem, Page, Scheme } from '../api/types';
import { useAsOf } from '../shell/asof';

export interface CaseFilters {
  q: string;
  state: string;
  grade: string;
  scheme: string;
  /** Who has to do with them; me is who is signed in. */
  member?: string;
}

/** All cases that match: the first thousand at once, the rest follow in the background. */
export function useCases(filters: CaseFilters) {
  const { query } = useAsOf();
  const list = useInfiniteQuery({
    queryKey: ['lists', 'cases', filters, query],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) =>
      (await get<Page<CaseRow>>('/v1/cases', { ...filters, ...query, limit: 1000, after: pageParam }, signal)).data,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  return list;
}

export function useCase(id: string) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['case', id, 'case', query],
    queryFn: async ({ signal }) => (await get<FullCase>(`/v1/cases/${id}`, query, signal)).data,
    placeholderData: (before) => before,
  });
}

export function useAudit(id: string, audit: number, point?: string) {
  const { query } = useAsOf();
  const asked = point ? { as_of: point } : query;
  return useQuery({
    queryKey: ['case', id, 'audit', audit, asked],
    enabled: audit > 0,
    queryFn: async ({ signal }) => {
      const answer = await get<FullAudit>(`/v1/cases/${id}/audits/${audit}`, asked, signal);
      return { ...answer.data, etag: answer.etag ?? `"${answer.data.case_seq}"` };
    },
    placeholderData: (before) => before,
  });
}

export function useChecks(id: string) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['case', id, 'checks', query],
    queryFn: async ({ signal }) => (await get<Page<Check>>(`/v1/cases/${id}/checks`, query, signal)).data.items,
  });
}

/** Every event of a case up to the instant shown, page after page. */
export async function allEvents(id: string, query: { as_of?: string }, signal?: AbortSignal): Promise<LedgerItem[]> {
  const items: LedgerItem[] = [];
  let after: string | undefined = '0';
  while (after !== undefined) {
    const page: Page<LedgerItem> = (
      await get<Page<LedgerItem>>(`/v1/cases/${id}/events`, { ...query, after, limit: 1000 }, signal)
    ).data;
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

export function useCaseEvents(id: string) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['case', id, 'events', query],
    queryFn: ({ signal }) => allEvents(id, query, signal),
    placeholderData: (before) => before,
  });
}

/** A version of a scheme never changes. */
export function useScheme(id: string | undefined, version: string | undefined) {
  return useQuery({
    queryKey: ['scheme', id, version],
    enabled: Boolean(id && version),
    staleTime: Infinity,
    queryFn: async () => (await get<Scheme>(`/v1/schemes/${id}`, { version })).data,
  });
}
