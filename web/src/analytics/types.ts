// How audits came out, as /v1/analytics tells it.
import type { AsOf, Exact } from '../api/types';

export interface ScoreGroup {
  month: string;
  scheme: string;
  audits: number;
  failed: number;
  grades: Record<string, number>;
  mean: Exact;
  least: Exact;
  most: Exact;
}

export interface ClauseLoss {
  scheme: string;
  clause: string;
  audits: number;
  lost: Exact;
  share: Exact;
  cumulative: Exact;
  months: { month: string; audits: number; lost: Exact }[];
}

export interface ClauseRepeat {
  scheme: string;
  clause: string;
  audits: number;
  examples: { case: string; audit: number }[];
}

export interface LeadTime {
  step: string;
  audits: number;
  median_days: string;
  ninth_days: string;
  longest_days: string;
}

export interface Analytics {
  as_of: AsOf;
  audits: number;
  scores: ScoreGroup[];
  losses: ClauseLoss[];
  repeats: ClauseRepeat[];
  lead_times: LeadTime[];
}
