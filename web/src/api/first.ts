import { get, type Answer } from './client';
import type { Session } from './types';

/** Who is signed in, asked before the workbench has been loaded, and answered once: whoever asks later wants
 * to know who is signed in by then. */
let asked: Promise<Answer<Session>> | undefined;

export function askFirst(): void {
  asked = get<Session>('/v1/session');
  asked.catch(() => undefined); // it is told to whoever takes it
}

export function takeFirst(): Promise<Answer<Session>> | undefined {
  const taken = asked;
  asked = undefined;
  return taken;
}
