// What an assessor looks for among entries: late ones, ones after the decision, texts and evidence that
// stand under two organizations. Facts with their entries; the judgement is the assessor's.
import type { LedgerItem } from '../api/types';
import { shortType } from '../words/say';

export type AnomalyKind = 'late' | 'after_decision' | 'cloned_text' | 'reused_evidence';

export interface Anomaly {
  kind: AnomalyKind;
  cases: string[];
  seqs: number[];
  /** Hours of a late entry, the text that was cloned, the name of the file. */
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

/** Shorter texts are alike by chance. */
const leastText = 12;

/** Texts and evidence under two organizations (COPY-01). */
export function copies(items: LedgerItem[], organizationOf: (id: string) => string | undefined): Anomaly[] {
  const texts = new Map<string, LedgerItem[]>();
  const files = new Map<string, LedgerItem[]>();
  const names = new Map<string, string>();
  for (const item of items) {
    const { statement, evidence } = item.event.data as {
      statement?: string;
      evidence?: { sha256: string; name: string }[];
    };
    const text = (statement ?? '').replace(/[\s\p{P}]/gu, '');
    if (text.length >= leastText) push(texts, text, item);
    for (const file of evidence ?? []) {
      push(files, file.sha256, item);
      names.set(file.sha256, file.name);
    }
  }
  const among = (
    kind: AnomalyKind,
    found: Map<string, LedgerItem[]>,
    tell: (key: string, first: LedgerItem) => string,
  ) =>
    [...found].flatMap(([key, list]) => {
      const organizations = new Set(list.map((item) => organizationOf(item.event.subject) ?? item.event.subject));
      const [first] = list;
      if (organizations.size < 2 || !first) return [];
      const cases = [...new Set(list.map((item) => item.event.subject))];
      return [{ kind, cases, seqs: list.map((item) => item.seq), detail: tell(key, first) }];
    });
  return [
    ...among('cloned_text', texts, (_, first) => String(first.event.data['statement'])),
    ...among('reused_evidence', files, (key) => `${names.get(key) ?? ''} ${key}`),
  ];
}

function push(map: Map<string, LedgerItem[]>, key: string, item: LedgerItem): void {
  map.set(key, [...(map.get(key) ?? []), item]);
}
