/** Drift over the fleet: shown with its field, healed, and gone. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeEnvironment } from '../fake/world.ts';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const as = (name: string) => ({ name, password: 'a long enough password' });
const { site, browser } = await openStage();

test('the exact field, what main says and what runs; environments that nobody watches, with why', async () => {
  for (const look of [desk, phone]) {
    const { page, faults, close } = await visit(browser, site, look);
    await signIn(page, site, '/drift');
    await page.getByText('3 fields in 2 environments').waitFor();
    const row = page.locator('[data-drift="local"]').getByRole('row', { name: /env\.LOG_LEVEL/ });
    assert.deepEqual((await row.getByRole('cell').allTextContents()).map((text) => text.replace(/^(main says|runs)/, '')), ['env.LOG_LEVEL', 'info', 'debug']);
    assert.match(await page.getByRole('heading', { name: 'Not watched' }).locator('..').innerText(), /production[\s\S]*No cluster is connected/);
    assert.deepEqual(faults, []);
    await close();
  }
});

test('a new drift is seen while one looks, and healing wants a reason', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/drift');
  const world = site.gateway?.world;
  assert.ok(world);
  changeEnvironment(world, 'local', (environment) => ({ ...environment, workloads: environment.workloads.map((each) => (each.workload === 'gateway' ? { ...each, sync: 'OutOfSync' as const, drift: [{ field: 'replicas', desired: '1', live: '2' }] } : each)) }));
  await page.locator('[data-field="gateway replicas"]').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Heal local' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sync local now' });
  await dialog.getByLabel('Reason').fill('fail-503');
  await dialog.getByRole('button', { name: 'Sync now' }).click();
  await dialog.getByRole('alert').getByText('The engine does not answer.').waitFor();
  await dialog.getByLabel('Reason').fill('Make it so');
  await dialog.getByRole('button', { name: 'Sync now' }).click();
  await page.locator('[data-drift="local"]').waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-drift="staging"]').count(), 1, 'the other one stays');
  await close();
});

test('in sync, and since when; nobody watched is not in sync', async () => {
  const { page, faults, close } = await visit(browser, site, phone);
  await signIn(page, site, '/drift', as('clean@localhost'));
  await page.locator('[data-in-sync="true"]').getByText(/since \d\d:\d\d:\d\d, as far as this page has looked/).waitFor();
  assert.deepEqual(faults, []);
  await close();
  const nobody = await visit(browser, site, desk);
  await signIn(nobody.page, site, '/drift', as('empty@localhost'));
  await nobody.page.locator('[data-in-sync="false"]').getByText('Nothing is watched').waitFor();
  await nobody.close();
  const away = await visit(browser, site, desk, /status of 502/);
  await signIn(away.page, site, '/drift', as('away@localhost'));
  await away.page.getByRole('alert').getByText('deployment cannot be reached.').waitFor();
  assert.equal(await away.page.locator('[data-in-sync]').count(), 0, 'nobody says that all is well');
  await away.close();
});
