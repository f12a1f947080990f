/** One page: what fires is acknowledged and silenced there, rules are made, previewed, changed and removed. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();

test('acknowledged and silenced with who and why; a failure is told and nothing is shown that did not come about', async () => {
  const { page, faults, close } = await visit(browser, site, desk, /status of 503/);
  await signIn(page, site, '/alerts');
  const row = page.locator('[data-alert="ConfigurationFails"]');
  await row.getByText('Firing').waitFor();
  await page.getByRole('button', { name: 'Acknowledge ConfigurationFails' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const { href } = new URL(page.url());
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  // As a mail leads to it, and then to its form.
  const named = new URL(href);
  named.searchParams.delete('note');
  await page.goto(named.href);
  await page.locator('[data-alert="ConfigurationFails"][aria-current="true"]').waitFor();
  await page.goto(href);
  await dialog.getByLabel('Reason').fill('fail-503');
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await dialog.getByText('The database of monitoring is away.').waitFor();
  assert.equal(await row.locator('[data-acknowledged]').count(), 0);
  await dialog.getByLabel('Reason').fill('I look');
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await row.locator('[data-acknowledged]', { hasText: 'by admin@localhost until it is resolved: I look' }).waitFor();
  await page.getByRole('button', { name: 'Silence ConfigurationFails' }).click();
  await dialog.getByLabel('Minutes').fill('30');
  await dialog.getByLabel('Reason').fill('known');
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
  await row.locator('[data-silenced]', { hasText: 'known' }).waitFor();
  await page.locator('[data-change="ConfigurationFails silenced"]').getByText('known').waitFor();
  await page.screenshot({ path: join(import.meta.dirname, '../pictures/alerts-noted.png'), fullPage: true });
  for (const reason of ['known', 'I look']) await page.getByRole('button', { name: `End: ${reason}` }).click();
  await page.getByText('Nobody keeps an alert quiet. What fires under Now can be acknowledged').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a rule is previewed, made, changed and removed; a test is fired', async () => {
  const { page, faults, close } = await visit(browser, site, phone, /status of 503/);
  await signIn(page, site, '/alerts');
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Fails');
  await dialog.getByLabel('Per cent').fill('10');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.locator('[data-preview]').getByText('It reads 40% now, from 120 requests.').waitFor();
  await dialog.getByText('That is a breach.').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('The database of monitoring is away.').waitFor();
  await dialog.getByLabel('Name').fill('GatewayFails');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-rule="GatewayFails"]').waitFor();
  await page.getByRole('button', { name: 'Change GatewayFails' }).click();
  await dialog.getByLabel('Name').fill('GatewayFailsOften');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Remove GatewayFailsOften' }).click();
  await dialog.getByText('nobody is told').waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-rule="GatewayFailsOften"]').count(), 1, 'asked first');
  await page.getByRole('button', { name: 'Remove GatewayFailsOften' }).click();
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await page.locator('[data-rule="GatewayFailsOften"]').waitFor({ state: 'detached' });
  await page.getByLabel('Reason').fill('does it ring?');
  await page.getByRole('button', { name: 'Fire a test' }).click();
  await page.locator('[data-alert="TestAlert"]').getByText('does it ring?').waitFor();
  await page.screenshot({ path: join(import.meta.dirname, '../pictures/alerts-phone.png'), fullPage: true });
  assert.deepEqual(faults, []);
  await close();
});

test('rules, silences and history that cannot be read say so, and are asked for again at once', async () => {
  const { page, faults, close } = await visit(browser, site, desk, /status of 503/);
  const paths = { 'Rules': 'alert-rules', 'Silences': 'silences', 'History': 'alerts/history' };
  const away = { type: 'about:blank', status: 503, code: 'unavailable', title: 'Something this service needs is away', detail: 'The database of monitoring is away.' };
  for (const path of Object.values(paths)) await page.route((url) => url.pathname === `/api/v1/${path}`, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(away) }));
  await signIn(page, site, '/alerts');
  for (const [name, path] of Object.entries(paths)) {
    const again = page.getByRole('region', { name, exact: true }).getByRole('alert').getByRole('button', { name: 'Try again' });
    await again.waitFor();
    // Sooner than any of them is asked for by itself.
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === `/api/v1/${path}`, { timeout: 2000 });
    await Promise.all([asked, again.click()]);
  }
  await page.unrouteAll();
  await page.getByRole('region', { name: 'History', exact: true }).getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-change="ConfigurationFails firing"]').waitFor({ timeout: 3000 });
  assert.deepEqual(faults, []);
  await close();
});

test('a viewer sees all and may change nothing; nothing fires is said', async () => {
  const viewer = await visit(browser, site, desk);
  await signIn(viewer.page, site, '/alerts', { name: 'viewer@localhost', password: 'a long enough password' });
  for (const name of ['New rule', 'Fire a test']) assert.equal(await viewer.page.getByRole('button', { name }).isDisabled(), true);
  await viewer.close();
  const clean = await visit(browser, site, desk);
  await signIn(clean.page, site, '/alerts', { name: 'clean@localhost', password: 'a long enough password' });
  await clean.page.getByText('Nothing fires.').waitFor();
  await clean.page.getByText('Nothing has changed yet. Fire a test').waitFor();
  await clean.close();
});
