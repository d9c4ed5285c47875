import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { LedgerItem, Page } from '../api/types';

export interface LedgerFilters {
  type: string;
  actor: string;
  from: string;
  to: string;
}

interface Part {
  items: LedgerItem[];
  /** Where the next older part ends; 0 when there is none. */
  below: number;
  next?: string;
}

const part = 300;

/** The ledger backwards from the newest. The feed runs forwards, so a part is asked for by where it
 * begins; a reader of a part of the ledger may find fewer entries in it, or none, and goes on. */
export function useLedger(from: number) {
  return useInfiniteQuery({
    queryKey: ['ledger', 'backwards', from],
    initialPageParam: from,
    staleTime: Infinity,
    queryFn: async ({ pageParam, signal }): Promise<Part> => {
      const after = Math.max(0, pageParam - part);
      const page = await get<Page<LedgerItem>>('/v1/events', { after, limit: part }, signal);
      const items = page.data.items.filter((item) => item.seq <= pageParam).reverse();
      return { items, below: after };
    },
    getNextPageParam: (last) => (last.below > 0 ? last.below : undefined),
  });
}

/** What matches filters, in the order of the ledger. */
export function useFiltered(filters: LedgerFilters, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['lists', 'ledger', filters],
    enabled,
    initialPageParam: '0',
    queryFn: async ({ pageParam, signal }): Promise<Part> => {
      const page = await get<Page<LedgerItem>>('/v1/events', { ...filters, after: pageParam, limit: part }, signal);
      return { items: page.data.items, below: 0, next: page.data.next };
    },
    getNextPageParam: (last) => last.next,
  });
}
