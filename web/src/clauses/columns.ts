import type { Field } from './draft';
import type { Word } from '../words/glossary';

/** A column that the keyboard can stand in. The first takes the one-key rulings; the others take text. */
export interface GridColumn {
  key: Exclude<Field, 'severity'>;
  word: Word;
  full: Word;
  width: string;
  /** In English, whose words are longer. */
  wide?: string;
  kind: 'ruling' | 'method' | 'number' | 'text';
}

const ruling: GridColumn = {
  key: 'ruling',
  word: 'clauses.ruling',
  full: 'clauses.result',
  width: '90px',
  wide: '118px',
  kind: 'ruling',
};
const method: GridColumn = {
  key: 'method',
  word: 'clauses.method',
  full: 'clauses.method',
  width: '64px',
  wide: '96px',
  kind: 'method',
};
const statement: GridColumn = {
  key: 'statement',
  word: 'clauses.record',
  full: 'clauses.record',
  width: 'minmax(112px, 1.2fr)',
  kind: 'text',
};

export const deductionColumns: GridColumn[] = [
  ruling,
  method,
  { key: 'population', word: 'clauses.population', full: 'clauses.population.full', width: '52px', kind: 'number' },
  { key: 'size', word: 'clauses.size', full: 'clauses.size.full', width: '48px', kind: 'number' },
  { key: 'bad', word: 'clauses.bad', full: 'clauses.bad.full', width: '48px', kind: 'number' },
  statement,
];

export const ratingColumns: GridColumn[] = [
  ruling,
  { key: 'rating', word: 'clauses.rating', full: 'clauses.rating', width: '68px', kind: 'number' },
  method,
  statement,
];

export const methods = ['documents', 'interview', 'observation', 'visit'] as const;
