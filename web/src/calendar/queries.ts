import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Due } from '../api/findings';
import type { Page } from '../api/types';
import { useAsOf } from '../shell/asof';

/** Every deadline whose last day lies in the range, page after page. */
export function useDeadlines(from: string, to: string) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'calendar', from, to, query],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const items: Due[] = [];
      let after: string | undefined = '';
      while (after !== undefined) {
        const page: Page<Due> = (
          await get<Page<Due>>('/v1/calendar', { ...query, from, to, after, limit: 1000 }, signal)
        ).data;
        items.push(...page.items);
        after = page.next;
      }
      return items;
    },
  });
}

/** The first deadline after a day; null when there is none. */
export function useNextDeadline(day: string) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'calendar', 'next', day, query],
    queryFn: async ({ signal }) => {
      const from = addDays(day, 1);
      const { items } = (await get<Page<Due>>('/v1/calendar', { ...query, from, limit: 1 }, signal)).data;
      return items[0] ?? null;
    },
  });
}

/** Today on the clock of the certification body. */
export function today(): string {
  return new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when it is before. */
export function daysUntil(day: string, from: string): number {
  return Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
