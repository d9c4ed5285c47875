// What an auditor has drafted and not posted, clause by clause. Numbers are kept as they are typed: the
// server does all arithmetic.

import type { Evidence } from '../api/types';

export type Ruling = 'conforming' | 'nonconforming' | 'deleted';

export interface DraftRow {
  ruling?: Ruling;
  rating?: string;
  method?: string;
  population?: string;
  size?: string;
  bad?: string;
  severity?: 'minor' | 'major';
  /** What was found; of a deletion, why the clause does not apply. */
  statement?: string;
  /** What is stored already and shows it. */
  evidence?: Evidence[];
}

export type Field = Exclude<keyof DraftRow, 'evidence'>;
export type Drafts = Readonly<Record<string, DraftRow>>;

export interface DraftState {
  rows: Drafts;
  /** The states before, for undo; the newest last. */
  before: readonly Drafts[];
}

export type Action =
  | { kind: 'rule'; clause: string; ruling: Ruling }
  | { kind: 'set'; clause: string; field: Field; value: string }
  | { kind: 'attach'; clause: string; evidence: Evidence[] }
  | { kind: 'clear'; clauses: string[] }
  | { kind: 'replace'; rows: Drafts }
  | { kind: 'undo' };

export const nothing: DraftState = { rows: {}, before: [] };

const deepest = 100;

export function reduce(state: DraftState, action: Action): DraftState {
  if (action.kind === 'undo') {
    const rows = state.before[state.before.length - 1];
    return rows ? { rows, before: state.before.slice(0, -1) } : state;
  }
  const rows = next(state.rows, action);
  if (rows === state.rows) return state;
  return { rows, before: [...state.before, state.rows].slice(-deepest) };
}

function next(rows: Drafts, action: Exclude<Action, { kind: 'undo' }>): Drafts {
  switch (action.kind) {
    case 'rule':
      return { ...rows, [action.clause]: ruled(rows[action.clause] ?? {}, action.ruling) };
    case 'set':
      return withRow(rows, action.clause, set(rows[action.clause] ?? {}, action.field, action.value));
    case 'attach':
      return withRow(rows, action.clause, {
        ...rows[action.clause],
        evidence: action.evidence.length > 0 ? action.evidence : undefined,
      });
    case 'clear':
      return Object.fromEntries(Object.entries(rows).filter(([clause]) => !action.clauses.includes(clause)));
    case 'replace':
      return action.rows;
  }
}

/** A ruling keeps what still fits it: who conforms has no sample with faults, who is deleted no sample. */
function ruled(row: DraftRow, ruling: Ruling): DraftRow {
  const { method, statement, population, size, bad, severity, rating, evidence } = row;
  if (ruling === 'nonconforming') return { ...row, ruling, severity: severity ?? 'minor' };
  if (ruling === 'deleted') return { ruling, statement };
  return { ruling, rating, method, statement, population, size, bad: bad ? '0' : undefined, evidence };
}

/** A typed value may rule by itself: a fault in a sample does not conform, a rating below full marks neither
 * conforms nor not, which the scheme's bands say. */
function set(row: DraftRow, field: Field, value: string): DraftRow {
  const text = value.trim();
  const changed: DraftRow = { ...row, [field]: text === '' ? undefined : text };
  if (field === 'bad' && text !== '') {
    return {
      ...changed,
      ruling: /^0+$/.test(text) ? 'conforming' : 'nonconforming',
      severity: row.severity ?? 'minor',
    };
  }
  if (field === 'rating' && text !== '') return { ...changed, ruling: row.ruling ?? 'conforming' };
  return changed;
}

function withRow(rows: Drafts, clause: string, row: DraftRow): Drafts {
  const kept = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as DraftRow;
  const { [clause]: _, ...others } = rows;
  return Object.keys(kept).length === 0 ? others : { ...others, [clause]: kept };
}

export type Need = 'ruling' | 'statement' | 'reason' | 'sample' | 'size' | 'bad' | 'rating';

const whole = /^(0|[1-9]\d{0,8})$/;
const rating = /^(100(\.0{1,6})?|[1-9]?\d(\.\d{1,6})?)$/;

/** What keeps a row from being posted. */
export function needsOf(row: DraftRow, rated: boolean): Need[] {
  const needs: Need[] = [];
  if (!row.ruling) return ['ruling'];
  if (row.ruling === 'deleted') return row.statement ? [] : ['reason'];
  if (rated && !(row.rating && rating.test(row.rating))) needs.push('rating');
  if (row.bad && !row.size) needs.push('size');
  if (row.size && !row.bad && row.ruling === 'nonconforming') needs.push('bad');
  if (!sampleFits(row)) needs.push('sample');
  if (row.ruling === 'nonconforming' && !row.statement) needs.push('statement');
  return needs;
}

function sampleFits({ population, size, bad, ruling }: DraftRow): boolean {
  for (const text of [population, size, bad]) if (text && !whole.test(text)) return false;
  if (population && !size) return false;
  if (size && Number(size) === 0) return false;
  if (bad && size && Number(bad) > Number(size)) return false;
  if (population && size && Number(size) > Number(population)) return false;
  // Faults are counted in order to deduct in proportion; a nonconformity on a sample has at least one.
  return !(ruling === 'nonconforming' && bad && Number(bad) === 0);
}

/** Needs that do not change the score: it can be computed before they are met. */
export function scorable(row: DraftRow, rated: boolean): boolean {
  return needsOf(row, rated).every((need) => need === 'statement' || need === 'reason');
}
