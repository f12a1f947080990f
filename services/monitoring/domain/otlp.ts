/**
 * Reading OTLP/JSON that anybody may have written (opentelemetry-proto 1.x, "JSON Protobuf Encoding"). Each function
 * answers a usable value or null; nothing throws, nothing recurses without a limit, every text can be stored.
 */
import { saidOf, maskedOf, nameOf, type Masks } from './mask.ts';
import type { Attributes } from './span.ts';
import { textOf } from './text.ts';

export const LIMITS = { attributes: 128, items: 64, depth: 4 } as const;
type Record_ = Readonly<Record<string, unknown>>;

export function recordOf(value: unknown): Record_ {
  return isRecord(value) ? value : {};
}
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Hexadecimal of exactly this many digits, in lower case; all zeros mean "none". */
export function idOf(value: unknown, digits: 16 | 32): string | null {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/i.test(value) || /^0+$/.test(value)) return null;
  return value.toLowerCase();
}

/** A fixed64 is a decimal text in proto JSON; writers that send a number are understood as well. */
export function nanosOf(value: unknown): bigint | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,19}$/.test(text)) return null;
  const nanos = BigInt(text);
  return nanos > 0n && nanos < 2n ** 63n ? nanos : null;
}

/** A uint32: how many, or bits. Proto JSON has a number, and a text is understood. */
export function countOf(value: unknown): number {
  const count = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count > 0 && count < 2 ** 32 ? count : 0;
}

/**
 * `[{key, value: AnyValue}]` as an object; what is ill-formed is left out, the first of two equal keys stays. All attributes come in here: what stands
 * under a key of the deny-list is masked whatever it is.
 */
export function attributesOf(value: unknown, masks: Masks = { count: 0 }, depth: number = LIMITS.depth): Attributes {
  const found = new Map<string, unknown>();
  for (const entry of listOf(value).slice(0, LIMITS.attributes)) {
    const { key, value: any } = recordOf(entry);
    const name = nameOf(key);
    if (name === null || found.has(name.text)) continue;
    const plain = name.isDenied ? maskedOf(any, masks) : anyOf(any, masks, depth);
    if (plain === undefined) continue;
    if (name.isMasked) masks.count += 1;
    found.set(name.text, plain);
  }
  return Object.fromEntries(found);
}

/** An AnyValue as a JSON value; undefined when it is none. Integers are decimal texts in proto JSON. */
export function anyOf(value: unknown, masks: Masks = { count: 0 }, depth: number = LIMITS.depth): unknown {
  if (!isRecord(value) || depth === 0) return undefined;
  if (value['stringValue'] !== undefined) return saidOf(value['stringValue'], masks) ?? undefined;
  if (typeof value['boolValue'] === 'boolean') return value['boolValue'];
  if (value['intValue'] !== undefined) return integerOf(value['intValue']);
  if (typeof value['doubleValue'] === 'number') return Number.isFinite(value['doubleValue']) ? value['doubleValue'] : undefined;
  if (isRecord(value['arrayValue'])) {
    return listOf(value['arrayValue']['values']).slice(0, LIMITS.items).map((item) => anyOf(item, masks, depth - 1)).filter((item) => item !== undefined);
  }
  if (isRecord(value['kvlistValue'])) return attributesOf(value['kvlistValue']['values'], masks, depth - 1);
  return textOf(value['bytesValue']) ?? undefined;
}

function integerOf(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) return undefined;
  // Beyond 2^53 only the text is exact.
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function isRecord(value: unknown): value is Record_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
