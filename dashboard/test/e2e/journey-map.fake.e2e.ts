/** The service map of a journey lights up while the request is still on its way; and what is said of a trace that is not there. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { sendJourney, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();
const edge = (page: Page, reference: string) => page.locator(`[data-edge="${reference}"]:visible`);

test('an edge is unlit before its hop, glows while it is under way, and stays lit', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await page.addInitScript(recordStandings);
  await signIn(page, site);
  await sendJourney(page);
  const standings = await page.evaluate(() => Reflect.get(window, 'standings') as Record<string, readonly string[]>);
  // Begun late and on its way for 300 ms in the fake: that all of it was drawn is no matter of luck.
  assert.deepEqual(standings['edge notification.MAIL'], ['ahead', 'under-way', 'gone']);
  assert.deepEqual(standings['stop notification'], ['ahead', 'under-way', 'gone']);
  assert.deepEqual(standings['edge gateway.MONITORING_URL'], ['ahead'], 'it went nowhere else');
  const order = await page.locator('[data-journey-map] p.sr-only').innerText();
  assert.match(order, /^In order: 1\. gateway to sessions: passed; 2\. gateway to auth: passed; .*12\. notification to post: passed; 13\. notification to archive: passed\.$/);
  assert.deepEqual(faults, []);
  await close();
});

for (const look of [desk, phone]) {
  test(`a choice on the map selects its hop, by pointer and by keys (${look.width} px)`, async () => {
    const { page, faults, close } = await visit(browser, site, look);
    await signIn(page, site);
    await sendJourney(page);
    const hop = () => new URL(page.url()).searchParams.get('hop');
    await edge(page, 'deployment.DATABASE').locator('circle').click();
    await page.locator('[data-selected="bbbbbbbbbbbbbb0c"]').waitFor();
    assert.equal(hop(), 'bbbbbbbbbbbbbb0c');
    assert.equal(await page.locator('li[data-hop="bbbbbbbbbbbbbb0c"] button').first().getAttribute('aria-expanded'), 'true');
    assert.equal(await edge(page, 'deployment.DATABASE').getAttribute('aria-current'), 'true');
    await edge(page, 'deployment.DATABASE').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-selected="bbbbbbbbbbbbbb0d"]').waitFor();
    await page.locator('[data-stop="auth"]:visible circle').first().click();
    await page.locator('[data-selected="bbbbbbbbbbbbbb04"]').waitFor();
    await page.getByRole('button', { name: 'Show it below' }).click();
    assert.ok(await page.locator('li[data-hop="bbbbbbbbbbbbbb04"] button').first().evaluate((button) => button === document.activeElement && button.getBoundingClientRect().bottom <= window.innerHeight));
    await page.goBack();
    await page.locator('[data-selected="bbbbbbbbbbbbbb0d"]').waitFor();
    assert.ok(await page.evaluate((width) => document.documentElement.scrollWidth <= width, look.width), 'nothing lies beyond the right edge');
    assert.deepEqual(faults, []);
    await close();
  });
}

test('where a journey failed, its edge and its stops say so', async () => {
  const { page, close } = await visit(browser, site, desk, /status of 50[0-9]/);
  await signIn(page, site);
  await page.getByLabel('Reason').fill('fail-503');
  await page.getByRole('button', { name: 'Send and watch' }).click();
  await page.getByRole('alert').filter({ hasText: 'configuration' }).getByRole('link').click();
  await page.getByRole('link', { name: '5. deployment to configuration: 1 hop, failed' }).waitFor();
  const failed = edge(page, 'deployment.CONFIGURATION_URL').and(page.locator('[data-standing="failed"]'));
  await failed.waitFor();
  assert.equal(await page.locator('[data-stop="deployment"]:visible').getAttribute('data-standing'), 'failed');
  assert.equal(await edge(page, 'gateway.AUTH_URL').getAttribute('data-standing'), 'gone', 'what went well before it stays so');
  await close();
});

test('of a trace that is not there it is soon said why, and what to do; a late one still appears', async () => {
  const { page, close } = await visit(browser, site, desk, /status of 404/);
  await signIn(page, site, `/journeys/${'ab'.repeat(16)}`);
  const began = Date.now();
  const note = page.locator('[data-absent]');
  await note.getByText('Spans arrive within a second and stay for 7 days').waitFor({ timeout: 15_000 });
  assert.ok(Date.now() - began > 3000, 'it was given time');
  await page.getByRole('heading', { name: 'Nothing is known of this trace' }).waitFor();
  assert.equal(await note.getByRole('link', { name: 'Search the journeys' }).getAttribute('href'), '/journeys');
  assert.equal(await note.getByRole('link', { name: 'Send a request' }).getAttribute('href'), '/send');
  assert.equal(await page.locator('[data-journey-map]').count(), 0);
  site.gateway?.begin('ab'.repeat(16));
  await page.locator('li[data-hop]').first().waitFor({ timeout: 10_000 });
  await note.waitFor({ state: 'detached' });
  await page.getByText('One connected tree.').waitFor({ timeout: 15_000 });
  await close();
});

/** Runs in the page: what each edge and stop of the map stood at, in the order in which it was drawn. */
function recordStandings(): void {
  const standings: Record<string, string[]> = {};
  Reflect.set(window, 'standings', standings);
  new MutationObserver(() => {
    for (const mark of document.querySelectorAll<HTMLElement>('[data-standing]')) {
      const { edge: reference, stop, standing = '' } = mark.dataset;
      const told = standings[reference === undefined ? `stop ${stop}` : `edge ${reference}`] ??= [];
      if (told.at(-1) !== standing) told.push(standing);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-standing'] });
}
