import { types } from 'node:util';

/** Errors of Node itself and of libraries, whichever realm they were made in (`instanceof` fails across realms, as in jest). */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value);
}

/** `ECONNREFUSED`, `23505` … */
export function codeOf(error: unknown): string | undefined {
  return isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The errors that an attempt at several addresses ended with. */
export function partsOf(error: unknown): readonly unknown[] {
  return isError(error) && 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
}

/** What it says, without a stack; an AggregateError says nothing by itself. */
export function messageOf(error: unknown): string {
  const parts = partsOf(error);
  if (parts.length > 0) return parts.map(messageOf).join('; ');
  return isError(error) ? error.message || codeOf(error) || error.name : String(error);
}

/** `configuration.DATABASE` → `configuration`: the service whose hop ended. */
export function serviceOf(reference: string): string {
  return reference.split('.')[0] ?? reference;
}
