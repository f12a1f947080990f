/** Live charts, their keys, the cursor they share, zoom and Back, exemplars, the table, and a connection that is lost. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
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
  await page.mouse.down();
  await page.mouse.move(over.x + over.width * 0.6, over.y + 50, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=\d+&to=\d+/);
  const zoomed = new URL(page.url()).searchParams;
  const seconds = (Number(zoomed.get('to')) - Number(zoomed.get('from'))) / 1000;
  assert.ok(seconds > 80 && seconds < 100, `30 % of five minutes, ${seconds} s`);
  await page.locator(`tr[data-group="gateway"][data-requests="${seconds * 12}"]`).waitFor();
  await page.locator('[data-live="fixed"]').getByText('A fixed time: it does not move.').waitFor();
  assert.equal(await page.getByText(/Asked every/).count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Journeys of this time' }).getAttribute('href'), `/journeys?from=${zoomed.get('from')}&to=${zoomed.get('to')}`);
  await page.goBack();
  await page.locator('tr[data-group="gateway"][data-requests="3600"]').waitFor();
  await page.getByRole('combobox').selectOption('nodejs_eventloop_lag_seconds');
  await page.locator('.uplot canvas').nth(3).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('each chart has its key: the latest values, and those at the cursor of whichever chart is hovered, by mouse or keys', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  const to = Math.floor(Date.now() / 1000) * 1000;
  // A range that has ended: nothing but the cursor changes a cell.
  await signIn(page, site, `/metrics?from=${to - 300_000}&to=${to}&family=nodejs_eventloop_lag_seconds`);
  await page.locator('.uplot canvas').nth(3).waitFor();
  const rates = page.getByRole('table', { name: 'Requests per second: each line’s latest value' });
  const lags = page.getByRole('table', { name: 'nodejs_eventloop_lag_seconds: each line’s latest value' });
  assert.deepEqual(await rates.getByRole('rowheader').allInnerTexts(), ['gateway', 'auth', 'deployment', 'configuration', 'monitoring', 'notification']);
  await lags.getByRole('rowheader', { name: 'configuration' }).or(lags.getByRole('rowheader', { name: 'deployment' })).first().waitFor();
  const latest = await page.locator('[data-latest]').allInnerTexts();
  assert.equal(latest.length, 6 * 3 + 3);
  assert.match(latest[0] ?? '', /^\d+(\.\d+)? \/s$/);
  assert.match(latest[12] ?? '', /^\d+(\.\d+)? ms$/);
  const before = await seen(page);
  assert.deepEqual([...new Set(before.values)], ['–'], 'no cursor, no value');
  await hover(page, 3, 0.3);
  const hovered = await seen(page);
  assert.ok(hovered.values.every((text) => text !== '–'), 'every chart says its values there');
  assert.equal(new Set(hovered.times).size, 1, 'and all of them of one time');
  for (const [index, cursor] of hovered.cursors.entries()) assert.notEqual(cursor, before.cursors[index], `the cursor of chart ${index + 1} follows`);
  await hover(page, 3, 0.7);
  const moved = await seen(page);
  assert.notDeepEqual(moved.values.slice(0, 6), hovered.values.slice(0, 6));
  assert.notEqual(moved.times[0], hovered.times[0]);
  await page.mouse.move(5, 5);
  assert.deepEqual(await seen(page), before);
  const chart = page.getByRole('slider').first();
  await chart.focus();
  await chart.press('End');
  assert.deepEqual((await seen(page)).values, latest, 'at the end of the lines is what is latest');
  await chart.press('ArrowLeft');
  assert.match(await chart.getAttribute('aria-valuetext') ?? '', /^\d\d:\d\d:\d\d: gateway \d+(\.\d+)? \/s, auth /);
  assert.equal((await seen(page)).times.length, 4);
  await chart.press('Escape');
  assert.deepEqual(await seen(page), before);
  assert.deepEqual(faults, []);
  await close();
});

test('a live range moves every second: what is drawn by the stream, and the family that is asked for', async (t) => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/metrics?family=nodejs_eventloop_lag_seconds');
  await page.locator('[data-live="stream"]').waitFor();
  await page.locator('.uplot canvas').nth(3).waitFor();
  for (const name of ['Requests per second', 'nodejs_eventloop_lag_seconds']) {
    // One change a second: from just after the first, six and a half seconds have six. Two may be late on a machine that runs another lane of tests.
    const times = await page.locator(`table[data-lines="${name}"] th:nth-child(2) > :last-child`).evaluate((latest) => new Promise<readonly string[]>((resolve) => {
      const seen: string[] = [];
      const watch = new MutationObserver(() => {
        if (seen.length === 0) setTimeout(() => { watch.disconnect(); resolve(seen.slice(1)); }, 6500);
        if (latest.textContent && latest.textContent !== seen.at(-1)) seen.push(latest.textContent);
      });
      watch.observe(latest, { childList: true, characterData: true, subtree: true });
    }));
    assert.equal(new Set(times).size, times.length, `${name} goes on: ${times.join(' ')}`);
    t.diagnostic(`measured: ${name} moved ${times.length} times in 6.5 s`);
    assert.ok(times.length >= 4, `${name} in 6.5 s: ${times.join(' ')}`);
  }
  assert.deepEqual(faults, []);
  await close();
});

test('an exemplar leads to the hops of its journey', async () => {
  const traceId = 'ab'.repeat(16);
  site.gateway?.begin(traceId);
  const { page, faults, close } = await visit(browser, site, desk);
  const to = Math.floor(Date.now() / 1000) * 1000;
  // A range that has ended: the point stays where it is pressed.
  await signIn(page, site, `/metrics?from=${to - 300_000}&to=${to}`);
  await page.locator('[data-exemplar]').click();
  await page.waitForURL(`${site.url}/journeys/${traceId}`);
  await page.getByText('One connected tree.').waitFor();
  assert.equal(await page.locator('li[data-line] button[aria-expanded]').count(), 18, 'all hops of the journey');
  await page.locator('li[data-line="sql"]').first().waitFor();
  assert.deepEqual(faults, []);
  await close();
});

async function hover(page: Page, chart: number, part: number): Promise<void> {
  const over = page.locator('.u-over').nth(chart);
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * part, box.y + 40);
}

/** What the cursor says: where it stands in each chart, and the times and values in the tables beside them. */
async function seen(page: Page): Promise<{ readonly cursors: readonly (string | null)[]; readonly times: readonly string[]; readonly values: readonly string[] }> {
  return {
    cursors: await page.locator('.u-cursor-x').evaluateAll((lines) => lines.map((line) => line.style.transform)),
    times: await page.locator('table[data-lines] th:nth-child(3) > :last-child').allInnerTexts(),
    values: await page.locator('[data-at-cursor]').allInnerTexts(),
  };
}

test('a family without values says what to do next', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/metrics?family=nodejs_eventloop_lag_seconds', { name: 'empty@localhost', password: 'a long enough password' });
  await page.getByText('It has no values in this range. Choose a longer range').waitFor();
  await close();
});

test('nothing answers: it is said', async () => {
  const { page, close } = await visit(browser, site, desk, /status of 502/);
  await signIn(page, site, '/metrics', { name: 'away@localhost', password: 'a long enough password' });
  await page.getByRole('alert').getByText('monitoring cannot be reached.').first().waitFor();
  await close();
});
