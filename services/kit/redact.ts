import { MASK, withoutCredentials } from './credentials.ts';
import { isDenied } from './denied.ts';
import { isSecret } from './secret.ts';
import { isError } from './thrown.ts';

const LIMITS = { depth: 8, keys: 100, items: 100, characters: 8192 } as const;

/** A copy that may be logged: secrets masked by key and by type, errors readable, cycles and giants cut. */
export function redacted(value: unknown, depth = 0, seen: readonly object[] = []): unknown {
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) return MASK;
  if (seen.includes(value)) return '[circular]';
  if (depth >= LIMITS.depth) return '[deeper]';
  const inside = [...seen, value];
  if (isError(value)) return errorOf(value, depth, inside);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL) return textOf(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return redacted(Object.fromEntries(value), depth, inside);
  if (value instanceof Set) return redacted([...value], depth, inside);
  if (Array.isArray(value)) return value.slice(0, LIMITS.items).map((item) => redacted(item, depth + 1, inside));
  return Object.fromEntries(Object.entries(value).slice(0, LIMITS.keys).map(([key, inner]) =>
    [key, isDenied(key) ? MASK : redacted(inner, depth + 1, inside)]));
}

/** Without the credentials that stand in it. Long texts are cut. */
export function textOf(text: string): string {
  const cut = text.length > LIMITS.characters ? `${text.slice(0, LIMITS.characters)}… (${text.length} characters)` : text;
  return withoutCredentials(cut);
}

function errorOf(error: Error, depth: number, seen: readonly object[]): Record<string, unknown> {
  return {
    type: error.name,
    message: textOf(error.message),
    ...('code' in error ? { code: redacted(error.code, depth + 1, seen) } : {}),
    ...(error.stack === undefined ? {} : { stack: textOf(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redacted(error.cause, depth + 1, seen) }),
    ...(error instanceof AggregateError ? { errors: redacted(error.errors, depth + 1, seen) } : {}),
  };
}
