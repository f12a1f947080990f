/** The golden journey as a person takes it. Run: `node --test dashboard/test/e2e/*.e2e.ts` (see site.ts for the environment). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { sendJourney, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const refusedSession = /status of 401/;
const { site, browser } = await openStage();

test('without a session every page leads to the sign-in and back', async () => {
  const { page, close } = await visit(browser, site, desk);
  await page.goto(`${site.url}/journeys?x=1`);
  await page.waitForURL('**/sign-in?to=%2Fjourneys%3Fx%3D1');
  await page.getByLabel('Name').fill(site.name);
  await page.getByLabel('Password').fill(site.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/journeys?x=1');
  await close();
});

test('one request is watched to its mail, with the line that declared each hop', async () => {
  const { page, faults, context, close } = await visit(browser, site, desk, refusedSession);
  await signIn(page, site);
  await page.locator('li[data-health] h3').nth(5).waitFor();
  await sendJourney(page);
  const hops = page.locator('li[data-hop]');
  assert.ok(await hops.count() >= 6, `${await hops.count()} hops`);
  assert.equal(await page.locator('[data-declared="undeclared"]').count(), 0, 'every hop is declared');
  assert.ok(await page.getByText(/platform\/workloads\/gateway\.ts:\d+/).count() > 0);
  assert.ok(await page.locator('li[data-line="mail"]').count() > 0, 'the mail is a hop');
  assert.ok(await page.locator('li[data-line="sql"]').count() > 0, 'SQL is shown');
  assert.ok(await page.getByText(/Cache (hit|miss)/).count() > 0, 'hit or miss is shown');
  await page.locator('li[data-line="sql"] button').first().click();
  await page.getByText('Statement', { exact: false }).first().waitFor();
  assert.match(page.url(), /[?&]hop=/, 'the open hop is in the address');
  await page.getByLabel('staging').check();
  await page.getByText(/synth\/staging\//).first().waitFor();
  await page.reload();
  await page.getByText(/synth\/staging\//).first().waitFor();
  const kept = await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage), JSON.stringify({ ...sessionStorage })]);
  assert.deepEqual([kept[0], kept[1]], [['journey-tour'], [`journey-sent:${new URL(page.url()).pathname.split('/').at(-1)}`]], 'only that the tour is over, and what was sent, for a replay in this tab');
  assert.doesNotMatch(String(kept[2]), /session|password|ticket/i);
  assert.equal(await page.evaluate(() => document.cookie.includes('session')), false, 'no script can read the session');
  assert.ok((await context.cookies()).some(({ name, httpOnly }) => name.includes('session') && httpOnly));
  assert.deepEqual(faults, []);
  await close();
});

test('signing out ends the session', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/journeys');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${site.url}/`);
  await page.waitForURL('**/sign-in?to=%2F');
  await close();
});

test('by keyboard alone: skip link, form, hop', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site);
  await page.reload();
  await page.getByRole('button', { name: 'Send and watch' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  await page.locator('li[data-health]').first().waitFor();
  await page.getByLabel('Reason').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/journeys\/[0-9a-f]{32}/);
  // While hops still arrive, the first one may become the second.
  await page.getByText('Arrived', { exact: true }).waitFor();
  const first = page.locator('li[data-hop] button[aria-expanded]').first();
  await first.focus();
  await page.keyboard.press('Enter');
  assert.equal(await first.getAttribute('aria-expanded'), 'true');
  await close();
});
