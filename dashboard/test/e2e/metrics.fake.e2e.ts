/** Live charts, zoom and Back, exemplars, the table, and a connection that is lost. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();

test('charts live by the stream, a drag looks closer and Back undoes it, the table says what the API says', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/metrics');
  await page.locator('.uplot canvas').nth(2).waitFor();
  await page.locator('[data-live="stream"]').waitFor();
  await page.locator('tr[data-group="gateway"][data-requests="3600"]').waitFor();
  await page.locator('[data-retention]').getByText('1 s each for 10 min').waitFor();
  const over = await page.locator('.u-over').first().boundingBox();
  assert.ok(over);
  await page.mouse.move(over.x + over.width * 0.3, over.y + 40);
  assert.ok((await page.locator('.u-cursor-x').nth(2).getAttribute('style'))?.includes('translate'), 'the cursor of the other charts follows');
  await page.mouse.down();
  await page.mouse.move(over.x + over.width * 0.6, over.y + 50, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=\d+&to=\d+/);
  const zoomed = new URL(page.url()).searchParams;
  const seconds = (Number(zoomed.get('to')) - Number(zoomed.get('from'))) / 1000;
  assert.ok(seconds > 80 && seconds < 100, `30 % of five minutes, ${seconds} s`);
  await page.locator(`tr[data-group="gateway"][data-requests="${seconds * 12}"]`).waitFor();
  await page.goBack();
  await page.locator('tr[data-group="gateway"][data-requests="3600"]').waitFor();
  assert.equal(await page.locator('[data-exemplar]').first().getAttribute('href'), `/journeys/${'ab'.repeat(16)}`);
  await page.getByRole('combobox').selectOption('nodejs_eventloop_lag_seconds');
  await page.locator('.uplot canvas').nth(3).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('nothing answers: it is said', async () => {
  const { page, close } = await visit(browser, site, desk, /status of 502/);
  await signIn(page, site, '/metrics', { name: 'away@localhost', password: 'a long enough password' });
  await page.getByRole('alert').getByText('monitoring cannot be reached.').first().waitFor();
  await close();
});
