import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Page } from '../api/types';

const name = 'late_entry_hours';

/** The hours after which the certification body calls an entry late: its parameter, which TIME-02 goes by. */
export function useLateHours() {
  return useQuery({
    queryKey: ['lists', 'parameters', name],
    queryFn: async ({ signal }): Promise<string> => {
      const { data } = await get<Page<{ parameter: string; value: string }>>('/v1/parameters', {}, signal);
      const found = data.items.find((each) => each.parameter === name);
      if (!found) throw new Error(`the server knows no parameter ${name}`);
      return found.value;
    },
  });
}
