/** What must hold on every route: readable by everyone, within its budget, nothing from elsewhere; and its pictures. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page, Response } from 'playwright-core';
import { loadAxe, seriousFindings } from './axe.ts';
import { opened } from './opened.ts';
import { openStage } from './stage.ts';
import { askApi, sendJourney, signIn, until, visit, type Visitor } from './visitor.ts';

const pictures = join(import.meta.dirname, '../pictures');
/** Where a run removes its checkout, nobody looks at them. */
const pictured = process.env['JOURNEY_PICTURES'] !== 'none';
/** Of what is served at first; pages that show traces may have more. */
const scriptBudget = { ordinary: 180_000, trace: 230_000 };
const colours = ['light', 'dark'] as const;
const sizes = [{ width: 1280, height: 860 }, { width: 390, height: 844 }] as const;
const wide = { ...sizes[0], colours: 'light' } as const;
/** Before the fake gateway every route in every look. By hand on the real platform wide and narrow by turns: it says other words on the same pages. */
const isFake = process.env['JOURNEY_FAKE'] === '1';
const { site, browser } = await openStage(closePull);
let traceId: string;
let other: string;
let pull: number;
let points: readonly string[];
let session: Awaited<ReturnType<BrowserContext['cookies']>>;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  const { page, context, close } = await visit(browser, site, wide);
  await signIn(page, site);
  session = await context.cookies();
  other = await sendJourney(page);
  await page.goto(site.url);
  traceId = await sendJourney(page);
  pull = await openPull(page);
  points = await newestCommits(page);
  await close();
});

const routes: readonly { readonly name: string; readonly path: () => string; readonly settled: (page: Page) => Promise<unknown>; /** What a person opens there: not of what is served at first. */ readonly act?: (page: Page) => Promise<unknown>; readonly trace?: true }[] = [
  { name: 'sign-in', path: () => '/sign-in', settled: (page) => page.getByLabel('Password').waitFor() },
  { name: 'overview', path: () => '/', settled: (page) => page.locator('li[data-health]').first().waitFor() },
  { name: 'send', path: () => '/send?preset=golden&route=deployment.create&body.workload=configuration&body.environment=local&body.revision=worktree&body.reason=Why', settled: (page) => page.locator('[data-field="body.reason"]').waitFor() },
  { name: 'confirm', path: () => '/send?route=deployment.setAutomatic&path.environment=local&body.automatic=true&body.reason=Why', settled: openConfirm },
  { name: 'palette', path: () => '/journeys', settled: (page) => page.locator('main li a').first().waitFor(), act: openPalette },
  { name: 'tour', path: () => '/', settled: (page) => page.locator('li[data-health]').first().waitFor(), act: openTour },
  { name: 'api', path: () => '/api-reference?route=deployment.create', settled: (page) => page.locator('[data-operation="deployment.create"] ul').first().waitFor() },
  { name: 'journeys', path: () => '/journeys', settled: (page) => page.locator('main li a').first().waitFor() },
  { name: 'journey', path: () => `/journeys/${traceId}?in=staging`, settled: (page) => page.getByText('One connected tree.').waitFor(), trace: true },
  { name: 'hop', path: () => `/journeys/${traceId}?in=staging`, settled: openHop, trace: true },
  { name: 'compare-runs', path: () => `/journeys/compare?a=${traceId}&b=${other}`, settled: (page) => page.locator('[data-pair]').first().waitFor(), trace: true },
  { name: 'moment', path: () => `/journeys/${traceId}`, settled: openMoment, trace: true },
  { name: 'docs', path: () => '/docs', settled: (page) => page.locator('[data-doc="README.md"]').waitFor() },
  { name: 'decision', path: () => '/docs/platform/decisions/0011-libraries.md', settled: (page) => page.locator('[data-doc]').waitFor() },
  { name: 'glossary', path: () => '/glossary#hop', settled: (page) => page.locator('#hop').waitFor() },
  { name: 'environments', path: () => '/environments', settled: (page) => page.locator('[data-cell="local/gateway"]:visible').waitFor() },
  { name: 'cell', path: () => '/environments?open=local/gateway', settled: (page) => page.locator('h2:visible', { hasText: 'gateway in local' }).waitFor() },
  { name: 'pulls', path: () => '/pulls', settled: (page) => page.locator(`[data-pull="${pull}"]`).waitFor() },
  { name: 'pull', path: () => `/pulls/${pull}`, settled: (page) => page.locator('pre[data-diff]').waitFor() },
  { name: 'history', path: () => '/history', settled: (page) => page.locator('[data-entry]').first().waitFor() },
  { name: 'compare', path: () => `/history?from=${points[1]}&to=${points[0]}`, settled: (page) => page.locator('pre[data-diff]').waitFor() },
  { name: 'drift', path: () => '/drift', settled: (page) => page.locator('[data-drift], [data-in-sync]').first().waitFor() },
  { name: 'manifests', path: () => '/environments/dev/manifests', settled: (page) => page.getByText('Choose a file.').waitFor() },
  { name: 'manifest', path: () => '/environments/dev/manifests?path=kubernetes/gateway/deployment.yaml&object=Deployment/gateway', settled: (page) => page.locator('[data-marked]').first().waitFor() },
  { name: 'logs', path: () => '/logs', settled: (page) => page.locator('li[data-line-id]').first().waitFor() },
  { name: 'alerts', path: () => '/alerts', settled: (page) => page.locator('[data-rule]').first().waitFor({ state: 'attached' }) },
  { name: 'alert-rule', path: () => '/alerts?edit=new', settled: (page) => page.getByRole('dialog').getByLabel('Name').waitFor() },
  { name: 'services', path: () => '/services?open=deployment', settled: (page) => page.locator('[data-detail] tr[data-group]').first().waitFor() },
  { name: 'edge', path: () => '/services?standard=1', settled: (page) => page.locator('tr[data-edge]').first().waitFor(), act: openEdge },
  { name: 'model', path: () => '/model', settled: (page) => page.locator('tr[data-declares]').first().waitFor() },
  { name: 'metrics', path: () => '/metrics', settled: (page) => page.locator('.uplot canvas').nth(2).waitFor(), trace: true },
  { name: 'faults', path: () => '/faults?kind=errors', settled: (page) => page.getByRole('button', { name: 'Switch it on' }).waitFor() },
  { name: 'not-found', path: () => '/nowhere', settled: (page) => page.getByRole('heading').waitFor() },
];

