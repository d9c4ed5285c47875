import { useQuery } from '@tanstack/react-query';
import type { Review } from '../api/types';
import { fetchStored } from '../evidence/store';
import { linesOf } from '../sampling/list';

/** The cases of every list that its last draw has chosen; a redraw takes the place of the draw before. */
export function usePicked(id: string, review: Review) {
  const draws = review.populations.flatMap((population) => {
    const draw = population.draws.at(-1);
    return draw ? [{ digest: population.digest, items: draw.items }] : [];
  });
  return useQuery({
    queryKey: ['picked', id, draws],
    staleTime: Infinity,
    queryFn: async () => {
      const lists = await Promise.all(
        draws.map(async ({ digest, items }) => {
          const lines = linesOf(await fetchStored(digest, id));
          return items.map((item) => lines[item - 1] ?? '');
        }),
      );
      return [...new Set(lists.flat())];
    },
  });
}
