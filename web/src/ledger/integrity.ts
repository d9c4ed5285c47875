/** What /v1/integrity says of the ledger's proof. It is the operator's word; the proofs are below /log/. */
export interface Integrity {
  sound: boolean;
  origin: string;
  last: number;
  sealed: Tree;
  published?: Tree;
  lag: { events: number; seconds: number; held_up: boolean };
  archive: { size: number };
  witnesses: WitnessState[];
  time_sandwich?: { size: number; earliest: string; latest: string; outside: number; lowest_outside?: number };
  verification: { verified: number; full_pass_at?: string; rate: number };
  configuration: { checked_at?: string; drift: string[] };
  incident?: { at?: string; detail: string; lowest_bad?: number };
}

interface Tree {
  size: number;
  root: string;
  at?: string;
}

interface WitnessState {
  name: string;
  size: number;
  at?: string;
  state: 'cosigned' | 'unwitnessed' | 'unreachable' | 'incident';
  detail: string;
}
