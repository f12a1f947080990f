import { figureOf, type Figure } from '../statistics.ts';
import type { Load } from './load.ts';

/** One figure, against its target where it has one. */
export interface Row { readonly what: string; readonly figure: Figure; readonly unit: string; readonly target?: number; readonly judged: 'median' | 'max' }

export const met = ({ figure, judged, target }: Row): boolean => target === undefined || figure[judged] <= target;

/** The same load three times: at once after `up`, when nothing is warm yet; then for the answers; then for the memory, since to read it costs a tenth of a processor. */
export interface Loads { readonly first: Load; readonly answers: Load; readonly memory: Load; readonly statements: readonly Statement[] }
/** Of one SQL statement during `answers`, as its page shows it; p99 in seconds. */
export interface Statement { readonly requests: number; readonly p99: number | null }

/** Fewer executions have no hundredth. */
const ENOUGH = 100;

export function rowsOfLoad({ first, answers, memory, statements }: Loads, rate: number): Row[] {
  const asked = statements.filter(({ requests }) => requests >= ENOUGH);
  if (asked.length === 0) throw new Error(`No SQL statement was seen ${ENOUGH} times: the figures would describe nothing.`);
  return [
    { what: `memory of all processes (PSS) at ${rate}/s`, figure: figureOf(memory.pssMiB), unit: 'MiB', target: 1228.8, judged: 'max' },
    p99Of(`the first ${first.asked} golden journeys after up, p99`, first),
    { ...p99Of(`golden journey at ${rate}/s, p99 of ${answers.asked}`, answers), target: 100 },
    { what: `SQL at ${rate}/s, p99 of each of ${asked.length} statements`, figure: figureOf(asked.map(({ p99 }) => (p99 ?? Number.NaN) * 1000)), unit: 'ms', target: 50, judged: 'max' },
  ];
}

/** @throws {Error} when a journey was refused: the figures would describe refusals */
function p99Of(what: string, { asked, taken, millis }: Load): Row {
  if (taken !== asked) throw new Error(`${asked} golden journeys were asked for and ${taken} were taken: the figures would describe refusals.`);
  const sorted = millis.toSorted((a, b) => a - b);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  return { what, figure: { ...figureOf(millis), median: p99 }, unit: 'ms', judged: 'median' };
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
