// What is counted over the findings of many cases.
import type { FindingRow } from '../api/findings';
import { daysBetween } from '../words/time';

export const stages = ['raised', 'correcting', 'rejected', 'closed', 'withdrawn'] as const;

export function isOpen(f: FindingRow): boolean {
  return f.stage !== 'closed' && f.stage !== 'withdrawn';
}

/** Days from when it was raised until it was closed, or until now. */
export function ageOf(f: FindingRow, now: number): number {
  return daysBetween(f.raised.effective_at, isOpen(f) ? now : new Date(f.last.effective_at).getTime());
}

export interface Summary {
  open: number;
  late: number;
  repeats: number;
  /** Days that the oldest open one has waited; undefined when none is open. */
  oldest?: number;
  /** The middle one of the times to close. */
  median?: number;
}

/** When an open finding has waited long. */
const lateAfter = 30;

export function summaryOf(list: FindingRow[], now: number): Summary {
  const open = list.filter(isOpen);
  const ages = open.map((f) => ageOf(f, now));
  const closed = list
    .filter((f) => f.stage === 'closed')
    .map((f) => ageOf(f, now))
    .sort((a, b) => a - b);
  return {
    open: open.length,
    late: ages.filter((age) => age > lateAfter).length,
    repeats: list.filter((f) => f.repeated).length,
    oldest: ages.length > 0 ? Math.max(...ages) : undefined,
    median: closed[Math.floor((closed.length - 1) / 2)],
  };
}

export interface ParetoRow {
  clause: string;
  count: number;
  open: number;
  /** Of this and all commoner clauses together, in whole per cent. */
  cumulative: number;
}

/** The clauses by how often something was found, the commonest first. What was withdrawn does not count. */
export function paretoOf(list: FindingRow[]): ParetoRow[] {
  const rows = new Map<string, { count: number; open: number }>();
  for (const f of list) {
    if (f.stage === 'withdrawn') continue;
    const row = rows.get(f.clause) ?? { count: 0, open: 0 };
    rows.set(f.clause, { count: row.count + 1, open: row.open + Number(isOpen(f)) });
  }
  const total = [...rows.values()].reduce((sum, row) => sum + row.count, 0);
  let before = 0;
  return [...rows]
    .sort(([a, x], [b, y]) => y.count - x.count || a.localeCompare(b, 'en', { numeric: true }))
    .map(([clause, row]) => {
      before += row.count;
      return { clause, ...row, cumulative: Math.round((before / total) * 100) };
    });
}
