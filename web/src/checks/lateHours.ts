import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Page } from '../api/types';
import { useAsOf } from '../shell/asof';

const name = 'late_entry_hours';

/**
 * The hours after which the certification body calls an entry late: its parameter, which TIME-02 goes by, as it
 * was set at the instant shown.
 */
export function useLateHours() {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'parameters', name, query],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<string> => {
      const { data } = await get<Page<{ parameter: string; value: string }>>('/v1/parameters', query, signal);
      const found = data.items.find((each) => each.parameter === name);
      if (!found) throw new Error(`the server knows no parameter ${name}`);
      return found.value;
    },
  });
}
