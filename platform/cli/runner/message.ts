import type { ExitCode } from '../command.ts';
import type { FirstSignIn } from './people.ts';

/** What a detached runner says to the `up` that started it, until everything is ready. */
export type Message =
  | { readonly type: 'tell'; readonly line: string }
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'ready'; readonly firstSignIn?: FirstSignIn }
  | { readonly type: 'taken' }
  | Failed;
export interface Failed { readonly type: 'failed'; readonly code: ExitCode; readonly what: string; readonly why: string; readonly fix: string }

const CODES: readonly unknown[] = [1, 2, 3, 4, 5, 130];
const TEXTS: Readonly<Record<string, readonly string[]>> = { tell: ['line'], progress: ['text'], ready: [], taken: [], failed: ['what', 'why', 'fix'] };

/** @returns undefined for anything that is not one of ours */
export function messageFrom(raw: unknown): Message | undefined {
  return isMessage(raw) ? raw : undefined;
}

function isMessage(raw: unknown): raw is Message {
  if (typeof raw !== 'object' || raw === null || !('type' in raw) || typeof raw.type !== 'string') return false;
  const texts = Object.hasOwn(TEXTS, raw.type) ? TEXTS[raw.type] : undefined;
  if (!texts?.every((key) => typeof Reflect.get(raw, key) === 'string')) return false;
  return raw.type !== 'failed' || ('code' in raw && CODES.includes(raw.code));
}
