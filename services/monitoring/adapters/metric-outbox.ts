import type { Series } from '../domain/metric.ts';
import type { Told } from '../domain/told.ts';
import { slowest } from './metric-ring.ts';

/** A process that was looked at. */
export interface Life {
  readonly source: string;
  readonly service: string;
  /** Unix seconds; both. */
  readonly began: number;
  readonly seen: number;
}
export interface Window {
  /** Unix seconds of its beginning. */
  readonly at: number;
  readonly lives: readonly Life[];
  readonly told: readonly Told[];
}
/** What was read and is not in the store yet: of each series the newest total, so that a long absence of the database loses nothing. */
export interface Outbox {
  add(at: number, life: Life, told: readonly Told[]): void;
  /** Those that begin before `end`, oldest first; they stay until `done`. */
  before(end: number): readonly Window[];
  done(end: number): void;
}
interface Open { readonly lives: Map<string, Life>; readonly told: Map<string, Map<Series, Told>> }

const SECONDS = 10;
/** Ten minutes, or about 60 MB; beyond them the two oldest become one: everything is counted, at a time that is less exact. */
const MOST = { windows: 60, told: 100_000 } as const;

export function openOutbox(): Outbox {
  const windows = new Map<number, Open>();

  function windowAt(at: number): Open {
    const known = windows.get(at);
    if (known) return known;
    const open: Open = { lives: new Map(), told: new Map() };
    windows.set(at, open);
    if (windows.size > MOST.windows || (windows.size > 2 && countOf(windows) > MOST.told)) joinOldest();
    return open;
  }
  function joinOldest(): void {
    const [oldest, next] = [...windows.keys()].toSorted((a, b) => a - b);
    const [from, into] = [windows.get(oldest ?? 0), windows.get(next ?? 0)];
    if (oldest === undefined || next === undefined || !from || !into) return;
    windows.delete(oldest);
    windows.set(next, from);
    for (const life of into.lives.values()) from.lives.set(life.source, life);
    for (const some of into.told.values()) for (const one of some.values()) addTo(from, one);
  }
  return {
    add(at, life, told) {
      const open = windowAt(at - (at % SECONDS));
      open.lives.set(life.source, life);
      for (const one of told) addTo(open, one);
    },
    before: (end) => [...windows].filter(([at]) => at < end).toSorted(([a], [b]) => a - b)
      .map(([at, { lives, told }]) => ({ at, lives: [...lives.values()], told: [...told.values()].flatMap((some) => [...some.values()]) })),
    done(end) {
      for (const at of windows.keys()) if (at < end) windows.delete(at);
    },
  };
}

function countOf(windows: ReadonlyMap<number, Open>): number {
  let count = 0;
  for (const { told } of windows.values()) for (const some of told.values()) count += some.size;
  return count;
}

/** The newest total, counted from where the oldest was. */
function addTo({ told }: Open, one: Told): void {
  const source = one.source ?? '';
  const ofSource = told.get(source) ?? new Map<Series, Told>();
  told.set(source, ofSource);
  const first = ofSource.get(one.series);
  if (!first) return void ofSource.set(one.series, one);
  const exemplar = slowest([...first.exemplars, ...one.exemplars]);
  ofSource.set(one.series, { ...one, base: first.base, exemplars: exemplar ? [exemplar] : [] });
}
