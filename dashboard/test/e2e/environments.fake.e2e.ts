/** The environment matrix: what happens while one looks, and what does not work. Its data is the fake gateway's, so these need JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { changeEnvironment } from '../fake/world.ts';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'light' } as const;
const { site, browser } = await openStage();

const as = (name: string) => ({ name, password: 'a long enough password' });
const cell = (page: Page, id: string) => page.locator(`[data-cell="${id}"]:visible`);

test('an environment without a cluster says so, and the local reconciler says that it is not Argo CD', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments');
  const table = page.getByRole('table', { name: 'Workloads by environment' });
  await table.getByText('No cluster connected').waitFor();
  await table.getByText('it is not Argo CD.').waitFor();
  assert.equal(await table.getByRole('columnheader').count(), 4);
  assert.ok(await table.getByRole('rowheader', { name: 'gateway' }).isVisible());
  assert.match(await cell(page, 'dev/gateway').innerText(), /3 ahead/);
  assert.match(await cell(page, 'local/auth').innerText(), /4 behind main/);
  assert.deepEqual(faults, []);
  await close();
});

test('what an engine says is shown at once, by events', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments');
  await page.locator('[data-live="stream"]').waitFor();
  const asked = site.gateway?.asked.filter((line) => line === 'GET /v1/environments').length ?? 0;
  const world = site.gateway?.world;
  assert.ok(world);
  changeEnvironment(world, 'local', (environment) => ({ ...environment, workloads: environment.workloads.map((each) => (each.workload === 'gateway' ? { ...each, health: 'Suspended' as const, why: 'somebody stopped it' } : each)) }));
  await cell(page, 'local/gateway').getByText('Suspended').waitFor({ timeout: 3000 });
  const later = site.gateway?.asked.filter((line) => line === 'GET /v1/environments').length ?? 0;
  assert.ok(later - asked <= 1, `${later - asked} times asked beside the stream`);
  changeEnvironment(world, 'local', (environment) => ({ ...environment, workloads: environment.workloads.map((each) => (each.workload === 'gateway' ? { ...each, health: 'Healthy' as const } : each)) }));
  assert.deepEqual(faults, []);
  await close();
});

test('without events the page asks, and comes back to them', async () => {
  const { page, close } = await visit(browser, site, desk);
  await page.route('**/events', (route) => route.abort());
  await signIn(page, site, '/environments');
  await page.locator('[data-live="poll"]').waitFor();
  await page.unroute('**/events');
  await page.locator('[data-live="stream"]').waitFor({ timeout: 15_000 });
  await close();
});

test('a release is asked for by keyboard, rides to its end, and leads to its pull request', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments');
  const button = page.getByRole('group', { name: 'Change local' }).locator('visible=true').getByRole('button', { name: 'Deploy' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Deploy a revision to local' });
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'workload', 'the first field has the focus');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Deploy', 'the focus is back where it was');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Workload').selectOption('gateway');
  await dialog.getByRole('button', { name: /^[0-9a-f]{7}/ }).first().click();
  const revision = await dialog.getByLabel('Revision').inputValue();
  assert.match(revision, /^[0-9a-f]{40}$/);
  await dialog.getByLabel('Reason').fill('The newest of main');
  await page.keyboard.press('Enter');
  await dialog.getByText(`gateway answers with ${revision.slice(0, 7)}`).waitFor();
  assert.equal(await dialog.locator('[data-stop="succeeded"]').getAttribute('data-state'), 'passed');
  await dialog.getByRole('button', { name: 'Close' }).click();
  assert.match(await cell(page, 'local/gateway').innerText(), new RegExp(revision.slice(0, 7)));
  assert.match(page.url(), /\/environments$/, 'a closed dialog is gone from the address');
  assert.deepEqual(faults, []);
  await close();
});

for (const [reason, said] of [['frozen', 'local is frozen: release week.'], ['fail-503', 'configuration cannot be reached.']] as const) {
  test(`what is refused at once says why: ${reason}`, async () => {
    const { page, close } = await visit(browser, site, phone);
    await signIn(page, site, '/environments?act=scale&in=local&workload=gateway');
    const dialog = page.getByRole('dialog', { name: 'Scale a workload in local' });
    await dialog.getByLabel('Replicas', { exact: true }).fill('2');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Ask for it' }).click();
    await dialog.getByRole('alert').getByText(said).waitFor();
    assert.equal(await dialog.getByLabel('Reason').inputValue(), reason, 'what was written stays');
    await close();
  });
}

for (const [reason, stop, said] of [['refused', 'proposed', 'Refused before it became a pull request'], ['crashes', 'succeeded', 'It was taken back']] as const) {
  test(`what ends badly later says where and why: ${reason}`, async () => {
    const { page, close } = await visit(browser, site, desk);
    await signIn(page, site, '/environments?act=deploy&in=local&workload=monitoring');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Revision').fill('a'.repeat(40));
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Ask for it' }).click();
    await dialog.getByText(said).waitFor();
    assert.equal(await dialog.locator(`[data-stop="${stop}"]`).getAttribute('data-state'), 'ended');
    if (reason === 'crashes') await dialog.getByText('Taken back by itself.').waitFor();
    if (reason === 'crashes') await dialog.getByText('gateway: exited with code 1').waitFor();
    await close();
  });
}

