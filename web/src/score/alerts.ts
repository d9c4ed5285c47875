// What a quality clerk wants to be told about in the history of a score. Facts, each with its entry.
import type { LedgerItem, TimelineItem } from '../api/types';
import { afterDecision, lateEntries } from '../checks/anomalies';
import { compare, fractionOf, subtract, zero } from './fraction';

export type AlertKind = 'late' | 'after_decision' | 'grade' | 'drop';

export interface Alert {
  kind: AlertKind;
  seq: number;
  type: string;
  clause: string;
  /** Hours of a late entry, the points that were lost; '' for the others. */
  detail: string;
  /** The decision that came before, where one did. */
  decision?: number;
  /** The grades before and after. */
  grades?: [before: string | null, after: string | null];
  reason?: string;
}

export interface Limits {
  /** An entry is late when it was recorded more hours after it happened. */
  hours: number;
  /** A drop is told when one entry costs more points. */
  drop: string;
}

/** What can be chosen. */
export interface Choices {
  hours: string[];
  drop: string[];
}

/** The first is what holds unless the address says otherwise: of the hours, what the body itself calls late. */
export function choicesOf(late: string): Choices {
  const others = ['24', '48', '72', '168'].filter((hours) => hours !== late);
  return { hours: [late, ...others], drop: ['1', '0.5', '2', '5'] };
}

/** A limit that the address gives, if it is one that can be chosen. */
export function chosen(list: string[], given: string): string {
  return list.includes(given) ? given : (list[0] ?? '');
}

/** The alerts of one audit, in the order of the ledger. */
export function alertsOf(audit: number, items: LedgerItem[], timeline: TimelineItem[], limits: Limits): Alert[] {
  const about = items.filter(({ event }) => event.data['audit'] === undefined || event.data['audit'] === audit);
  const bySeq = new Map(about.map((item) => [item.seq, item]));
  const alert = (kind: AlertKind, seq: number, more: Partial<Alert>): Alert => {
    const event = bySeq.get(seq)?.event;
    const clause = event?.data['clause'];
    return {
      kind,
      seq,
      type: event?.type ?? '',
      clause: typeof clause === 'string' ? clause : '',
      detail: '',
      reason: event?.reason ?? event?.note,
      ...more,
    };
  };
  const late = lateEntries(about, limits.hours).map(({ seqs, detail }) => alert('late', seqs[0] ?? 0, { detail }));
  const after = afterDecision(about).map(({ seqs: [decision, seq = 0] }) => alert('after_decision', seq, { decision }));
  return [...late, ...after, ...moves(timeline, limits.drop, alert)].sort((a, b) => a.seq - b.seq);
}

function moves(
  timeline: TimelineItem[],
  drop: string,
  alert: (kind: AlertKind, seq: number, more: Partial<Alert>) => Alert,
): Alert[] {
  const most = subtract(zero, fractionOf(drop));
  return timeline.flatMap((item, i) => {
    const before = timeline[i - 1];
    if (!before) return []; // the planning sets the score; it moves nothing
    const { type, clause = '' } = item;
    const found: Alert[] = [];
    if (before.grade !== item.grade)
      found.push(alert('grade', item.seq, { type, clause, grades: [before.grade, item.grade] }));
    if (compare(fractionOf(item.delta.fraction), most) < 0)
      found.push(alert('drop', item.seq, { type, clause, detail: item.delta.value.replace('-', '') }));
    return found;
  });
}