for (const [turn, size] of sizes.entries()) {
  describe(`${size.width} px`, () => {
    /** One window for all routes of a width: from one to the next it keeps the dashboard's own files, and how far the tour has got is set anew. */
    let visitor: Visitor;
    let seen = 0;
    before(async () => { visitor = await visit(browser, site, { ...size, colours: 'light' }, /status of (401|404)/); });
    after(() => visitor.close());
    for (const [index, route] of routes.entries()) {
      if (!isFake && index % sizes.length !== turn) continue;
      // Loaded once for each width; the colours are the style sheet's alone, so they change in place. Every route is loaded in each of them.
      const inTurn = (index + turn) % 2 === 0 ? colours : colours.toReversed();
      test(`${route.name}, ${inTurn.join(' and ')}`, async (t) => {
        const { page, context, faults } = visitor;
        await context.clearCookies();
        if (route.name !== 'sign-in') await context.addCookies(session);
        const scripts = new Map<string, Promise<number>>();
        const weigh = (response: Response) => {
          if (response.request().resourceType() === 'script') scripts.set(response.url(), sizeOf(response));
        };
        page.on('response', weigh);
        await page.emulateMedia({ colorScheme: inTurn[0] ?? null });
        await page.goto(site.url + route.path());
        await route.settled(page);
        const bytes = (await Promise.all(scripts.values())).reduce((sum, each) => sum + each, 0);
        page.off('response', weigh);
        await route.act?.(page);
        await page.evaluate(() => document.fonts.ready);
        await loadAxe(page);
        for (const colour of inTurn) {
          await page.emulateMedia({ colorScheme: colour });
          if (pictured) await page.screenshot({ path: join(pictures, `${route.name}-${size.width}-${colour}.png`), fullPage: true });
          // Not innerWidth: on a phone that grows with what lies beyond.
          assert.ok(await page.evaluate((width) => document.documentElement.scrollWidth <= width, size.width), `nothing lies beyond the right edge (${colour})`);
          assert.deepEqual(await seriousFindings(page), [], colour);
        }
        t.diagnostic(`${bytes} bytes of script (gzip)`);
        const budget = scriptBudget[route.trace ? 'trace' : 'ordinary'];
        assert.ok(bytes > 0 && bytes <= budget, `${bytes} bytes of script (gzip), ${budget} allowed`);
        // Also what came late from the route before: nothing is lost, and a fault says where it was.
        const since = faults.slice(seen);
        seen = faults.length;
        assert.deepEqual(since, []);
      });
    }
  });
}

