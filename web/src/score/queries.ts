import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '../api/client';
import type { Comparison, Score, TimelineItem } from '../api/types';
import { useAsOf } from '../shell/asof';

function scorePath(id: string, audit: number): string {
  return `/v1/cases/${id}/audits/${audit}/score`;
}

/** The score as it is shown now, or at the instant of the page, with every clause and step. */
export function useScore(id: string, audit: number, point?: string) {
  const { query } = useAsOf();
  const asked = point ? { as_of: point } : query;
  return useQuery(scoreQuery(id, audit, asked));
}

function scoreQuery(id: string, audit: number, asked: { as_of?: string }) {
  const fixed = asked.as_of?.startsWith('seq:') ?? false;
  return {
    // What a sequence shows never changes, so news about the case do not make it stale.
    queryKey: fixed ? ['fixed', id, 'score', audit, asked] : ['case', id, 'score', audit, asked],
    enabled: audit > 0,
    staleTime: fixed ? Infinity : 5_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await get<Score>(scorePath(id, audit), { ...asked, detail: 'clauses,steps' }, signal)).data,
  };
}

/** The scores of several cases, each at an entry of its own; 0 is before there was one. */
export function useScoreAt(points: { id: string; audit: number; seq: number }[]): (Score | undefined)[] {
  return useQueries({
    queries: points.map(({ id, audit, seq }) => {
      const query = scoreQuery(id, audit, { as_of: `seq:${seq}` });
      return { ...query, enabled: audit > 0 && seq > 0 };
    }),
  }).map((query, i) => ((points[i]?.seq ?? 0) > 0 ? query.data : undefined));
}

/** Reads the scores that the slider will come to next, so that a step shows at once. */
export function useScoresAhead(id: string, audit: number, seqs: number[]) {
  const queries = useQueryClient();
  const wanted = seqs.join(',');
  useEffect(() => {
    if (audit === 0) return;
    for (const seq of wanted.split(',').filter(Boolean)) {
      void queries.prefetchQuery(scoreQuery(id, audit, { as_of: `seq:${seq}` }));
    }
  }, [queries, id, audit, wanted]);
}

export function useTimeline(id: string, audit: number, axis: 'recorded' | 'effective') {
  const { query } = useAsOf();
  // A sequence is no point of the effective axis.
  const asked = axis === 'effective' && query.as_of?.startsWith('seq:') ? {} : query;
  return useQuery({
    queryKey: ['case', id, 'timeline', audit, axis, asked],
    enabled: audit > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await get<{ items: TimelineItem[] }>(`${scorePath(id, audit)}/timeline`, { ...asked, axis }, signal)).data.items,
  });
}

export function useComparison(id: string, audit: number, a: number | null, b: number | null) {
  return useQuery({
    queryKey: ['fixed', id, 'compare', audit, a, b],
    enabled: a !== null && b !== null && a !== b,
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await get<Comparison>(`${scorePath(id, audit)}/compare`, { a: `seq:${a}`, b: `seq:${b}` }, signal)).data,
  });
}
