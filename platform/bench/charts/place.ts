import type { CDPSession } from 'playwright-core';
import { openPages } from '../pages.ts';

export const SERIES = 6;
export const POINTS = 3600;
const FAMILY = 'nodejs_eventloop_lag_seconds';

/** The chart of one family of the Metrics page, in a real browser: the built dashboard before the fake gateway. */
export interface Place {
  /** One more second at the end, through the page's own cache of answers. @returns milliseconds of the main thread, until it is painted */
  update(): Promise<number>;
  /** The same time with nothing to do: what the measuring itself and the rest of the page cost. */
  nothing(): Promise<number>;
  /** What the page holds after a collection, in MB. */
  heap(): Promise<number>;
  /** How many points the chart has drawn of each series; checked, so that no figure is of an empty chart. */
  drawn(): Promise<readonly number[]>;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const { page, context, signIn, close } = await openPages();
  const to = Math.floor(Date.now() / 1000) * 1000;
  // A range that has ended is asked for once: nothing but what is measured changes the chart.
  await signIn(`/metrics?from=${to - POINTS * 1000}&to=${to}&family=${FAMILY}`);
  await page.locator('.uplot canvas').nth(3).waitFor();
  await page.evaluate(hold, { series: SERIES, points: POINTS, from: to - POINTS * 1000 });
  const cdp = await context.newCDPSession(page);
  // Processor time of the thread: a busy machine makes a page wait, not work.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('HeapProfiler.enable');
  const timed = async (what: 'update' | 'nothing'): Promise<number> => {
    await page.evaluate(() => { (window as unknown as Held).held.prepare(); });
    const before = await taskMs(cdp);
    await page.evaluate((which) => (window as unknown as Held).held[which](), what);
    return await taskMs(cdp) - before;
  };
  return {
    update: () => timed('update'),
    nothing: () => timed('nothing'),
    async heap() {
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
    },
    drawn: () => page.evaluate(() => (window as unknown as Held).held.drawn()),
    close,
  };
}

async function taskMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

interface Held { held: { prepare(): void; update(): Promise<void>; nothing(): Promise<void>; drawn(): readonly number[] } }

/** Runs in the page: finds its cache of answers, and the chart, by the tree that React keeps beside the elements. */
function hold({ series, points, from }: { readonly series: number; readonly points: number; readonly from: number }): void {
  interface Fiber { readonly memoizedProps?: Record<string, unknown> | null; readonly memoizedState?: unknown; readonly return?: Fiber | null }
  interface Cache { getQueryCache(): { getAll(): readonly { readonly queryKey: readonly unknown[]; readonly state: { readonly data: object } }[] }; setQueryData(key: readonly unknown[], data: object): void }
  const box = [...document.querySelectorAll('.uplot')].at(-1)?.parentElement ?? undefined;
  const key = box && Object.keys(box).find((name) => name.startsWith('__reactFiber$'));
  if (!box || key === undefined) throw new Error('The page has no chart.');
  const above: Fiber[] = [];
  for (let fiber: Fiber | null | undefined = Reflect.get(box, key) as Fiber; fiber; fiber = fiber.return) above.push(fiber);
  const client = above.map(({ memoizedProps }) => memoizedProps?.['client']).find((value) => typeof value === 'object' && value !== null && 'setQueryData' in value) as Cache | undefined;
  const query = client?.getQueryCache().getAll().find(({ queryKey }) => queryKey[0] === 'family');
  if (!client || !query) throw new Error('The page keeps no answer for the chart.');
  let [moved, next] = [0, {}];
  const painted = () => new Promise<void>((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(() => setTimeout(resolve)); }); });
  const isPlot = (value: unknown): value is { readonly data: readonly (readonly unknown[])[] } => typeof value === 'object' && value !== null && 'setData' in value && 'data' in value;
  (window as unknown as Held).held = {
    prepare() {
      const at = Array.from({ length: points }, (_, index) => from + (moved + index) * 1000);
      next = { ...query.state.data, series: Array.from({ length: series }, (_, of) => ({ service: `s${of}`, kind: 'gauge', labels: {}, at, value: at.map((ms) => (of + 1) * (1 + Math.sin(ms / 60_000 + of))), p99: [] })) };
      moved += 1;
    },
    async update() {
      client.setQueryData(query.queryKey, next);
      await painted();
    },
    nothing: painted,
    drawn() {
      const state = above.find(({ memoizedProps }) => memoizedProps && 'onZoom' in memoizedProps && 'lines' in memoizedProps)?.memoizedState;
      for (let hook = state as { readonly memoizedState: unknown; readonly next: unknown } | null; hook; hook = hook.next as typeof hook) {
        if (isPlot(hook.memoizedState)) return hook.memoizedState.data.slice(1).map((values) => values.length);
      }
      return [];
    },
  };
}
