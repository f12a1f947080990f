import { sortedBy } from '../sorted.ts';

/** The same value with its keys in order and without cdktf's own notes (`//`), which hold paths and versions. */
export function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, inner]) => key !== '//' && inner !== undefined);
  return Object.fromEntries(sortedBy(entries, ([key]) => key).map(([key, inner]) => [key, stable(inner)]));
}
