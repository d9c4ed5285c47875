// Bytes, hashes and their texts. All hashing is WebCrypto's; nothing of it is written again here.

/** What is not in the format it should be in. */
export class Malformed extends Error {}

/** Well-formed bytes that do not prove what they claim. */
export class Refuted extends Error {}

export type Hash = Uint8Array;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function bytesOf(text: string): Uint8Array {
  return utf8.encode(text);
}

export function textOf(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Malformed('not UTF-8');
  }
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Decodes standard base64 with padding, in the one way to write it. */
export function fromBase64(text: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    throw new Malformed('not base64');
  }
  if (base64(bytes) !== text) throw new Malformed('base64 written differently');
  return bytes;
}

export function fromBase64Url(text: string): Uint8Array {
  if (/[+/=]/.test(text)) throw new Malformed('not base64url');
  const padded = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(padded + '='.repeat((4 - (padded.length % 4)) % 4));
}

export function hashFromBase64(text: string): Hash {
  const bytes = fromBase64(text);
  if (bytes.length !== 32) throw new Malformed(`a hash of ${bytes.length} bytes`);
  return bytes;
}

export async function sha256(bytes: Uint8Array): Promise<Hash> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
}
