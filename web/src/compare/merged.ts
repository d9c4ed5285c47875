// Several cases on one line of time: the entries of all of them in the order of the ledger.
import type { ClauseScore, LedgerItem, Scheme, Score } from '../api/types';
import { add, compare, fractionOf, subtract, zero, type Fraction } from '../score/fraction';

/** No more lines than this can be told apart. */
export const mostCases = 6;

/** Two columns of one case, for two of its audits, share their entries. */
export function merged(lists: LedgerItem[][]): LedgerItem[] {
  const bySeq = new Map(lists.flat().map((item) => [item.seq, item]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The last entry of a case up to an instant of the ledger, not before its audit was planned: there is no
 * score before. 0 when there is none. */
export function pointAt(items: LedgerItem[], seq: number, planned: number): number {
  const last = items.findLast((item) => item.seq <= seq);
  return last && last.seq >= planned ? last.seq : 0;
}

export interface Part {
  earned: Fraction;
  involved: Fraction;
}

/** Earned and involved points of each chapter. */
export function chaptersOf(score: Score, scheme: Scheme): Map<string, Part> {
  const chapterOf = new Map(scheme.clauses.map((c) => [c.id, c.chapter]));
  const parts = new Map<string, Part>();
  for (const clause of score.clauses ?? []) {
    if (clause.deleted) continue;
    const chapter = chapterOf.get(clause.clause) ?? '';
    const part = parts.get(chapter) ?? { earned: zero, involved: zero };
    parts.set(chapter, {
      earned: add(part.earned, fractionOf(clause.earned.fraction)),
      involved: add(part.involved, fractionOf(clause.points)),
    });
  }
  return parts;
}

/** The clauses in which the cases are not alike, or in which one lost points: the others say nothing. */
export function tellingClauses(scores: (Score | undefined)[]): string[] {
  const ids: string[] = [];
  const seen = new Map<string, (ClauseScore | undefined)[]>();
  scores.forEach((score, i) => {
    for (const clause of score?.clauses ?? []) {
      let row = seen.get(clause.clause);
      if (!row) {
        row = scores.map(() => undefined);
        seen.set(clause.clause, row);
        ids.push(clause.clause);
      }
      row[i] = clause;
    }
  });
  return ids.filter((id) => seen.get(id)?.some((clause) => clause && (clause.deleted || lost(clause))));
}

function lost(clause: ClauseScore): boolean {
  return compare(subtract(fractionOf(clause.points), fractionOf(clause.earned.fraction)), zero) > 0;
}
