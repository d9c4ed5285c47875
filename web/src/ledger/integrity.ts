/** What /v1/integrity says of the ledger's proof. */
export interface Integrity {
  sound: boolean;
  origin: string;
  last: number;
  sealed: { size: number; root: string; at?: string };
  witnesses: { name: string }[];
  verification: { verified: number; full_pass_at?: string };
  configuration: { checked_at?: string; drift: string[] };
  incident?: { detail: string; lowest_bad?: number };
}
