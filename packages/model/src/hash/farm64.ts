import { encodeUtf8, utf8View } from './utf8.ts';

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const SEED = 81n;

/** Keeps the low 64 bits: unsigned 64-bit wrap-around. */
function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** Rotates a sum right by `bits` (1 to 63); the sum may be wider than 64 bits and is wrapped first. */
function rotateRight(sum: bigint, bits: bigint): bigint {
  const value = u64(sum);
  return (value >> bits) | u64(value << (64n - bits));
}

/** Folds the top 17 bits of a product, wrapped to 64 bits, onto its bottom. */
function fold(product: bigint): bigint {
  const value = u64(product);
  return value ^ (value >> 47n);
}

/** Unsigned little-endian 64-bit word at a byte offset. */
function word(data: DataView, at: number): bigint {
  return data.getBigUint64(at, true);
}

/** Reduces two words to one with two multiply-and-fold rounds and a last multiply. */
function combine(first: bigint, second: bigint, mul: bigint): bigint {
  const u = u64(first);
  const v = u64(second);
  return u64(fold((v ^ fold((u ^ v) * mul)) * mul) * mul);
}

/** The multiplier of texts up to 64 bytes. */
function lengthMultiplier(length: number): bigint {
  return u64(K2 + 2n * BigInt(length));
}

function hashUpTo16(data: DataView, length: number): bigint {
  if (length >= 8) {
    const mul = lengthMultiplier(length);
    const head = u64(word(data, 0) + K2);
    const last = word(data, length - 8);
    return combine(rotateRight(last, 37n) * mul + head, (rotateRight(head, 25n) + last) * mul, mul);
  }
  if (length >= 4) {
    const head = BigInt(data.getUint32(0, true));
    const last = BigInt(data.getUint32(length - 4, true));
    return combine(BigInt(length) + (head << 3n), last, lengthMultiplier(length));
  }
  if (length > 0) {
    const y = BigInt(data.getUint8(0) + (data.getUint8(length >> 1) << 8));
    const z = BigInt(length + (data.getUint8(length - 1) << 2));
    return u64(fold((y * K2) ^ (z * K0)) * K2);
  }
  return K2;
}

function hash17To32(data: DataView, length: number): bigint {
  const mul = lengthMultiplier(length);
  const a = u64(word(data, 0) * K1);
  const b = word(data, 8);
  const c = u64(word(data, length - 8) * mul);
  const d = word(data, length - 16) * K2;
  return combine(rotateRight(a + b, 43n) + rotateRight(c, 30n) + d, a + rotateRight(b + K2, 18n) + c, mul);
}

function hash33To64(data: DataView, length: number): bigint {
  const mul = lengthMultiplier(length);
  const a = u64(word(data, 0) * K2);
  const b = word(data, 8);
  const c = u64(word(data, length - 8) * mul);
  const d = word(data, length - 16) * K2;
  const y = rotateRight(a + b, 43n) + rotateRight(c, 30n) + d;
  const z = combine(y, a + rotateRight(b + K2, 18n) + c, mul);
  const e = u64(word(data, 16) * mul);
  const f = word(data, 24);
  const g = u64((y + word(data, length - 32)) * mul);
  const h = (z + word(data, length - 24)) * mul;
  return combine(rotateRight(e + f, 43n) + rotateRight(g, 30n) + h, e + rotateRight(f + a, 18n) + g, mul);
}

/** The running state of texts over 64 bytes: three words and two pairs of words, each wrapped to 64 bits. */
interface LongState {
  x: bigint;
  y: bigint;
  z: bigint;
  v0: bigint;
  v1: bigint;
  w0: bigint;
  w1: bigint;
}

/** Mixes 32 bytes into a pair of words seeded with `first` and `second`. */
function mix32(data: DataView, at: number, first: bigint, second: bigint): [bigint, bigint] {
  const last = word(data, at + 24);
  const start = first + word(data, at);
  const middle = start + word(data, at + 8) + word(data, at + 16);
  return [
    u64(middle + last),
    u64(rotateRight(second + start + last, 21n) + rotateRight(middle, 44n) + start),
  ];
}

/** Mixes the 64 bytes at `at` into the state. `scale` is 1 for every block but the last, where it is 9. */
function mixBlock(state: LongState, data: DataView, at: number, mul: bigint, scale: bigint): void {
  const { v0, v1, w0, w1 } = state;
  const x = u64(rotateRight(state.x + state.y + v0 + word(data, at + 8), 37n) * mul) ^ u64(w1 * scale);
  const y = rotateRight(state.y + v1 + word(data, at + 48), 42n) * mul + v0 * scale + word(data, at + 40);
  const z = u64(rotateRight(state.z + w0, 33n) * mul);
  [state.v0, state.v1] = mix32(data, at, v1 * mul, x + w0);
  [state.w0, state.w1] = mix32(data, at + 32, z + w1, y + word(data, at + 16));
  state.x = z;
  state.y = u64(y);
  state.z = x;
}

function hashOver64(data: DataView, length: number): bigint {
  const y = u64(SEED * K1 + 113n);
  const state: LongState = {
    x: u64(SEED * K2 + word(data, 0)),
    y,
    z: u64(fold(y * K2 + 113n) * K2),
    v0: 0n,
    v1: 0n,
    w0: 0n,
    w1: 0n,
  };
  // Whole blocks first, leaving 1 to 64 bytes; then the last 64 bytes, which may overlap the block before.
  const rest = (length - 1) % 64;
  const end = length - 1 - rest;
  for (let at = 0; at < end; at += 64) mixBlock(state, data, at, K1, 1n);

  const mul = u64(K1 + ((state.z & 0xffn) << 1n));
  state.w0 = u64(state.w0 + BigInt(rest));
  state.v0 = u64(state.v0 + state.w0);
  state.w0 = u64(state.w0 + state.v0);
  mixBlock(state, data, length - 64, mul, 9n);

  return combine(
    combine(state.v0, state.w0, mul) + fold(state.y) * K0 + state.z,
    combine(state.v1, state.w1, mul) + state.x,
    mul,
  );
}

/**
 * FarmHash Fingerprint64 of a text's UTF-8 bytes or of the bytes given: the value behind BigQuery's
 * `FARM_FINGERPRINT` (which shows it as a signed INT64: `BigInt.asIntN(64, value)`) and behind Keras'
 * unsalted `Hashing` layer and TensorFlow's `string_to_hash_bucket_fast` (this value modulo the number of
 * buckets). Stable across platforms and versions. Not cryptographic.
 *
 * Source of the formula: Google FarmHash, `util::Fingerprint64`, which is `farmhashna::Hash64` on
 * little-endian words.
 *
 * @param text A string, hashed as UTF-8 (a lone surrogate counts as U+FFFD, as `TextEncoder` does), or bytes
 *   hashed as they are.
 * @returns An unsigned 64-bit integer, 0n to 2n ** 64n - 1n.
 */
export function farmFingerprint64(text: string | Uint8Array): bigint {
  let data: DataView;
  let length: number;
  if (typeof text === 'string') {
    length = encodeUtf8(text);
    data = utf8View();
  } else {
    length = text.length;
    data = new DataView(text.buffer, text.byteOffset, length);
  }
  if (length <= 16) return hashUpTo16(data, length);
  if (length <= 32) return hash17To32(data, length);
  if (length <= 64) return hash33To64(data, length);
  return hashOver64(data, length);
}
