import { MASK, withoutCredentials } from '../../kit/credentials.ts';
import { isDenied } from '../../kit/denied.ts';
import { LONGEST, textOf } from './text.ts';

/**
 * Our own workloads mask what they say (services/kit/redact.ts, credentials.ts); a foreign program may not. Its keys and texts go through the same list here, before
 * anything is kept. `count` is how many values of one request were masked.
 */
export interface Masks { count: number }
/** A key as it is kept. */
interface Name {
  readonly text: string;
  /** Its value is never kept. */
  readonly isDenied: boolean;
  /** It held a credential itself. */
  readonly isMasked: boolean;
}

const LONGEST_KEY = 200;
/** A credential that begins before a text is cut and ends behind that is found. */
const BEYOND = 8192;

/** Text in which credentials are masked. */
export function saidOf(value: unknown, masks: Masks, longest: number = LONGEST): string | null {
  if (typeof value !== 'string') return null;
  const near = value.length > longest ? value.slice(0, longest + BEYOND) : value;
  const safe = withoutCredentials(near);
  if (safe !== near) masks.count += 1;
  return textOf(safe, longest);
}

/** In place of a value under a denied key. One that its sender has masked is not counted. */
export function maskedOf(value: unknown, masks: Masks): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (!('stringValue' in value && value.stringValue === MASK)) masks.count += 1;
  return MASK;
}

/** @returns null for what is no key */
export function nameOf(key: unknown): Name | null {
  if (typeof key !== 'string' || key === '') return null;
  const before = names.get(key);
  if (before) return before;
  const masks: Masks = { count: 0 };
  const name = {
    text: saidOf(key, masks, LONGEST_KEY) ?? '',
    // A mask is no word that says what the value is.
    isDenied: isDenied(key.replaceAll(MASK, '')), isMasked: masks.count > 0,
  };
  if (key.length > LONGEST_KEY) return name;
  if (names.size >= MOST_NAMES) names.clear();
  names.set(key, name);
  return name;
}
/** The same keys come with every span; those that somebody makes up must not fill the memory. */
const MOST_NAMES = 2000;
const names = new Map<string, Name>();
