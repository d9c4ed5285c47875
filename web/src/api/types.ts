// The members of the HTTP contract that the workbench reads, in its own words (api/openapi.yaml).

export type * from './schemes';
export type * from './scores';

/** An exact number: the decimal to show (six places, half to even) and the fraction that it is. */
export interface Exact {
  value: string;
  fraction: string;
}

export type Role =
  | 'case_officer'
  | 'lead_auditor'
  | 'auditor'
  | 'service_manager'
  | 'reviewer'
  | 'decision_maker'
  | 'quality'
  | 'assessor'
  | 'admin';

export interface Session {
  actor: string;
  name?: string;
  organization?: string;
  roles: Role[];
  seq: number;
}

export interface Page<T> {
  items: T[];
  next?: string;
}

/** The score in short. */
export interface Mark {
  final: string;
  grade: string | null;
  provisional: boolean;
}

export interface Progress {
  assessed: number;
  involved: number;
}

export interface CaseRow {
  case: string;
  kind: string;
  organization: string;
  scope: string;
  field?: string;
  scheme: string;
  state: string;
  audit?: {
    audit: number;
    kind: string;
    stage: string;
    progress: Progress;
    special_deductions: { count: number; limit: string };
  };
  score?: Mark;
  grade?: string;
  open_findings: number;
  certificate?: string;
  last_change: { seq: number; recorded_at: string; type: string; actor: string };
}

/** The event behind a fact. */
export interface Entry {
  seq: number;
  case_seq: number;
  recorded_at: string;
  effective_at: string;
  actor: string;
  role: string;
  reason?: string;
  note?: string;
}

export interface SchemeName {
  id: string;
  version: string;
  digest: string;
}

export interface AsOf {
  seq: number;
  recorded_at: string;
  axis?: string;
  effective_at?: string;
}

export interface Member {
  actor: string;
  role: 'lead' | 'auditor' | 'expert' | 'observer';
}

/** A role that somebody ever held in the team, and the entry that first gave it. */
export interface Membership extends Member {
  seq: number;
}

export interface Standing {
  final: Exact;
  grade?: string;
  basis_seq: number;
}

export interface Decision {
  decision: string;
  audit?: number;
  standing?: Standing;
  entry: Entry;
}

export interface Certificate {
  number: string;
  audit?: number;
  grade?: string;
  status: string;
  valid_from: string;
  valid_until: string;
  entry: Entry;
}

export interface AuditSummary {
  audit: number;
  kind: string;
  stage: string;
  scheme: SchemeName;
  starts_on: string;
  ends_on: string;
  team: Member[];
  progress: Progress;
  score?: Mark;
  entry: Entry;
}

export interface Case {
  case: string;
  case_seq: number;
  as_of: AsOf;
  kind: string;
  state: string;
  scheme: SchemeName;
  organization: { name: string; uscc?: string; address?: string };
  scope: string;
  field?: string;
  applied_at: string;
  application?: {
    outcome: string;
    checks?: { subject: string; passed: boolean; remark?: string }[];
    entry: Entry;
  };
  audits: AuditSummary[];
  decisions: Decision[];
  certificate?: Certificate;
  certificates: Certificate[];
  closed?: Entry;
  review?: Review;
  entry: Entry;
}

/** An accreditation review of the certification body; its populations are lists of cases. */
export interface Review {
  from: string;
  until: string;
  populations: Population[];
  notes: { note: string; about?: string; seq?: number; statement: string; entry: Entry }[];
  views: { case: string; as_of: number; entry: Entry }[];
}

export interface Sample {
  population?: number;
  size: number;
  nonconforming: number;
}

export interface Evidence {
  sha256: string;
  media_type: string;
  name: string;
}

export type Method = string;

export interface Assessment {
  clause: string;
  result: 'conforming' | 'nonconforming';
  rating?: string;
  sample?: Sample;
  method?: Method;
  statement?: string;
  evidence?: Evidence[];
  entry: Entry;
}

