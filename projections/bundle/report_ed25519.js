// Ed25519 in plain integers (RFC 8032, 5.1.7), for browsers whose WebCrypto does not have it. It
// verifies only, so that nothing secret passes through and timing does not matter.

const fieldPrime = 2n ** 255n - 19n;
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

const modP = (n) => ((n % fieldPrime) + fieldPrime) % fieldPrime;

function powerP(base, exponent) {
  let result = 1n;
  for (let e = exponent, b = modP(base); e > 0n; e >>= 1n) {
    if (e & 1n) result = modP(result * b);
    b = modP(b * b);
  }
  return result;
}

const inverseP = (n) => powerP(n, fieldPrime - 2n);
const curveD = modP(-121665n * inverseP(121666n));
const rootOfMinusOne = powerP(2n, (fieldPrime - 1n) / 4n);

// A point is [X, Y, Z, T] with x = X/Z, y = Y/Z, xy = T/Z (5.1.4).
const neutral = [0n, 1n, 1n, 0n];

function addPoints([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = modP((y1 - x1) * (y2 - x2));
  const b = modP((y1 + x1) * (y2 + x2));
  const c = modP(2n * t1 * t2 * curveD);
  const d = modP(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [modP(e * f), modP(g * h), modP(f * g), modP(e * h)];
}

function timesPoint(scalar, point) {
  let result = neutral;
  for (let s = scalar, p = point; s > 0n; s >>= 1n) {
    if (s & 1n) result = addPoints(result, p);
    p = addPoints(p, p);
  }
  return result;
}

const littleEndian = (bytes) => BigInt('0x' + toHex(Uint8Array.from(bytes).reverse()));

// decodePoint is undefined for 32 bytes that are no point (5.1.3).
function decodePoint(bytes) {
  const all = littleEndian(bytes);
  const [sign, y] = [all >> 255n, all & ((1n << 255n) - 1n)];
  if (y >= fieldPrime) return undefined;
  const [u, v] = [modP(y * y - 1n), modP(curveD * y * y + 1n)];
  let x = modP(u * v ** 3n * powerP(u * powerP(v, 7n), (fieldPrime - 5n) / 8n));
  if (modP(v * x * x) !== u) x = modP(x * rootOfMinusOne);
  if (modP(v * x * x) !== u || (x === 0n && sign === 1n)) return undefined;
  if ((x & 1n) !== sign) x = fieldPrime - x;
  return [x, y, 1n, modP(x * y)];
}

function encodePoint([x, y, z]) {
  const zInverse = inverseP(z);
  const value = modP(y * zInverse) | ((modP(x * zInverse) & 1n) << 255n);
  return fromHex(value.toString(16).padStart(64, '0')).reverse();
}

const basePoint = decodePoint(fromHex('58' + '66'.repeat(31)));

// verifyPlainly checks [S]B - [k]A against the bytes of R, without the cofactor, as Go's crypto/ed25519 does.
async function verifyPlainly(key, message, signature) {
  const point = decodePoint(key);
  const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  if (point === undefined || s >= groupOrder) return false;
  const k = littleEndian(new Uint8Array(await crypto.subtle.digest('SHA-512', joined(r, key, message)))) % groupOrder;
  const [x, y, z, t] = point;
  const minusA = [modP(-x), y, z, modP(-t)];
  return sameBytes(encodePoint(addPoints(timesPoint(s, basePoint), timesPoint(k, minusA))), r);
}
