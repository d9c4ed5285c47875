import type { Entry } from '../api/types';

export interface Grant {
  grant: string;
  actor: string;
  cases: 'all' | string[];
  from: string;
  until: string;
  entry: Entry;
  revoked?: Entry;
}

/** Whether a grant is in force on a day; its last day counts. */
export function standingOf(grant: Grant, day: string): 'standing' | 'revoked' | 'over' | 'coming' {
  if (grant.revoked) return 'revoked';
  if (day > grant.until) return 'over';
  return day < grant.from ? 'coming' : 'standing';
}