export interface Finding {
  finding: string;
  clause: string;
  category: 'nonconformity' | 'observation' | 'opportunity' | 'strength';
  severity?: 'minor' | 'major';
  statement: string;
  evidence?: Evidence[];
  corrected: boolean;
  entry: Entry;
  withdrawn?: Entry;
}

export interface Correction {
  correction: string;
  finding: string;
  statement: string;
  evidence?: Evidence[];
  entry: Entry;
  verification?: { outcome: 'accepted' | 'rejected'; entry: Entry };
  reopened?: Entry;
}

export interface Deduction {
  deduction: string;
  clause: string;
  basis: 'qualitative' | 'sampled';
  sample?: Sample;
  finding?: string;
  entry: Entry;
  revoked?: Entry;
}

export interface Deletion {
  deletion: string;
  clause: string;
  entry: Entry;
  revoked?: Entry;
}

export interface Special {
  special: string;
  trigger: string;
  finding: string;
  entry: Entry;
  revoked?: Entry;
}

export interface Bonus {
  bonus: string;
  entry: Entry;
  revoked?: Entry;
}

/** The list that a sample is drawn from, and the draws. */
export interface Population {
  population: string;
  subject: string;
  clause?: string;
  digest: string;
  size: number;
  draws: Draw[];
  entry: Entry;
}

export interface Draw {
  draw: number;
  /** The first checkpoint that covers the population; the root is sha256:<hex>. */
  checkpoint: { size: number; root: string };
  /** Lines of the list, counted from 1. */
  items: number[];
  entry: Entry;
}

export interface Audit extends AuditSummary {
  case: string;
  case_seq: number;
  as_of: AsOf;
  clauses?: string[];
  person_days?: string;
  outlets?: string[];
  mode?: string;
  ever_in_team: Membership[];
  documents?: { outcome: string; entry: Entry };
  opening?: { held_at: string; attendees?: string[]; entry: Entry };
  closing?: { held_at: string; attendees?: string[]; entry: Entry };
  assessments: Assessment[];
  findings: Finding[];
  corrections: Correction[];
  deductions: Deduction[];
  deletions: Deletion[];
  special_deductions: Special[];
  bonuses: Bonus[];
  populations: Population[];
  report?: { recommendation: string; standing?: Standing; summary: string; entry: Entry };
  review?: { outcome: string; standing?: Standing; entry: Entry };
}

export interface Named {
  zh: string;
  en?: string;
}

export interface Check {
  code: string;
  name: string;
  outcome: 'pass' | 'warn' | 'fail' | 'not_applicable';
  case: string;
  detail: string;
  events: number[];
}

/** A stored event. The members of data depend on its type; they are read where they are shown. */
export interface LedgerEvent {
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  caseseq: number;
  prevdigest: string;
  effectivetime: string;
  actorid: string;
  actorrole: string;
  onbehalfof?: string;
  reason?: string;
  note?: string;
  casesalt?: string;
  batchindex?: number;
  batchcount?: number;
  data: Record<string, unknown>;
}

export interface LedgerItem {
  seq: number;
  digest: string;
  event: LedgerEvent;
}

export interface Policy {
  id: string;
  actions: string[];
  zh: string;
  en: string;
  text: string;
}

/** What a command answers. */
export interface Posted {
  seq: number;
  id: string;
  type: string;
  case: string;
  case_seq: number;
  recorded_at: string;
  score?: Mark;
  warnings: { code: string; message: string }[];
}

/** What a dry run answers. */
export interface Rehearsal {
  event: LedgerEvent;
  before?: Mark;
  after?: Mark;
  warnings: { code: string; message: string }[];
}

export interface Command {
  path: string;
  body: Record<string, unknown>;
}

export interface RegisterRow {
  number: string;
  holder: string;
  case: string;
  grade?: string;
  status: string;
  valid_from: string;
  valid_until: string;
}
