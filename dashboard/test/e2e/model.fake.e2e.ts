/** From a line of the model to what was seen of it. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { askApi, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();

test('a reference stands on its line with the figures of the API, opens its source, and leads to its edge', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/model');
  const row = page.locator('tr[data-declares="gateway.AUTH_URL"]');
  await row.waitFor();
  const { edges } = await askApi(page, 'GET', '/v1/edges') as { edges: readonly { reference: string; requests: number }[] };
  const requests = edges.find(({ reference }) => reference === 'gateway.AUTH_URL')?.requests ?? 0;
  await page.locator(`tr[data-declares="gateway.AUTH_URL"][data-requests="${requests}"]`).waitFor();
  // A workload has what went over all that lead to it.
  const [to, several] = await page.locator('tr[data-declares="configuration"]').evaluate((row) => [Number(row.getAttribute('data-requests')), row.textContent.includes('≤')] as const);
  assert.deepEqual([to, several], [edges.filter(({ reference }) => reference === 'gateway.CONFIGURATION_URL' || reference === 'deployment.CONFIGURATION_URL').reduce((sum, one) => sum + one.requests, 0), true]);
  await page.locator('tr[data-declares="gateway.MONITORING_URL"]').getByText('not seen').waitFor();
  await page.locator('tr[data-declares="rateLimit"]').getByText('knob, 200').waitFor();
  await row.getByRole('button').click();
  await page.locator('[data-chosen] [data-source="platform/workloads/gateway.ts"]').waitFor();
  await page.getByRole('link', { name: 'Show on Services' }).click();
  await page.locator('[data-chosen="gateway.AUTH_URL>auth"]').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
