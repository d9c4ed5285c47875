import type { LedgerItem } from '../api/types';
import { shortType } from '../words/say';

export interface Grant {
  grant: string;
  actor: string;
  /** The cases; undefined for all of them. */
  cases?: string[];
  from: string;
  until: string;
  reason?: string;
  seq: number;
  revoked?: { seq: number; reason?: string };
}

/** The grants as the entries tell them, the newest first. */
export function grantsOf(items: LedgerItem[]): Grant[] {
  const grants = new Map<string, Grant>();
  for (const { seq, event } of [...items].sort((a, b) => a.seq - b.seq)) {
    const d = event.data as { grant: string; actor: string; cases?: string[]; from: string; until: string };
    const stands = grants.get(d.grant);
    if (shortType(event.type) === 'grant.made') {
      const { grant, actor, cases, from, until } = d;
      grants.set(grant, { grant, actor, cases, from, until, reason: event.reason, seq });
    } else if (stands) {
      grants.set(d.grant, { ...stands, revoked: { seq, reason: event.reason } });
    }
  }
  return [...grants.values()].reverse();
}

/** Whether a grant is in force on a day; its last day counts. */
export function standingOf(grant: Grant, day: string): 'standing' | 'revoked' | 'over' | 'coming' {
  if (grant.revoked) return 'revoked';
  if (day > grant.until) return 'over';
  return day < grant.from ? 'coming' : 'standing';
}
