import type { LedgerItem } from '../api/types';
import type { DraftRow, Drafts } from './draft';

export interface Meeting {
  clause: string;
  /** What was drafted; undefined where the missed entries touch none of the drafts. */
  mine: DraftRow | undefined;
  /** What the ledger got meanwhile, in its order. */
  theirs: LedgerItem[];
}

/** Puts the entries that were missed beside the drafts that they touch: those first. */
export function meetingsOf(drafts: Drafts, missed: LedgerItem[]): Meeting[] {
  const byClause = new Map<string, LedgerItem[]>();
  for (const item of missed) {
    const clause = clauseOf(item);
    byClause.set(clause, [...(byClause.get(clause) ?? []), item]);
  }
  return [...byClause]
    .map(([clause, theirs]) => ({ clause, mine: drafts[clause], theirs }))
    .sort((a, b) => Number(b.mine !== undefined) - Number(a.mine !== undefined) || a.clause.localeCompare(b.clause));
}

export function clauseOf(item: LedgerItem): string {
  const clause = item.event.data['clause'];
  return typeof clause === 'string' ? clause : '';
}

/** The drafts after each meeting was settled. */
export function settled(drafts: Drafts, meetings: Meeting[], keep: ReadonlySet<string>): Drafts {
  const dropped = new Set(meetings.filter((m) => m.mine && !keep.has(m.clause)).map((m) => m.clause));
  return Object.fromEntries(Object.entries(drafts).filter(([clause]) => !dropped.has(clause)));
}
