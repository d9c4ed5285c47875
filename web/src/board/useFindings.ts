import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { FindingRow } from '../api/findings';
import type { Page } from '../api/types';
import { useAsOf } from '../shell/asof';

export interface FindingFilters {
  stage: string;
  category: string;
  severity: string;
  clause: string;
}

/** Every finding that the server finds, page after page, as of the instant shown. */
export function useFindings(filters: FindingFilters) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'findings', filters, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => allFindings({ ...filters, ...query }, signal),
  });
}

export async function allFindings(query: Record<string, string>, signal?: AbortSignal): Promise<FindingRow[]> {
  const items: FindingRow[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: Page<FindingRow> = (
      await get<Page<FindingRow>>('/v1/findings', { ...query, after, limit: 1000 }, signal)
    ).data;
    items.push(...page.items);
    after = page.next;
  }
  return items;
}
