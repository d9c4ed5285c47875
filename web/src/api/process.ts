// What the process adds to cases and audits: documents, contracts, penalties, people on site, appeals.
import type { Audit, Case, Entry, Evidence, Named } from './types';

export interface DocumentItem {
  document: string;
  name: Named;
  status?: 'received' | 'missing' | 'not_applicable';
  evidence?: Evidence[];
  entry?: Entry;
}

export interface Penalty {
  register: string;
  found: boolean;
  statement?: string;
  evidence: Evidence[];
  entry: Entry;
  cleared?: { evidence: Evidence[]; entry: Entry };
}

export interface Contract {
  contract: string;
  number?: string;
  signed_on: string;
  evidence: Evidence[];
  entry: Entry;
}

export interface Outlet {
  outlet: string;
  name: string;
  address?: string;
  kind: string;
  entry: Entry;
}

export interface Appeal {
  appeal: string;
  against: number;
  statement: string;
  entry: Entry;
  outcome?: { outcome: string; entry: Entry };
}

export interface Complaint {
  complaint: string;
  complainant: string;
  audit?: number;
  statement: string;
  entry: Entry;
  outcome?: { outcome: string; entry: Entry };
}

export interface FullCase extends Case {
  documents?: { complete: boolean; outstanding: string[]; items: DocumentItem[] };
  penalties?: Penalty[];
  contracts?: Contract[];
  outlets?: Outlet[];
  appeals?: Appeal[];
  complaints?: Complaint[];
}

export interface PersonDays {
  actor: string;
  on: string;
  days: string;
  outlet?: string;
  entry: Entry;
}

export interface FullAudit extends Audit {
  announced?: { announced_at: string; days: number; entry: Entry };
  person_days_on_site?: PersonDays[];
}
