/** What must hold on every route: readable by everyone, within its budget, nothing from elsewhere; and its pictures. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { openSite, type Site } from './site.ts';
import { openBrowser, sendJourney, signIn, visit } from './visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(import.meta.dirname, '../pictures');
const scriptBudget = 180_000;
const looks = (['light', 'dark'] as const).flatMap((colours) => [{ width: 1280, height: 860, colours }, { width: 390, height: 844, colours }]);
let site: Site;
let browser: Browser;
let traceId: string;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  site = await openSite();
  browser = await openBrowser();
  const { page, close } = await visit(browser, site, looks[0] ?? { width: 1280, height: 860, colours: 'light' });
  await signIn(page, site);
  traceId = await sendJourney(page);
  await close();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const routes: readonly { readonly name: string; readonly path: () => string; readonly settled: (page: Page) => Promise<unknown> }[] = [
  { name: 'sign-in', path: () => '/sign-in', settled: (page) => page.getByLabel('Password').waitFor() },
  { name: 'overview', path: () => '/', settled: (page) => page.locator('li[data-health]').first().waitFor() },
  { name: 'journeys', path: () => '/journeys', settled: (page) => page.locator('main li a').first().waitFor() },
  { name: 'journey', path: () => `/journeys/${traceId}?in=staging`, settled: (page) => page.getByText('One connected tree.').waitFor() },
  { name: 'hop', path: () => `/journeys/${traceId}?in=staging`, settled: openHop },
  { name: 'not-found', path: () => '/nowhere', settled: (page) => page.getByRole('heading').waitFor() },
];

for (const look of looks) {
  for (const route of routes) {
    test(`${route.name}, ${look.width} px, ${look.colours}`, async (t) => {
      const { page, faults, close } = await visit(browser, site, look, /status of (401|404)/);
      if (route.name !== 'sign-in') await signIn(page, site);
      const scripts = new Map<string, number>();
      page.on('response', async (response) => {
        if (response.request().resourceType() === 'script') scripts.set(response.url(), gzipSync(await response.body().catch(() => Buffer.alloc(0))).length);
      });
      await page.goto(site.url + route.path());
      await route.settled(page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(pictures, `${route.name}-${look.width}-${look.colours}.png`), fullPage: true });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing lies beyond the right edge');
      assert.deepEqual(await seriousFindings(page), []);
      const bytes = [...scripts.values()].reduce((sum, each) => sum + each, 0);
      t.diagnostic(`${bytes} bytes of script (gzip)`);
      assert.ok(bytes > 0 && bytes <= scriptBudget, `${bytes} bytes of script (gzip), ${scriptBudget} allowed`);
      assert.deepEqual(faults, []);
      await close();
    });
  }
}

async function openHop(page: Page): Promise<void> {
  await page.getByText('One connected tree.').waitFor();
  await page.locator('li[data-line="sql"] button').first().click();
}

/** axe-core's findings that keep somebody out. It is run by the debugger, so the page's policy stays as it is. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate('axe.run().then(({ violations, passes }) => ({ violations, passes: passes.length }))') as {
    readonly passes: number; readonly violations: readonly { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
  };
  assert.ok(found.passes > 0, 'axe evaluated something');
  return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}