test('where nobody watches, a change ends on main, and no page says that it answers', async () => {
  const { page, close } = await visit(browser, site, phone);
  await signIn(page, site, '/environments?act=deploy&in=dev&workload=gateway', as('clean@localhost'));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Revision').fill('a'.repeat(40));
  await dialog.getByLabel('Reason').fill('For later');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await dialog.getByText('merged; no cluster is connected, so nothing was rolled out').waitFor();
  await dialog.getByText('It is on main').waitFor();
  assert.deepEqual(await dialog.locator('[data-stop]').evaluateAll((all) => all.map((one) => `${one.getAttribute('data-stop')} ${one.getAttribute('data-state')}`)), ['requested passed', 'proposed passed', 'merged passed']);
  assert.doesNotMatch(await dialog.innerText(), /answer/i);
  await close();
});

test('what a person took back says by whom, and not that it went by itself', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/pulls/3');
  await page.getByText('It was taken back', { exact: true }).waitFor();
  await page.getByText('Taken back by admin@localhost: The demonstration is over').waitFor();
  assert.doesNotMatch(await page.getByRole('main').innerText(), /by itself/);
  await close();
});

test('a knob takes what it may be, and says what it may not', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments?act=knob&in=local');
  const dialog = page.getByRole('dialog', { name: 'Turn a knob of local' });
  await dialog.getByLabel('Knob').selectOption('cookieSecure');
  await dialog.getByLabel('Value').fill('perhaps');
  await dialog.getByLabel('Reason').fill('Try');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await dialog.getByRole('alert').getByText('cookieSecure is yes or no, not "perhaps".').waitFor();
  await dialog.getByLabel('Knob').selectOption('rateLimit');
  assert.equal(await dialog.getByLabel('Value').getAttribute('type'), 'number');
  await close();
});

test('a promotion takes what is ahead, and says what the next stage wants', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments');
  await page.getByRole('button', { name: 'Promote gateway from staging to production' }).locator('visible=true').click();
  const dialog = page.getByRole('dialog', { name: 'Promote staging to production' });
  await dialog.getByText('A release of production needs an approval by somebody else.').waitFor();
  await dialog.getByText('60 minutes').waitFor();
  await dialog.getByText('The window of production is closed now').waitFor();
  await dialog.getByLabel('gateway').uncheck();
  assert.ok(await dialog.getByRole('button', { name: 'Ask for it' }).isDisabled());
  await dialog.getByLabel('gateway').check();
  await dialog.getByLabel('Reason').fill('It runs well in staging');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await dialog.getByRole('link', { name: /Open pull request #\d+/ }).click();
  await page.waitForURL(/\/pulls\/\d+$/);
  await page.getByText('The window of production is closed until').waitFor();
  await close();
});

test('automatic sync is switched with a reason; the engine’s refusal is shown', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments');
  const toggle = page.getByRole('switch', { name: 'Automatic sync, local' }).locator('visible=true');
  assert.equal(await toggle.getAttribute('aria-checked'), 'true');
  await toggle.click();
  const dialog = page.getByRole('dialog', { name: 'Switch automatic sync of local off' });
  await dialog.getByLabel('Reason').fill('fail-503');
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await dialog.getByRole('alert').getByText('The engine does not answer.').waitFor();
  await dialog.getByLabel('Reason').fill('Looking for a fault');
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[role="switch"][aria-label="Automatic sync, local"][aria-checked="false"]:visible').waitFor();
  await close();
});

test('a viewer sees all and may change nothing, and is told why', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments?act=deploy&in=local', as('viewer@localhost'));
  await page.getByText('You are a viewer: this needs the role operator.').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0, 'an address opens no form for whoever may not send it');
  assert.ok(await page.getByRole('group', { name: 'Change local' }).locator('visible=true').getByRole('button', { name: 'Deploy' }).isDisabled());
  await close();
});

test('nothing connected, and nobody there', async () => {
  const { page, close } = await visit(browser, site, phone);
  await signIn(page, site, '/environments', as('empty@localhost'));
  await page.getByRole('heading', { name: 'production' }).waitFor();
  assert.equal(await page.getByText('not watched').locator('visible=true').count(), 28);
  await close();
  const other = await visit(browser, site, phone, /status of 502/);
  await signIn(other.page, site, '/environments', as('away@localhost'));
  const alert = other.page.getByRole('alert').filter({ hasText: 'deployment cannot be reached.' });
  await alert.getByRole('button', { name: 'Try again' }).waitFor();
  assert.deepEqual(other.faults, []);
  await other.close();
});
