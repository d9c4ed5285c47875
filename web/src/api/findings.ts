// Findings across cases, and deadlines.

export interface FindingRow {
  case: string;
  organization: string;
  audit: number;
  finding: string;
  clause: string;
  category: string;
  severity?: 'minor' | 'major';
  statement: string;
  stage: 'raised' | 'correcting' | 'rejected' | 'closed' | 'withdrawn';
  /** An earlier audit of the case had found the same clause. */
  repeated?: boolean;
  raised: { seq: number; effective_at: string; actor?: string };
  last: { seq: number; effective_at: string };
}

/** A step of a case that waits for who is signed in. */
export interface WorkRow {
  case: string;
  kind: string;
  organization: string;
  state: string;
  audit?: number;
  step: string;
  duty: string;
  /** The appeal or complaint that the step answers. */
  subject?: string;
  /** The event that made the case wait. */
  since: { seq: number; recorded_at: string };
  barred?: BarredBy;
}

/** The rule that keeps a person from a step, and the entry that it rests on. */
export interface BarredBy {
  policy: string;
  seq: number;
}

export interface Due {
  case: string;
  organization: string;
  kind: string;
  number?: number;
  label?: string;
  due_on: string;
  state: 'due' | 'planned' | 'overdue';
  rule: string;
  since: string;
  parameter?: string;
  value?: string;
  audit?: number;
  seq: number;
}
