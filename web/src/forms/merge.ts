// What a form says beside what the ledger got meanwhile: field by field where an entry of the same kind was
// made about the same thing, and apart from the entries that do not touch the form.
import type { LedgerItem, Member } from '../api/types';
import { minuteOf } from '../words/time';
import type { Words } from '../words/useWords';
import { shortType } from '../words/say';
import { shownFields } from './body';
import type { About, CheckLine, DocumentLine, Field, Form, Kind, Kinds, Values } from './form';

/** A value of the form and the ledger's, where they are not the same. */
export interface Meeting {
  /** The field, or one document of the list. */
  key: string;
  field: Field;
  item: LedgerItem;
  mine: Kinds[Kind] | undefined;
  theirs: Kinds[Kind] | undefined;
}

export interface Met {
  /** The latest entry that says what the form is about to say; undefined where none was made. */
  item?: LedgerItem;
  meetings: Meeting[];
  others: LedgerItem[];
}

export function meetForm(form: Form, values: Values, about: About, missed: LedgerItem[], words: Words): Met {
  const same = missed.filter((item) => touches(form, about, item));
  const others = missed.filter((item) => !same.includes(item));
  if (form.id === 'documents') return meetDocuments(form, values, same, others);
  const item = same.at(-1);
  if (!item) return { meetings: [], others };
  const meetings = shownFields(form, values, about)
    .filter((field) => field.name !== 'effective_at')
    .map((field) => ({ key: field.name, field, item, mine: values[field.name], theirs: theirsOf(field, item) }))
    .filter(({ field, mine, theirs }) => textOf(field, mine, about, words) !== textOf(field, theirs, about, words));
  return { item, meetings, others };
}

/** Whether an entry is of the kind that the form enters, about the same audit and the same subject. */
function touches(form: Form, about: About, { event }: LedgerItem): boolean {
  if (shortType(event.type) !== form.enters) return false;
  const audit = event.data['audit'];
  if (audit !== undefined && about.audit && audit !== about.audit.audit) return false;
  return about.subject === undefined || Object.values(event.data).includes(about.subject);
}

/** Each document that was filled in and recorded meanwhile; the others stay as they are. */
function meetDocuments(form: Form, values: Values, same: LedgerItem[], others: LedgerItem[]): Met {
  const lines = (values['documents'] ?? {}) as Record<string, DocumentLine>;
  const field = form.fields[0];
  const meetings: Meeting[] = [];
  for (const [document, line] of Object.entries(lines)) {
    const item = same.findLast(({ event }) => event.data['document'] === document);
    if (!item || !field || !line.status) continue;
    const { status, evidence } = item.event.data;
    const theirs = { status, reason: item.event.reason ?? '', evidence: evidence ?? [] } as DocumentLine;
    meetings.push({ key: document, field, item, mine: { [document]: line }, theirs: { [document]: theirs } });
  }
  const met = new Set(meetings.map((meeting) => meeting.item));
  return { item: meetings.at(-1)?.item, meetings, others: [...same.filter((item) => !met.has(item)), ...others] };
}

/** What the ledger has for a field, as its control holds it. */
function theirsOf(field: Field, { event }: LedgerItem): Kinds[Kind] | undefined {
  const [outer = '', inner] = field.name.split('.');
  const told = field.name === 'reason' ? event.reason : event.data[outer];
  const raw = inner && told ? (told as Record<string, unknown>)[inner] : told;
  if (raw === undefined || raw === null) return undefined;
  switch (field.kind) {
    case 'instant':
      return minuteOf(String(raw)).replace(' ', 'T');
    case 'lines':
      return (raw as string[]).join('\n');
    case 'checks':
      return (raw as Partial<CheckLine>[]).map((line) => ({ subject: '', passed: true, remark: '', ...line }));
    case 'files':
    case 'people':
    case 'clauses':
    case 'team':
      return raw as Kinds['team'];
    default:
      return typeof raw === 'boolean' ? (raw ? 'yes' : 'no') : String(raw);
  }
}

/** A value in words, to be compared and shown; '' for nothing. */
export function textOf(field: Field, value: Kinds[Kind] | undefined, about: About, words: Words): string {
  if (value === undefined) return '';
  switch (field.kind) {
    case 'choice':
      return field.options?.(about, words).find((option) => option.value === value)?.label ?? String(value);
    case 'files':
      return (value as Kinds['files']).map((file) => file.name || file.sha256.slice(7, 19)).join('、');
    case 'team':
      return (value as Member[]).map((m) => `${m.actor} (${words.v('team', m.role)})`).join('、');
    case 'checks':
      return (value as CheckLine[]).map((l) => `${l.passed ? '✓' : '✗'} ${l.subject} ${l.remark}`.trim()).join('；');
    case 'people':
    case 'clauses':
      return (value as string[]).join('、');
    case 'documents':
      return Object.values(value as Kinds['documents'])
        .map((l) => [words.v('status', l.status), l.reason, ...l.evidence.map((file) => file.name)].filter(Boolean))
        .map((parts) => parts.join(' · '))
        .join('；');
    case 'instant':
      return String(value).replace('T', ' ');
    default:
      return String(value).trim();
  }
}

/** The form after each meeting was settled: what is not kept is as the ledger has it. A document that is
 * taken from the ledger is not told again. */
export function settleForm(values: Values, meetings: Meeting[], keep: ReadonlySet<string>): Values {
  const next = { ...values };
  for (const { key, field, theirs } of meetings) {
    if (keep.has(key)) continue;
    if (field.kind === 'documents') {
      const { [key]: _, ...rest } = (next[field.name] ?? {}) as Kinds['documents'];
      next[field.name] = rest;
    } else next[field.name] = theirs;
  }
  return next;
}
