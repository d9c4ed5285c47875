// Runs the verification beside the page, so that the page stays smooth.
import { Broken } from './lines';
import { Withheld } from './pin';
import { verify, type Progress, type Remembered, type Verified } from './verify';

export interface Ask {
  remembered: Remembered | null;
  total: number;
}

export type Told =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'verified'; verified: Verified }
  | { kind: 'broken'; seq: number; message: string }
  | { kind: 'withheld'; message: string }
  | { kind: 'failed'; message: string };

const tell = (told: Told) => self.postMessage(told);

self.addEventListener('message', (event: MessageEvent<Ask>) => {
  const { remembered, total } = event.data;
  verify({ checkpoint, policy, bundle, lines, total }, remembered, (progress) =>
    tell({ kind: 'progress', progress }),
  ).then(
    (verified) => tell({ kind: 'verified', verified }),
    (error: unknown) => {
      if (error instanceof Broken) tell({ kind: 'broken', seq: error.seq, message: error.message });
      else if (error instanceof Withheld) tell({ kind: 'withheld', message: error.message });
      else if (error instanceof Unreadable) tell({ kind: 'failed', message: error.message });
      else tell({ kind: 'broken', seq: 0, message: error instanceof Error ? error.message : String(error) });
    },
  );
});

/** What could not be read is no evidence of anything. */
class Unreadable extends Error {}

/** A part of the log that the server answers for and does not hand out is withheld; it may also be busy. */
function unread(path: string, status: number): Error {
  const gone = path.startsWith('/log/') && [401, 403, 404, 410, 451].includes(status);
  return gone ? new Withheld(path, status) : new Unreadable(`${path}: ${status}`);
}

async function read(path: string, accept = '*/*'): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { Accept: accept }, cache: 'no-cache' });
  } catch {
    throw new Unreadable(`${path}: no answer`);
  }
  if (!response.ok) throw unread(path, response.status);
  return response;
}

async function checkpoint(): Promise<Uint8Array | null> {
  const response = await fetch('/log/checkpoint', { cache: 'no-cache' }).catch(() => null);
  if (response?.status === 404) return null;
  if (!response?.ok) throw new Unreadable(`/log/checkpoint: ${response?.status ?? 'no answer'}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function policy(): Promise<string> {
  return (await read('/log/policy')).text();
}

async function bundle(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await read(`/log/${path}`)).arrayBuffer());
}

async function* lines(): AsyncGenerator<string> {
  const response = await read('/v1/events', 'application/x-ndjson');
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
