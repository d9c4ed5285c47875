// Evidence is kept by what it is: the digest of its bytes. The browser works it out before the bytes leave
// and after they come back, so neither the way nor the server has to be trusted.
import { getBytes, putBytes } from '../api/client';
import type { Evidence } from '../api/types';
import { base64, hex, Refuted, sha256 } from '../proof/bytes';

/** The most that the server takes. */
export const mostBytes = 32 << 20;

interface Attachment {
  sha256: string;
  size: number;
  media_type: string;
}

/** Stores the bytes and gives what an event says of them. Throws when the server says it has others. */
export async function store(bytes: Uint8Array, mediaType: string, name: string): Promise<Evidence> {
  const hash = await sha256(bytes);
  const digest = `sha256:${hex(hash)}`;
  const { data } = await putBytes<Attachment>('/v1/attachments', bytes, {
    'Content-Type': mediaType,
    'Content-Digest': `sha-256=:${base64(hash)}:`,
  });
  if (data.sha256 !== digest) throw new Refuted(`${name}: ${digest} was sent, ${data.sha256} was stored`);
  return { sha256: digest, media_type: mediaType, name };
}

export async function storeFile(file: File): Promise<Evidence> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return store(bytes, file.type || 'application/octet-stream', file.name);
}

/** The bytes of an attachment; bytes of another digest are not given out. */
export async function fetchStored(digest: string, id: string): Promise<Uint8Array> {
  const bytes = await getBytes(`/v1/attachments/${digest}?case=${id}`);
  const found = `sha256:${hex(await sha256(bytes))}`;
  if (found !== digest) throw new Refuted(`${digest} was asked for, ${found} came`);
  return bytes;
}
