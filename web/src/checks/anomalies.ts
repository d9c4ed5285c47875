// What an assessor looks for among entries: late ones, ones after the decision, cloned texts and reused
// evidence. Facts with their entries; the judgement is the assessor's.
import type { Check, LedgerItem } from '../api/types';
import { shortType } from '../words/say';

export type AnomalyKind = 'late' | 'after_decision' | 'copied';

export interface Anomaly {
  kind: AnomalyKind;
  cases: string[];
  seqs: number[];
  /** Hours of a late entry, the type of one after the decision, what the check says of a copy. */
  detail: string;
  reason?: string;
}

/** Entries that were recorded so many hours after they happened (TIME-02), with the reason that was given. */
export function lateEntries(items: LedgerItem[], hours: number): Anomaly[] {
  return items.flatMap(({ seq, event }) => {
    const lag = (Date.parse(event.time) - Date.parse(event.effectivetime)) / 3_600_000;
    if (!(lag > hours)) return [];
    const detail = String(Math.floor(lag));
    return [{ kind: 'late' as const, cases: [event.subject], seqs: [seq], detail, reason: event.reason }];
  });
}

/** Entries about an audit after the decision that rests on it (TIME-03). */
export function afterDecision(items: LedgerItem[]): Anomaly[] {
  const decided = new Map<string, number>();
  const found: Anomaly[] = [];
  for (const { seq, event } of items) {
    const at = `${event.subject} ${String(event.data['audit'])}`;
    const decision = decided.get(at);
    const type = shortType(event.type);
    if (type === 'decision.made') decided.set(at, seq);
    else if (decision !== undefined && event.data['audit'] !== undefined) {
      found.push({
        kind: 'after_decision',
        cases: [event.subject],
        seqs: [decision, seq],
        detail: event.type,
        reason: event.reason,
      });
    }
  }
  return found;
}

/** Statements and evidence that stand under another organization, too: what the check over the ledger found. */
export function copied(checks: Check[]): Anomaly[] {
  return checks.flatMap(({ code, outcome, case: id, events, detail }) =>
    code === 'COPY-01' && (outcome === 'warn' || outcome === 'fail')
      ? [{ kind: 'copied' as const, cases: [id], seqs: events, detail }]
      : [],
  );
}
