/** The matrix, the map and the table of edges: what the API says, and what happens when it does not answer. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { askApi, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();
const someone = (name: string) => ({ name: `${name}@localhost`, password: 'a long enough password' });

test('the matrix says what the API says; a workload opens its routes and statements, a queue\'s own are folded away', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/services');
  await page.locator('tr[data-service="gateway"][data-requests="3600"]').getByText('12.0', { exact: true }).first().waitFor();
  await page.locator('tr[data-service="auth"]').getByText('5.00 %').waitFor();
  await page.locator('[data-live="stream"]').waitFor();
  await page.getByRole('button', { name: 'Routes and statements of deployment' }).click();
  await page.waitForURL(/open=deployment/);
  await page.locator('[data-detail="deployment"]').getByText('INSERT deployments').waitFor();
  await page.getByText('1 of a queue that looks for messages').waitFor();
  assert.equal(await page.locator('[data-detail="deployment"]').getByText('UPDATE job').isVisible(), false);
  await page.getByRole('button', { name: '1 h', exact: true }).click();
  await page.waitForURL(/range=1h/);
  await page.locator('tr[data-service="gateway"][data-requests="43200"]').waitFor();
  await page.goBack();
  await page.locator('tr[data-service="gateway"][data-requests="3600"]').waitFor();
  await page.goBack();
  await page.locator('[data-detail]').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await close();
});

test('an undeclared call is red and comes first, what was not seen is said to be so, and an edge opens its line of the model', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/services');
  const first = page.locator('tr[data-edge]').first();
  await first.waitFor();
  assert.equal(await first.getAttribute('data-edge'), 'configuration.?>auth');
  assert.equal(await page.locator('[data-standing="undeclared"]').count(), 2, 'once on the map, once in the table');
  assert.equal(await page.locator('tr[data-edge="gateway.MONITORING_URL>monitoring"]').getAttribute('data-standing'), 'unseen');
  assert.equal(await page.locator('a[data-track="gateway.MONITORING_URL>monitoring"]').getAttribute('data-standing'), 'unseen');
  assert.equal(await page.locator('tr[data-edge="dashboard.GATEWAY_URL>gateway"]').getAttribute('data-standing'), 'seen');
  assert.equal(await page.locator('tr[data-edge^="monitoring.WORKLOADS"]').count(), 0);
  await page.getByLabel('Telemetry, keys and scraping').check();
  await page.locator('tr[data-edge="monitoring.WORKLOADS>auth"]').waitFor();
  const { edges } = await askApi(page, 'GET', '/v1/edges') as { edges: readonly unknown[] };
  assert.equal(await page.locator('tr[data-standing="seen"], tr[data-standing="undeclared"]').count(), edges.length);
  await page.locator('a[data-track="gateway.AUTH_URL>auth"]').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-chosen="gateway.AUTH_URL>auth"] [data-source="platform/workloads/gateway.ts"]').waitFor();
  await page.goBack();
  await page.locator('[data-chosen]').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await close();
});

test('nothing happened, and nothing answers: both are said', async () => {
  const empty = await visit(browser, site, desk);
  await signIn(empty.page, site, '/services', someone('empty'));
  await empty.page.locator('tr[data-service="gateway"]').getByText('Not asked in this range').waitFor();
  assert.deepEqual(empty.faults, []);
  await empty.close();
  const away = await visit(browser, site, desk, /status of 502/);
  await signIn(away.page, site, '/services', someone('away'));
  await away.page.getByRole('alert').getByText('monitoring cannot be reached.').first().waitFor();
  await away.close();
});
