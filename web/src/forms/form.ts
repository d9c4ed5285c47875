import type { Case, Evidence, Member, Scheme, Session } from '../api/types';
import type { BarredBy } from '../api/findings';
import type { FullAudit, FullCase } from '../api/process';
import type { Word } from '../words/glossary';
import type { Words } from '../words/useWords';
import type { Subjects } from './subjects';

/** What a form is about. */
export interface About {
  kase?: FullCase;
  /** The audit shown, where the case has one. */
  audit?: FullAudit;
  /** The number or label of what it takes back or answers: S1, A1, gsxt_penalties. */
  subject?: string;
  /** The document kinds that applications come with, and the schemes there are. */
  lists: Lists;
}

export interface Lists {
  documents: { document: string; name: { zh: string; en?: string }; conditional: boolean }[];
  schemes: { id: string; title: { zh: string; en?: string }; current: boolean; scorable: boolean }[];
  scheme?: Scheme;
}

export interface Option {
  value: string;
  label: string;
}

/** One line of an application's checks. */
export interface CheckLine {
  subject: string;
  passed: boolean;
  remark: string;
}

/** What is told about one document of the list. */
export interface DocumentLine {
  status: string;
  reason: string;
  evidence: Evidence[];
}

/** How a value is entered. Each kind has one control, and one way into the body. */
export interface Kinds {
  line: string;
  text: string;
  choice: string;
  day: string;
  instant: string;
  decimal: string;
  person: string;
  people: string[];
  team: Member[];
  lines: string;
  files: Evidence[];
  checks: CheckLine[];
  clauses: string[];
  documents: Record<string, DocumentLine>;
}

export type Kind = keyof Kinds;
export type Values = Record<string, Kinds[Kind] | undefined>;

/** One field: what it is called, what it means, and how it is entered. */
export interface Field {
  /** The member of the body; a dot leads into an object. */
  name: string;
  kind: Kind;
  label: Word;
  help?: Word;
  required?: boolean;
  /** Short fields stand two in a row. */
  half?: boolean;
  options?: (about: About, words: Words) => Option[];
  initial?: (about: About) => Kinds[Kind] | undefined;
  shown?: (values: Values, about: About) => boolean;
}

/** Who has to do it. The server judges; the screen says whose turn it is. */
export type Duty =
  'case_officer' | 'lead' | 'member' | 'reviewer' | 'decision_maker' | 'objections' | 'quality' | 'appeals';

/** One command of the process as people fill it in. */
export interface Form {
  id: string;
  /** The event that it enters, by its short name. */
  enters: string;
  title: Word;
  duty: Duty;
  fields: Field[];
  /** It is about an audit, so that one has to be planned. */
  audited?: boolean;
  /** What it takes back or answers, and what has to happen before there is such a thing. */
  about?: { list: Subjects; first: Word };
  /** Below the case; the form that opens a case has none. */
  path: (about: About) => string;
  /** The body, where it is more than the fields by their names; null while it is not complete. */
  body?: (values: Values, about: About) => Record<string, unknown> | null;
}

/** Whether the step may be tried by who is signed in. */
export function mayTry(duty: Duty, session: Session, kase: Case | undefined, audit: FullAudit | undefined): boolean {
  const has = (...roles: string[]) => session.roles.some((role) => roles.includes(role));
  const member = audit?.team.find((m) => m.actor === session.actor);
  if (kase?.kind === 'internal' && has('service_manager') && duty !== 'reviewer' && duty !== 'decision_maker')
    return true;
  switch (duty) {
    case 'lead':
      return member?.role === 'lead';
    case 'member':
      return member?.role === 'lead' || member?.role === 'auditor';
    case 'objections':
      return has('case_officer', 'quality');
    case 'appeals':
      return has('quality', 'decision_maker');
    default:
      return has(duty);
  }
}

/** The rule and the entry that bar the person from a duty: who is or was in the team neither reviews nor decides. */
export function barredBy(duty: Duty, session: Session, audit: FullAudit | undefined): BarredBy | undefined {
  if (duty !== 'reviewer' && duty !== 'decision_maker') return undefined;
  const member = audit?.ever_in_team.find((m) => m.actor === session.actor);
  return member && { policy: duty === 'reviewer' ? 'SOD-02' : 'SOD-01', seq: member.seq };
}
