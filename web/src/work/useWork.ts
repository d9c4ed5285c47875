import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { FindingRow, WorkRow } from '../api/findings';
import type { Page } from '../api/types';
import { useAsOf } from '../shell/asof';

/** How many of each list are read. What is beyond is said to be there, and stands in the lists themselves. */
const most = 100;

/** The steps that wait for who is signed in: one request, however many cases the ledger has. */
export function useWork() {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'work', query],
    queryFn: async ({ signal }) => (await get<Page<WorkRow>>('/v1/work', { ...query, limit: most }, signal)).data,
  });
}

/** The nonconformities at one stage, the latest first: of all cases, or of those the person has to do with. */
export function useStage(stage: string, { enabled, mine }: { enabled: boolean; mine: boolean }) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'findings', stage, mine, query],
    enabled,
    queryFn: async ({ signal }) => {
      const asked = { ...query, stage, category: 'nonconformity', member: mine ? 'me' : undefined, limit: most };
      return (await get<Page<FindingRow>>('/v1/findings', asked, signal)).data;
    },
  });
}

/** A part of a list: how many there are, or that there are more. */
export interface Part<T> {
  items: T[];
  more: boolean;
}

/** What was read of several lists, one after the other. */
export function partOf<T>(...pages: (Page<T> | undefined)[]): Part<T> {
  return {
    items: pages.flatMap((page) => page?.items ?? []),
    more: pages.some((page) => page?.next !== undefined),
  };
}
