// What the server answers when it refuses (RFC 9457), and what is made of it when there is no answer.

export interface Fault {
  pointer: string;
  code: string;
  message: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: Fault[];
  /** The rule or conformance check that refused. */
  policy?: string;
  /** The entries that the refusal rests on. */
  entries?: number[];
  /** Which command of a batch. */
  index?: number;
  /** Events that were missed (412). */
  missed?: LedgerItem[];
  trace_id?: string;
}

import type { LedgerItem } from './types';

/** A refusal is thrown by the client for every answer of 400 and above, and when no answer came. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfter?: number,
  ) {
    super(problem.detail);
    this.name = 'Refusal';
  }
  get status(): number {
    return this.problem.status;
  }
}

/** Without an answer nobody knows whether the request arrived; the status is 0. */
export function unreachable(): Refusal {
  return new Refusal({ type: '', title: '', status: 0, detail: '', code: 'unreachable' });
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Refusal({ type: '', title: '', status: -1, detail, code: 'broken-page' });
}
