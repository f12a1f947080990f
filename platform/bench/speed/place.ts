import type { Page } from 'playwright-core';
import { openPages } from '../pages.ts';

/** The pages as a person at a desk feels them, in milliseconds of the wall clock: what is late is late, whoever took the processor. */
export interface Place {
  /** How many hops the large journey has: checked, so that no figure is of a small one. */
  readonly hops: number;
  /** The page of that journey. */
  readonly path: string;
  /** Loads a page anew. @returns when its largest thing was painted (W3C, "Largest Contentful Paint") */
  paint(path: string): Promise<number>;
  /** Wheels through the large journey, most of a screen each frame. @returns the longest task (W3C, "Long Tasks API"), 0 when none took 50 ms */
  scroll(): Promise<number>;
  /** As many frames with nothing to do: what the machine adds. */
  stand(): Promise<number>;
  /** Opens one of its hops. @returns the time from the click to the frame after what it opened is there */
  click(run: number): Promise<number>;
  close(): Promise<void>;
}

const FRAMES = 300;
/** An LCP is final when nothing larger was painted for so long. */
const QUIET_MS = 1000;

export async function openPlace(): Promise<Place> {
  const { site, page, signIn, close } = await openPages();
  try {
    await signIn('/');
    let at = '';
    const large = async () => {
      if (at === site.largePath) return;
      await page.goto(site.url + site.largePath);
      await page.locator('li[data-hop]').first().waitFor({ timeout: 60_000 });
      // It has arrived: until then the page still asks for more.
      await page.getByText('One connected tree.').waitFor({ timeout: 60_000 });
      await page.waitForTimeout(QUIET_MS);
      at = site.largePath;
    };
    await large();
    const hops = Number(await page.locator('li[data-hop]').first().getAttribute('aria-setsize'));
    return {
      hops, path: site.largePath,
      async paint(path) {
        at = path;
        await page.goto(site.url + path);
        return page.evaluate(largestPaint, QUIET_MS);
      },
      scroll: async () => { await large(); return longestTask(page, 700); },
      stand: async () => { await large(); return longestTask(page, 0); },
      click: async (run) => { await large(); return page.evaluate(clicked, run); },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs in the page. */
function largestPaint(quietMs: number): Promise<number> {
  return new Promise((resolve) => {
    let last = 0;
    new PerformanceObserver((list) => { last = list.getEntries().at(-1)?.startTime ?? last; }).observe({ type: 'largest-contentful-paint', buffered: true });
    const look = () => {
      if (last > 0 && performance.now() - last > quietMs) resolve(last);
      else setTimeout(look, 100);
    };
    look();
  });
}

/** @param step pixels a frame */
const longestTask = (page: Page, step: number): Promise<number> => page.evaluate(async ({ frames, by }) => {
  window.scrollTo(0, 0);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  const tasks: number[] = [0];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  watch.observe({ type: 'longtask' });
  for (let at = 0; at <= frames; at += 1) {
    window.scrollBy(0, by);
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
  }
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  watch.disconnect();
  return Math.max(...tasks);
}, { frames: FRAMES, by: step });

/** Runs in the page: opens a hop that is in sight. */
async function clicked(run: number): Promise<number> {
  window.scrollTo(0, 2000 + run * 20_000);
  await new Promise((resolve) => { setTimeout(resolve, 400); });
  const button = [...document.querySelectorAll<HTMLElement>('li[data-hop] button[aria-expanded="false"]')].find((one) => one.getBoundingClientRect().top > 100);
  if (!button) throw new Error('No hop is in sight.');
  const began = performance.now();
  button.click();
  while (button.getAttribute('aria-expanded') !== 'true' && performance.now() - began < 5000) await new Promise((resolve) => { requestAnimationFrame(resolve); });
  await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
  return performance.now() - began;
}