/** Each once: a style that is wrong in one of these is wrong in both colours or on both widths by the routes above. */
const openedLooks = [{ ...sizes[0], colours: 'light' }, { ...sizes[1], colours: 'dark' }] as const;
for (const look of isFake ? openedLooks : []) {
  test(`what is opened over a page, ${look.width} px, ${look.colours}`, async (t) => {
    const { page, context, faults, close } = await visit(browser, site, look, /status of (404|503)/);
    await context.addCookies(session);
    for (const { name, path, open, within, undo } of opened(pull)) {
      await t.test(name, async () => {
        await page.goto(site.url + path);
        await open(page);
        await loadAxe(page);
        if (pictured) await page.screenshot({ path: join(pictures, `${name}-${look.width}-${look.colours}.png`) });
        assert.ok(await page.evaluate((width) => document.documentElement.scrollWidth <= width, look.width), 'nothing lies beyond the right edge');
        assert.deepEqual(await seriousFindings(page, within), []);
        await undo?.(page);
      });
    }
    assert.deepEqual(faults, []);
    await close();
  });
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
}

async function openTour(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByText('Take the tour').click();
  await page.locator('[data-tour]').waitFor();
}

async function openConfirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send and watch' }).click();
  await page.getByRole('dialog').waitFor();
}

async function openEdge(page: Page): Promise<void> {
  await page.locator('tr[data-edge="gateway.AUTH_URL>auth"] button').click();
  await page.locator('[data-chosen] [data-source]').waitFor();
}

async function openMoment(page: Page): Promise<void> {
  await page.getByText('One connected tree.').waitFor();
  await page.locator('[data-moment] summary, details summary', { hasText: 'What was deployed and configured then' }).click();
  await page.locator('tr[data-workload]').first().waitFor();
}

async function openHop(page: Page): Promise<void> {
  await page.getByText('One connected tree.').waitFor();
  await page.locator('li[data-line="sql"] button').first().click();
}

/** What a script weighs does not change with the page that loads it: each is measured once. */
const weighed = new Map<string, Promise<number>>();
function sizeOf(script: Response): Promise<number> {
  const known = weighed.get(script.url()) ?? script.body().then((body) => gzipSync(body).length);
  weighed.set(script.url(), known);
  return known;
}

/** A knob turned by one, so that there is a pull request to look at; it is never merged. */
async function openPull(page: Page): Promise<number> {
  const { environments } = await askApi(page, 'GET', '/v1/environments') as { environments: readonly { name: string; knobs: readonly { name: string; value: number }[] }[] };
  const limit = environments.find(({ name }) => name === 'local')?.knobs.find(({ name }) => name === 'rateLimit')?.value ?? 200;
  const { id } = await askApi(page, 'POST', '/v1/changes', { environment: 'local', knob: 'rateLimit', value: limit + 1, reason: 'A pull request to look at' });
  return until('a pull request', async () => {
    const { pull: number } = await askApi(page, 'GET', `/v1/deployments/${String(id)}`);
    return typeof number === 'number' ? number : undefined;
  });
}

async function closePull(): Promise<void> {
  if (!pull) return;
  const { page, close } = await visit(browser, site, wide);
  await signIn(page, site);
  await askApi(page, 'POST', `/v1/pulls/${pull}/closing`, { reason: 'Looked at' });
  await close();
}

async function newestCommits(page: Page): Promise<readonly string[]> {
  const { entries } = await askApi(page, 'GET', '/v1/history?limit=2') as { entries: readonly { commit: string; parents: readonly string[] }[] };
  return entries.length > 1 ? entries.map(({ commit }) => commit) : [entries[0]?.commit ?? '', entries[0]?.parents[0] ?? ''];
}
