// Two audits clause by clause, and the sheet of one of them, as lines of a table and of a CSV file.
import type { ComparedClause, Exact, Scheme } from '../api/types';
import type { Words } from '../words/useWords';
import { seqsOf, type ClauseState, type Standing } from './standing';

/** A clause in this audit (a) and in the one it is held against (b); a side is absent where its audit does not
 * cover the clause. */
export interface Pair {
  clause: string;
  a?: ComparedClause;
  b?: ComparedClause;
  same: boolean;
  delta?: Exact;
}

/** Both audits found a nonconformity on the clause. */
export function repeated({ a, b }: Pair): boolean {
  return Boolean(a?.findings.length && b?.findings.length);
}

export function stateOf(side: ComparedClause): ClauseState {
  if (side.deleted) return 'deleted';
  if (side.result === undefined) return 'open';
  return side.result === 'nonconforming' ? 'deducted' : 'conforming';
}

/** The entries that a clause rests on, each once, in the order of the ledger. */
export function entriesOf(standing: Standing): number[] {
  return [...new Set(seqsOf(standing, false).flat())].sort((a, b) => a - b);
}

export function standingLines(standings: Standing[], { t }: Words): { header: string[]; rows: string[][] } {
  const header = [
    t('clauses.clause'),
    t('clauses.indicator'),
    t('clauses.points'),
    t('clauses.result'),
    t('clauses.earned'),
    t('score.fraction'),
    t('sheet.findings'),
    t('sheet.entries'),
  ];
  const rows = standings.map((s) => [
    s.clause.id,
    s.clause.text,
    s.clause.points ?? '',
    s.included ? t(`clauses.state.${s.state}`) : t('clauses.partial'),
    s.score?.deleted ? '' : (s.score?.earned.value ?? ''),
    s.score?.deleted ? '' : (s.score?.earned.fraction ?? ''),
    s.findings.map((f) => f.finding).join(' '),
    entriesOf(s)
      .map((seq) => `#${seq}`)
      .join(' '),
  ]);
  return { header, rows };
}

export function pairLines(
  pairs: Pair[],
  scheme: Scheme,
  names: [string, string],
  { t }: Words,
): { header: string[]; rows: string[][] } {
  const text = new Map(scheme.clauses.map((c) => [c.id, c.text]));
  const side = (name: string) =>
    (['clauses.result', 'clauses.earned', 'sheet.findings'] as const).map((word) => `${name} ${t(word)}`);
  const header = [t('clauses.clause'), t('clauses.indicator'), ...names.flatMap(side), t('sheet.delta')];
  const cells = (found: ComparedClause | undefined) =>
    found
      ? [t(`clauses.state.${stateOf(found)}`), found.deleted ? '' : found.earned.value, found.findings.join(' ')]
      : [t('sheet.absent'), '', ''];
  const rows = pairs.map((pair) => [
    pair.clause,
    text.get(pair.clause) ?? '',
    ...cells(pair.a),
    ...cells(pair.b),
    pair.delta?.value ?? '',
  ]);
  return { header, rows };
}
