/** The list of journeys: filtered by its address, Back undoes one step, older ones, and what an empty answer says. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const many = { name: 'many@localhost', password: 'a long enough password' };
const { site, browser } = await openStage();
const rows = (page: Page) => page.locator('main li:has(a[href^="/journeys/"])');
const shows = (page: Page, count: number) => page.locator(`[data-shown="${count}"]`).waitFor();
/** That the list is of this question, and not still of the one before. */
const none = (page: Page, text: string) => rows(page).filter({ hasText: text }).first().waitFor({ state: 'detached' });

test('each field asks the API, all of it stands in the address, and Back undoes one step', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/journeys', many);
  await shows(page, 50);
  await page.getByLabel('Failed only').check();
  await page.waitForURL(/\?failed=1$/);
  await page.getByText('Asked every 15 s').waitFor();
  await shows(page, 26);
  assert.equal(await rows(page).filter({ hasText: 'failed' }).count(), 26, 'every fifth of 130');
  await page.getByLabel('Came by').selectOption('notification');
  await page.waitForURL(/service=notification/);
  await page.getByText('No journey fits.').waitFor();
  await page.goBack();
  await shows(page, 26);
  assert.equal(await page.getByLabel('Came by').inputValue(), '');
  await page.goBack();
  await page.waitForURL((url) => url.search === '');
  await shows(page, 50);
  assert.equal(await page.getByLabel('Failed only').isChecked(), false);

  await page.getByLabel('Longer than').fill('20');
  await page.getByLabel('Route or text').fill('POST /v1/deployments');
  await page.getByLabel('Route or text').press('Enter');
  await page.waitForURL(/longer=20/);
  await none(page, 'failed');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'text', 'the cursor stays where it is');
  await page.getByLabel('Longer than').fill('');
  await page.getByLabel('Route or text').fill('configuration cannot be reached');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await shows(page, 26);
  await page.goBack();
  await page.waitForURL(/longer=20/);
  assert.equal(await page.getByLabel('Route or text').inputValue(), 'POST /v1/deployments');
  assert.equal(await page.getByLabel('Longer than').inputValue(), '20');
  await page.reload();
  await none(page, 'failed');
  assert.equal(await page.getByLabel('Longer than').inputValue(), '20');
  assert.deepEqual(faults, []);
  await close();
});

test('a time: a length that ends now, or a fixed one of an address; nothing fits, and one button shows all again', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/journeys?longer=99999', many);
  await page.getByText('No journey fits.').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Send one' }).getAttribute('href'), '/send');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.waitForURL((url) => url.search === '');
  await shows(page, 50);
  await page.getByLabel('Started').selectOption('15m');
  await page.waitForURL(/\?range=15m$/);
  await page.getByText('No journey fits.').waitFor();
  const to = Date.now() - 7_200_000;
  await page.goto(`${site.url}/journeys?from=${to - 1_200_000}&to=${to}`);
  await page.getByText(/This is all there is: (19|20) journeys\./).waitFor();
  await page.getByText('A fixed time: it does not move.').waitFor();
  await page.getByLabel('Failed only').check();
  await page.waitForURL((url) => url.searchParams.get('from') === String(to - 1_200_000) && url.searchParams.get('failed') === '1');
  await page.getByText(/This is all there is: [34] journeys\./).waitFor();
  await page.getByLabel('Started').selectOption('24h');
  await page.waitForURL((url) => url.searchParams.get('from') === null && url.searchParams.get('range') === '24h');
  await shows(page, 26);
  assert.deepEqual(faults, []);
  await close();
});

test('older ones follow page by page, each once; nothing moves until one goes back to the newest', async () => {
  for (const look of [desk, { width: 390, height: 844, colours: 'dark' }] as const) {
    const { page, faults, close } = await visit(browser, site, look);
    await signIn(page, site, '/journeys', many);
    await shows(page, 50);
    await page.screenshot({ path: join(import.meta.dirname, `../pictures/journeys-many-${look.width}-${look.colours}.png`) });
    await page.getByRole('button', { name: 'Show older' }).click();
    await shows(page, 100);
    await page.getByText('New ones wait while you read older ones.').waitFor();
    await page.getByRole('button', { name: 'Show older' }).click();
    await page.getByText('This is all there is:').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show older' }).count(), 0);
    const ids = await rows(page).locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    assert.ok(ids.length >= 130 && new Set(ids).size === ids.length, `${ids.length} journeys`);
    const asked = site.gateway?.asked.filter((line) => line.startsWith('GET /v1/journeys')).length;
    await page.waitForTimeout(3500);
    assert.equal(site.gateway?.asked.filter((line) => line.startsWith('GET /v1/journeys')).length, asked, 'nothing is asked for meanwhile');
    await page.getByRole('button', { name: 'Back to the newest' }).click();
    await shows(page, 50);
    assert.deepEqual(faults, []);
    await close();
  }
});

test('two runs to compare are chosen among older ones too', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/journeys/compare', many);
  await page.locator('[data-offered="50"]').waitFor();
  await page.getByRole('button', { name: 'Offer older ones' }).click();
  await page.locator('[data-offered="100"]').waitFor();
  const options = page.getByLabel('First').locator('option:not([disabled])');
  assert.equal(await options.count(), 100);
  assert.equal(new Set(await options.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).size, 100, 'each once');
  const oldest = await options.last().getAttribute('value') ?? '';
  await page.getByLabel('First').selectOption(oldest);
  await page.waitForURL(new RegExp(`a=${oldest}`));
  assert.deepEqual(faults, []);
  await close();
});
