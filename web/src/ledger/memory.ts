import type { Memory } from '../proof/pin';

// What this browser pinned and saw last, so that a ledger that was rewritten since does not pass.
const name = 'starledger.checkpoint';

export function remembered(): Memory | null {
  const text = localStorage.getItem(name);
  return text ? (JSON.parse(text) as Memory) : null;
}

/** Keeps what was seen, unless another tab has seen more by now. */
export function remember(memory: Memory): void {
  const kept = remembered();
  if (kept && kept.key === memory.key && kept.size > memory.size) return;
  localStorage.setItem(name, JSON.stringify(memory));
}

/** Pins anew with the next look: for whoever has been told out of band that the change is right. */
export function forget(): void {
  localStorage.removeItem(name);
}
