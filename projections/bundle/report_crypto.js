// The two primitives everything rests on, from the browser's WebCrypto.

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

// verifyNatively is undefined where this browser does not know Ed25519.
async function verifyNatively(key, message, signature) {
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  } catch (error) {
    if (error.name === 'NotSupportedError') return undefined;
    return false; // not a public key
  }
  return crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message);
}

async function verifySignature(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  return (await verifyNatively(key, message, signature)) ?? verifyPlainly(key, message, signature);
}
