import { types } from 'node:util';

/** A text field of whatever was thrown. Looks without `instanceof`: errors of Node's own may come from another realm. */
export function fieldOf(thrown: unknown, field: 'name' | 'message' | 'code'): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !(field in thrown)) return undefined;
  const value: unknown = Reflect.get(thrown, field);
  return typeof value === 'string' ? value : undefined;
}

export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}
