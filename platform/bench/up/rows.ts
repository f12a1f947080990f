import { figureOf, type Figure } from '../statistics.ts';
import type { Load } from './load.ts';

/** One figure against its target. */
export interface Row { readonly what: string; readonly figure: Figure; readonly unit: string; readonly target: number; readonly judged: 'median' | 'max' }

export const met = ({ figure, judged, target }: Row): boolean => figure[judged] <= target;

/** @throws {Error} when a journey was refused: the figures would describe refusals */
export function rowsOfLoad({ asked, taken, millis, pssMiB }: Load, rate: number): Row[] {
  if (taken !== asked) throw new Error(`${asked} golden journeys were asked for and ${taken} were taken: the figures would describe refusals.`);
  const sorted = millis.toSorted((a, b) => a - b);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  return [
    { what: `memory of all processes (PSS) at ${rate}/s`, figure: figureOf(pssMiB), unit: 'MiB', target: 1228.8, judged: 'max' },
    { what: `golden journey at ${rate}/s, p99 of ${asked}`, figure: { ...figureOf(millis), median: p99 }, unit: 'ms', target: 100, judged: 'median' },
  ];
}

/** Walks into a parsed value; a list is walked by the `name` of its entries. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner.find((one: unknown) => at(one, 'name') === key);
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
  }, value);
}
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  if (typeof found === 'string') return found;
  throw new Error(`No ${path.join('.')}.`);
}
