// Schemes, as the server shows them.
import type { Named } from './types';

export interface SchemeRow {
  id: string;
  version: string;
  digest: string;
  title: Named;
  method: 'deduction' | 'rating';
  scorable: boolean;
  in_force_from: string;
  in_force_until?: string;
  current: boolean;
}

export interface SchemeClause {
  id: string;
  chapter: string;
  section?: string;
  title?: string;
  text: string;
  points: string | null;
}

export interface Scheme {
  id: string;
  version: string;
  title: Named;
  source: string;
  notes?: Named[];
  in_force_from: string;
  method: 'deduction' | 'rating';
  full_marks: string;
  chapters: { id: string; title: Named }[];
  sections?: { id: string; chapter: string; title: Named }[];
  clauses: SchemeClause[];
  whole_deductions: boolean;
  sampled_deductions: boolean;
  deletions: boolean;
  special_deductions: {
    each: string;
    limit: { operator: string; count: number };
    triggers: { id: string; name: Named }[];
  };
  bonus: { each: string; max: number };
  cap: string;
  minimum: string;
  grades: { id: string; name: Named; min: string }[];
  bands?: { id: string; name: Named; from: string; to: string; points_of_attention?: string[] }[];
}
