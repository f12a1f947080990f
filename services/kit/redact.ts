import { isSecret } from './secret.ts';
import { isError } from './thrown.ts';

export const MASK = '[secret]';
/** Keys whose values are never written, whatever they hold. Compared without case, "-" and "_"; of `http.request.header.cookie` the last word counts as well. */
const DENIED = /^(authorization|proxyauthorization|cookies?|setcookie|.*password|passwd|pwd|.*passphrase|.*secret|.*token|.*apikey|.*accesskey|.*secretkey|.*privatekey|signingkey|cookiekey|workloadkey|credentials?|connectionstring|databaseurl|dsn|jwt|session|sessionid|otp|pin|link)$/;
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

/** Credentials that stand inside a text: in a URL, after "Bearer". Long texts are cut. */
export function textOf(text: string): string {
  const cut = text.length > LIMITS.characters ? `${text.slice(0, LIMITS.characters)}… (${text.length} characters)` : text;
  return withoutCredentials(cut);
}

/** Each pattern looks at a sign a few times at most, however hostile the text is: a start is a place where no other match can have begun. */
export function withoutCredentials(text: string): string {
  if (text.length < SHORTEST || (!text.includes('://') && !text.includes('eyJ') && !SCHEME_END.test(text))) return text;
  return text
    .replace(/([a-z0-9+.-]:\/\/)[^\s/@]+@/gi, `$1${MASK}@`)
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MASK}`)
    .replace(/(?<![\w-])([\w-]{11,})\.[\w-]+\.[\w-]*/g, (whole, head: string) => (/eyJ[\w-]{8}/.test(head) ? head.slice(0, head.indexOf('eyJ')) + MASK : whole));
}
/** `://a@` is the shortest that is masked. */
const SHORTEST = 5;
/** Of "Bearer " and "Basic ": most texts are told apart by two signs. */
const SCHEME_END = /[rRcC]\s/;

export function isDenied(key: string): boolean {
  const before = judged.get(key);
  if (before !== undefined) return before;
  // The end of it says what it is, and whoever makes up long keys must not be able to hide it.
  const end = key.slice(-LONGEST_KEY);
  const denied = isDeniedWord(end) || isDeniedWord(end.split(/[^\w-]+/).findLast((word) => /[a-z]/i.test(word)) ?? '');
  if (end === key) {
    if (judged.size >= MOST_KEYS) judged.clear();
    judged.set(key, denied);
  }
  return denied;
}
const LONGEST_KEY = 200;
/** The same keys come again and again; those that somebody makes up must not fill the memory. */
const MOST_KEYS = 2000;
const judged = new Map<string, boolean>();
const isDeniedWord = (word: string): boolean => DENIED.test(word.toLowerCase().replace(/[-_]/g, ''));

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
