// Where in the file something is wrong, in words of the file.
import type { Fault } from '../api/problem';

export interface Place {
  /** The line of a table, from 1 with its header; 0 in JSON. */
  line: number;
  /** The client of a JSON file, from 1; 0 in a table. */
  client: number;
  column: string;
  text: string;
}

/** /lines/3/issued_on is column issued_on of line 3; /clients/0/scope is the scope of the first client. */
export function placeOf(fault: Fault, text: string): Place {
  const [, kind, at = '', ...rest] = fault.pointer.split('/');
  const column = rest.join('.');
  if (kind === 'lines') {
    const line = Number(at);
    return { line, client: 0, column, text: text.replace(/^\uFEFF/, '').split(/\r?\n/)[line - 1] ?? '' };
  }
  if (kind === 'clients') return { line: 0, client: Number(at) + 1, column, text: '' };
  return { line: 0, client: 0, column: fault.pointer, text: '' };
}

/** The columns of a table to import, as the server names them. */
export const columns = [
  'type',
  'organization',
  'uscc',
  'address',
  'scope',
  'field',
  'scheme',
  'source',
  'number',
  'printed',
  'grade',
  'issued_on',
  'valid_from',
  'valid_until',
  'status',
  'on',
  'kind',
  'starts_on',
  'ends_on',
  'score',
];
