// The one way to the server. It asks this origin only; the session cookie goes along by itself.
import { Refusal, unreachable, type Problem } from './problem';

export interface Answer<T> {
  data: T;
  /** The state of the case that the answer shows: its case_seq in quotes. */
  etag: string | null;
  replayed: boolean;
}

type Query = Record<string, string | number | boolean | undefined | null>;

let language = 'zh-CN';
export function speak(tag: string): void {
  language = tag;
}

export function withQuery(path: string, query?: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') given.set(name, String(value));
  }
  const text = given.toString();
  return text ? `${path}?${text}` : path;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', language);
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  if (!response.ok) throw await refusalFrom(response);
  return response;
}

async function refusalFrom(response: Response): Promise<Refusal> {
  const retry = Number(response.headers.get('Retry-After'));
  const after = Number.isFinite(retry) && retry > 0 ? retry : undefined;
  try {
    return new Refusal((await response.json()) as Problem, after);
  } catch {
    const told = {
      type: '',
      title: response.statusText,
      status: response.status,
      detail: '',
      code: 'no-problem-document',
    };
    return new Refusal(told, after);
  }
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const data = response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  return {
    data,
    etag: response.headers.get('ETag'),
    replayed: response.headers.get('Idempotency-Replayed') === 'true',
  };
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>> {
  const response = await send(withQuery(path, query), { headers: { Accept: 'application/json' }, signal });
  return answerOf<T>(response);
}

/** The bytes as they are stored or served, for whoever wants to verify them. */
export async function getBytes(path: string, accept = '*/*'): Promise<Uint8Array> {
  const response = await send(path, { headers: { Accept: accept } });
  return new Uint8Array(await response.arrayBuffer());
}

export interface Posting {
  /** The body as text, so that a retry under the same key sends the same bytes. */
  text: string;
  key?: string;
  ifMatch?: string | null;
  dryRun?: boolean;
  /** What the text is; JSON unless said. */
  type?: string;
  signal?: AbortSignal;
}

export async function postText<T>(path: string, posting: Posting): Promise<Answer<T>> {
  const headers = new Headers({ 'Content-Type': posting.type ?? 'application/json', Accept: 'application/json' });
  if (posting.key) headers.set('Idempotency-Key', posting.key);
  if (posting.ifMatch) headers.set('If-Match', posting.ifMatch);
  const to = withQuery(path, { dry_run: posting.dryRun ? true : undefined });
  const response = await send(to, { method: 'POST', headers, body: posting.text, signal: posting.signal });
  return answerOf<T>(response);
}

export function post<T>(path: string, body: unknown, more: Omit<Posting, 'text'> = {}): Promise<Answer<T>> {
  return postText<T>(path, { ...more, text: JSON.stringify(body) });
}

/** Sends bytes as they are; the same bytes are the same attachment, so they need no key. */
export async function putBytes<T>(path: string, body: Uint8Array, headers: Record<string, string>): Promise<Answer<T>> {
  return answerOf<T>(await send(path, { method: 'POST', headers, body: body as BodyInit }));
}

export async function remove(path: string): Promise<void> {
  await send(path, { method: 'DELETE' });
}

/** A fresh idempotency key. It belongs to one intention: a retry of the same intention keeps it. */
export function newKey(): string {
  return crypto.randomUUID();
}
