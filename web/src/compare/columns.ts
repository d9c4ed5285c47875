import { mostCases } from './merged';

/** A column of the comparison: a case, and one of its audits; without a number the latest that has a score. */
export interface CaseColumn {
  id: string;
  audit?: number;
}

/** The columns that the address names: case=ID, or case=ID.2 for the second audit of the case. */
export function columnsIn(search: URLSearchParams): CaseColumn[] {
  return [...new Set(search.getAll('case'))].slice(0, mostCases).map((text) => {
    const [id = '', number = ''] = text.split('.');
    return /^[1-9]\d*$/.test(number) ? { id, audit: Number(number) } : { id };
  });
}

/** The address with other columns; everything else in it stays. */
export function withColumns(search: URLSearchParams, columns: CaseColumn[]): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('case');
  for (const { id, audit } of columns) next.append('case', audit ? `${id}.${audit}` : id);
  return next;
}
