// Bytes and the ways to write them. Every decoder is strict: what could have been written in another
// way is refused, as the ledger's own readers refuse it.

// Malformed: bytes that are not in the format they should be in.
class Malformed extends Error {}
// Refuted: well-formed bytes that do not prove what they claim.
class Refuted extends Error {}

// fault makes an error that the glossary can tell in both languages.
function fault(Kind, code, values = {}) {
  const error = new Kind(code);
  error.code = code;
  error.values = values;
  return error;
}
const malformed = (code, values) => fault(Malformed, code, values);
const refuted = (code, values) => fault(Refuted, code, values);

const toUtf8 = (text) => new TextEncoder().encode(text);

function fromUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('not-utf8');
  }
}

function toBase64(bytes) {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 4096) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  }
  return btoa(binary);
}

function fromBase64(text) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw malformed('not-base64');
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  // atob forgives white space, missing padding and stray bits. Writing it again does not.
  if (toBase64(bytes) !== text) throw malformed('not-base64');
  return bytes;
}

const toBase64url = (bytes) => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// fromBase64url reads base64url without padding.
function fromBase64url(text) {
  if (typeof text !== 'string' || /[^A-Za-z0-9_-]/.test(text)) throw malformed('not-base64');
  const padding = '='.repeat((4 - (text.length % 4)) % 4);
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding);
}

const toHex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const sameBytes = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

// hashFrom reads 32 bytes in standard base64.
function hashFrom(text) {
  const bytes = fromBase64(text);
  if (bytes.length !== 32) throw malformed('not-a-hash');
  return bytes;
}

// maxSize is the largest tree there can be: it lasts for 36,000 years at a million leaves a second.
const maxSize = 1n << 60n;

// decimal reads a number without sign and leading zeros, at most maxSize.
function decimal(text) {
  if (typeof text !== 'string' || !/^(0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > maxSize) throw malformed('not-a-number');
  return BigInt(text);
}
