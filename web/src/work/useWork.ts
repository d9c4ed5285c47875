import { useQueries, useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { FindingRow } from '../api/findings';
import type { FullAudit, FullCase } from '../api/process';
import type { CaseRow, Page } from '../api/types';
import { barredBy, mayTry } from '../forms/form';
import { nextSteps, type Step } from '../process/steps';
import { useAsOf } from '../shell/asof';
import { useSession } from '../shell/session';
import { useWords } from '../words/useWords';

/** A step of a case that waits for somebody. */
export interface Waiting {
  row: CaseRow;
  step: Step;
  /** The entry that bars the person from it, where one does. */
  barred: { seq: number; code: string } | null;
}

/** The states in which a case waits for a person of the certification body. */
const inProgress: ReadonlySet<string> = new Set([
  'applied',
  'accepted',
  'returned',
  'refused',
  'planned',
  'documents_reviewed',
  'on_site',
  'corrections',
  'reported',
  'reviewed',
  'decided',
]);

/** How many cases are looked into, the latest first. */
export const mostCases = 60;

/** What the person has to do next, in the cases in progress: the team, and who was in it, stand in the
 * audits, so each is read; what was read once is taken from memory until the case moves on. */
export function useWork() {
  const session = useSession();
  const words = useWords();
  const { query } = useAsOf();
  const list = useQuery({
    queryKey: ['lists', 'cases', 'work', query],
    queryFn: async ({ signal }) =>
      (await get<Page<CaseRow>>('/v1/cases', { ...query, limit: 1000 }, signal)).data.items,
    staleTime: 10_000,
  });
  const open = (list.data ?? []).filter((row) => inProgress.has(row.state));
  const rows = open.slice(0, mostCases);
  const looked = useQueries({ queries: rows.map((row) => lookInto(row, query)) });
  const mine: Waiting[] = [];
  const barred: Waiting[] = [];
  rows.forEach((row, i) => {
    const found = looked[i]?.data;
    if (!found) return;
    for (const step of nextSteps(found.kase, found.audit, words)) {
      if (!mayTry(step.duty, session, found.kase, found.audit)) continue;
      const by = barredBy(step.duty, session, found.audit);
      (by ? barred : mine).push({ row, step, barred: by });
    }
  });
  const teams = new Map<string, readonly string[]>();
  rows.forEach((row, i) => {
    const team = looked[i]?.data?.audit?.team.filter((m) => m.role === 'lead' || m.role === 'auditor');
    if (team)
      teams.set(
        row.case,
        team.map((m) => m.actor),
      );
  });
  return {
    mine,
    barred,
    teams,
    some: open.length > rows.length,
    pending: list.isPending || looked.some((each) => each.isPending),
    error: list.error ?? looked.find((each) => each.error)?.error ?? null,
  };
}

function lookInto(row: CaseRow, query: { as_of?: string }) {
  const number = row.audit?.audit ?? 0;
  return {
    queryKey: ['case', row.case, 'work', number, query],
    staleTime: 60_000,
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const [kase, audit] = await Promise.all([
        get<FullCase>(`/v1/cases/${row.case}`, query, signal),
        number > 0 ? get<FullAudit>(`/v1/cases/${row.case}/audits/${number}`, query, signal) : undefined,
      ]);
      return { kase: kase.data, audit: audit?.data };
    },
  };
}

/** The nonconformities at one stage, all cases, the latest thousand. */
export function useStage(stage: string, enabled: boolean) {
  const { query } = useAsOf();
  return useQuery({
    queryKey: ['lists', 'findings', stage, query],
    enabled,
    queryFn: async ({ signal }) =>
      (await get<Page<FindingRow>>('/v1/findings', { ...query, stage, category: 'nonconformity', limit: 1000 }, signal))
        .data.items,
  });
}
