import type { CallAnswer } from '../../kit/client.ts';
import type { Kit } from '../../kit/kit.ts';
import { pause } from '../../kit/pause.ts';
import { problem, Problem } from '../../kit/problem.ts';
import { healthPaths } from '../../kit/standard.ts';
import { untraced } from '../../kit/telemetry.ts';
import { fieldOf } from '../../kit/thrown.ts';
import { isKept, type SeriesBook } from '../domain/metric.ts';
import { openGrowth } from '../domain/metric-growth.ts';
import { readExposition } from '../domain/metric-text.ts';
import type { Target } from '../domain/targets.ts';
import type { Inherited } from './metric-before.ts';
import type { Outbox } from './metric-outbox.ts';
import type { Ring } from './metric-ring.ts';

/** Reads the `/metrics` of every workload once a second. */
export interface Scrape {
  start(): void;
  stop(): Promise<void>;
  looks(): readonly Look[];
}
/** The last look at one target. */
export interface Look {
  readonly target: string;
  /** Unix time in milliseconds; null before the first. */
  readonly at: number | null;
  readonly tookMs: number;
  readonly bytes: number;
  readonly series: number;
  /** Series beyond the bound. */
  readonly refused: number;
  readonly leftOut: readonly string[];
  readonly error: string | null;
}
/** Monitoring reads its own figures without asking itself. */
export interface Own { readonly name: string; readonly text: () => Promise<string> }

/** Where looks go: the seconds that are shown, and the totals that are to be kept. */
interface Into {
  readonly ring: Ring;
  readonly outbox: Outbox;
  readonly book: SeriesBook;
  readonly inherited: () => Promise<Inherited>;
}

const EVERY_MS = 1000;
const BYTES = 4 * 1024 * 1024;
/** One that has no figures (the pages) is asked again seldom. */
const NONE_MS = 30_000;
export const MOST_SERIES = 20_000;

export function openScrape(kit: Pick<Kit, 'call'>, targets: readonly Target[], own: Own, into: Into, everyMs = EVERY_MS): Scrape {
  const looks = new Map([own.name, ...targets.map(({ name }) => name)].map((target): [string, Look] => [target, { target, at: null, tookMs: 0, bytes: 0, series: 0, refused: 0, leftOut: [], error: null }]));
  const stopped = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  /** @param afterMs spreads the looks over their second: all at once they would take the processors from the requests that they count */
  async function follow(name: string, text: () => Promise<string>, inherited: Inherited, afterMs: number): Promise<void> {
    const grow = openGrowth(name, into.book, inherited.of(name));
    await pause(afterMs, stopped.signal);
    for (let next = performance.now(); !stopped.signal.aborted;) {
      const began = performance.now();
      let isNone = false;
      try {
        const read = await text();
        const now = Date.now();
        const exposition = readExposition(read, isKept, MOST_SERIES);
        const { grown, told, refused, source } = grow(exposition, now / 1000);
        const seen = Math.floor(now / 1000);
        into.ring.add(seen, grown);
        into.outbox.add(seen, { source, service: name, began: exposition.startedAt, seen }, told);
        looks.set(name, { target: name, at: now, tookMs: Math.round(performance.now() - began), bytes: read.length, series: exposition.readings.length, refused, leftOut: exposition.leftOut.slice(0, 100), error: null });
      } catch (error) {
        if (stopped.signal.aborted) return;
        isNone = error instanceof Problem && error.code === 'not_found';
        const why = error instanceof Problem ? error.detail : fieldOf(error, 'message') ?? 'failed';
        looks.set(name, { target: name, at: Date.now(), tookMs: Math.round(performance.now() - began), bytes: 0, series: 0, refused: 0, leftOut: [], error: isNone ? 'It has no /metrics.' : why.slice(0, 300) });
      }
      // In step with the clock: each second has one look, however long the one before took.
      next = Math.max(next + (isNone ? NONE_MS : everyMs), performance.now());
      await pause(next - performance.now(), stopped.signal);
    }
  }
  const ask = ({ name, url }: Target) => async (): Promise<string> => {
    const { body } = await kit.call({ service: name, url, reference: 'monitoring.WORKLOADS' }, { method: 'GET', path: healthPaths.metrics, read: 'text', fresh: true, timeoutMs: 1000, maxBytes: BYTES, signal: stopped.signal, refused: refusalOf(name) });
    const text = typeof body === 'string' ? body : '';
    // The pages have one of that name for people: once a second it would be drawn for nobody.
    if (/^\s*</.test(text)) throw problem('not_found', `${name} answered with a page.`);
    return text;
  };
  return {
    start() {
      running = untraced(async () => {
        const inherited = await into.inherited();
        const all = [own, ...targets.map((target) => ({ name: target.name, text: ask(target) }))];
        await Promise.all(all.map(({ name, text }, place) => follow(name, text, inherited, (place * everyMs) / all.length)));
      });
    },
    async stop() {
      stopped.abort();
      await running;
    },
    looks: () => [...looks.values()],
  };
}

const refusalOf = (target: string) => ({ status }: CallAnswer): Problem => problem(status === 404 ? 'not_found' : 'upstream_unavailable', `${target} answered ${status}.`);
