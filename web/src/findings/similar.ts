import type { LedgerItem } from '../api/types';

export interface Similar {
  item: LedgerItem;
  clause: string;
  statement: string;
  /** 0 to 100: how much of the shorter text stands in the other, counted in pairs of characters. */
  alike: number;
}

const most = 6;

/** Findings that were raised before and are like this one: those of the clause, the most alike first. Words
 * are not cut in Chinese, so texts are compared by their pairs of characters. */
export function similarTo(clause: string, statement: string, earlier: LedgerItem[]): Similar[] {
  const mine = pairsOf(statement);
  return earlier
    .map((item) => {
      const { clause: at, statement: text } = item.event.data as { clause?: string; statement?: string };
      return { item, clause: at ?? '', statement: text ?? '', alike: shared(mine, pairsOf(text ?? '')) };
    })
    .filter((each) => each.clause === clause || each.alike >= 50)
    .sort(
      (a, b) =>
        Number(b.clause === clause) - Number(a.clause === clause) || b.alike - a.alike || b.item.seq - a.item.seq,
    )
    .slice(0, most);
}

function pairsOf(text: string): Set<string> {
  const letters = [...text.replace(/[\s\p{P}]/gu, '')];
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`));
}

function shared(a: Set<string>, b: Set<string>): number {
  const least = Math.min(a.size, b.size);
  if (least === 0) return 0;
  return Math.round((100 * [...a].filter((pair) => b.has(pair)).length) / least);
}
