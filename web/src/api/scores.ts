// Scores with their explanation and history.
import type { AsOf, Exact, Named, Progress, SchemeName } from './types';

export interface ClauseScore {
  clause: string;
  points: string;
  earned: Exact;
  deleted: boolean;
  assessed: boolean;
  rating?: string;
  formula: string;
  events: number[];
}

export interface Step {
  id: string;
  rule: string;
  formula: string;
  value: Exact;
  events: number[];
}

export interface Score {
  as_of: AsOf;
  scheme: SchemeName;
  earned: string;
  involved: string;
  score: Exact;
  special_deductions: { count: number; points: string; limit: string };
  bonus: { count: number; points: string };
  final: Exact;
  uncapped: Exact;
  grade: { id: string; name: Named } | null;
  passed: boolean | null;
  reasons: string[];
  progress: Progress;
  provisional: boolean;
  partial?: boolean;
  clauses?: ClauseScore[];
  steps?: Step[];
}

export interface TimelineItem {
  seq: number;
  recorded_at: string;
  effective_at: string;
  type: string;
  actor: string;
  clause?: string;
  final: Exact;
  delta: Exact;
  grade: string | null;
}

export interface Comparison {
  a: { seq: number; recorded_at: string; final: Exact; grade: string | null };
  b: { seq: number; recorded_at: string; final: Exact; grade: string | null };
  delta: Exact;
  causes: { seq: number; type: string; actor: string; clause?: string; delta: Exact }[];
}

/** An audit beside an earlier one of the case, clause by clause. */
export interface AuditsCompared {
  audit: number;
  with: number;
  delta?: Exact;
  clauses: { clause: string; now?: ComparedClause; before?: ComparedClause; delta?: Exact; repeated: boolean }[];
  repeated: string[];
}

export interface ComparedClause {
  points: string;
  earned: Exact;
  deleted: boolean;
  result?: string;
  findings: string[];
}

export interface Change {
  seq: number;
  case: string;
  audit: number;
  recorded_at: string;
  effective_at: string;
  before: { final: Exact; grade: string | null; provisional: boolean };
  after: { final: Exact; grade: string | null; provisional: boolean };
  delta: Exact;
  cause: { type: string; actor: string; clause?: string };
}
