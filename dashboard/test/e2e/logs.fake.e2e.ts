/** The log viewer: searched, counted, followed; what is written is text. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();

test('search, facets, chart and pages; all of it in the address, and Back undoes one step', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/logs');
  await page.locator('li[data-line-id]').first().waitFor();
  await page.getByRole('button', { name: /^Only configuration/ }).click();
  await page.waitForURL(/q=service%3Aconfiguration/);
  await page.getByLabel('Search').fill('service:configuration answered');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForURL(/answered/);
  await page.locator('li[data-line-id]', { hasNotText: 'answered' }).first().waitFor({ state: 'detached' });
  assert.equal(await page.locator('li[data-line-id]', { hasText: 'auth' }).count(), 0);
  await page.goBack();
  await page.waitForURL((url) => url.searchParams.get('q') === 'service:configuration');
  await page.goBack();
  await page.waitForURL((url) => url.searchParams.get('q') === null);
  await page.getByRole('button', { name: 'Show older lines' }).click();
  await page.locator('li[data-line-id]').nth(300).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: /^\d+ lines at/ }).first().click();
  await page.waitForURL(/from=\d+&to=\d+|to=\d+&from=\d+/);
  assert.deepEqual(faults, []);
  await close();
});

test('a line opens with what was around it, and has a link that shows it again; markup is text', async () => {
  for (const look of [desk, phone]) {
    const { page, faults, close } = await visit(browser, site, look);
    await signIn(page, site, '/logs');
    await page.getByText('<img src=x onerror=alert(1)>').first().click();
    await page.getByRole('button', { name: 'What was around it' }).click();
    await page.getByText('50 lines before and after').waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    await page.screenshot({ path: join(import.meta.dirname, `../pictures/logs-open-${look.width}-${look.colours}.png`) });
    assert.match(page.url(), /line=\d+/);
    await page.reload();
    await page.getByRole('button', { name: 'What was around it' }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  }
});

test('followed: new lines come by themselves, wait while one reads, and are shown when asked for', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/logs');
  await page.getByLabel('Follow live').click();
  await page.getByText('a new line while somebody looks').first().waitFor();
  await page.mouse.wheel(0, 2000);
  await page.locator('[data-waiting]').waitFor();
  const before = await page.locator('li[data-line-id]').count();
  await page.waitForTimeout(900);
  assert.equal(await page.locator('li[data-line-id]').count(), before, 'nothing moves while one reads');
  await page.locator('[data-waiting]').click();
  assert.ok(await page.locator('li[data-line-id]').count() > before);
  await close();
});

test('the export is a file with every line that fits, larger than one answer may be, and says that it is whole', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/logs?range=all');
  await page.locator('li[data-line-id]').first().waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as NDJSON' }).click()]);
  assert.equal(await download.failure(), null);
  assert.equal(download.suggestedFilename(), 'logs.ndjson');
  const text = await readFile(await download.path(), 'utf8');
  assert.ok(text.length > 8 * 1024 * 1024, `${text.length} bytes`);
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly id?: number; readonly at?: number; readonly end?: object });
  assert.deepEqual(lines.pop(), { end: { lines: lines.length, cut: false } });
  assert.ok(lines.length >= 600);
  assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
  assert.deepEqual(await timesOf(page), lines.slice(0, 200).map(({ at = 0 }) => new Date(at).toISOString()), 'in the order of the page');
  assert.deepEqual(faults, []);
  await close();
});

test('an export that is refused says what, why and what to do, and another search forgets it', async () => {
  const { page, close } = await visit(browser, site, phone, /status of 503/);
  const downloads: string[] = [];
  page.on('download', (download) => downloads.push(download.url()));
  await signIn(page, site, '/logs?q=export-503');
  await page.getByText('No line fits.').waitFor();
  await page.getByRole('link', { name: 'Export as NDJSON' }).click();
  const refused = page.locator('[data-export-refused]').getByRole('alert');
  for (const said of ['Something this service needs is away', 'The database does not answer.', 'Wait as long as Retry-After says.']) await refused.getByText(said).waitFor();
  assert.equal(new URL(page.url()).pathname, '/logs');
  assert.deepEqual(downloads, []);
  await page.goto(`${site.url}/logs?range=15m`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as NDJSON' }).click()]);
  assert.equal(await download.failure(), null);
  assert.equal(await refused.count(), 0);
  await close();
});

test('lines stand by time, those that come late too', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/logs?live=on');
  await page.getByText('a new line while somebody looks').nth(6).waitFor();
  const [times, ids] = [await timesOf(page), await page.locator('li[data-line-id]').evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-line-id'))))];
  assert.deepEqual(times, times.toSorted().toReversed());
  assert.notDeepEqual(ids.slice(0, 7), ids.slice(0, 7).toSorted((a, b) => b - a), 'the newest lines are not in the order of their ids');
  await close();
});

test('the link to a line shows it among its neighbours, however many lines came right after it', async () => {
  const { page, context, faults, close } = await visit(browser, site, desk);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, site, '/logs?q=many');
  await page.getByText('many lines follow this one').click();
  await page.getByRole('button', { name: /^Copy http/ }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await page.getByRole('list').locator('li[data-line-id]', { hasText: 'many lines follow this one' }).getByRole('button', { name: 'What was around it' }).waitFor();
  assert.ok(await page.locator('li[data-line-id]').count() > 1);
  assert.equal(await page.locator('[data-apart]').count(), 0, 'it is among those that were found');
  assert.deepEqual(faults, []);
  await close();
});

test('an address whose search is without its line shows the line all the same, or says that it is no longer kept', async () => {
  const { page, faults, close } = await visit(browser, site, desk, /status of 404/);
  await signIn(page, site, '/logs?q=many');
  await page.getByText('many lines follow this one').click();
  await page.waitForURL(/line=\d+/);
  const id = new URL(page.url()).searchParams.get('line') ?? '';
  await page.goto(`${site.url}/logs?range=15m&line=${id}`);
  const apart = page.locator(`[data-apart="${id}"]`);
  await apart.getByText('many lines follow this one').waitFor();
  await apart.getByText('The line of this link is not among the lines below').waitFor();
  await page.screenshot({ path: join(import.meta.dirname, '../pictures/logs-apart-1280-light.png') });
  await apart.locator('button[aria-expanded=true]').first().click();
  await apart.waitFor({ state: 'detached' });
  await page.goto(`${site.url}/logs?line=987654321`);
  await page.getByText('The line 987654321 of this link is no longer kept.').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('what cannot be answered says why, and a question that is wrong says where', async () => {
  const { page, close } = await visit(browser, site, desk, /status of (400|503)/);
  await signIn(page, site, '/logs?q=level%3E%3Dloud');
  await page.getByRole('alert').getByText('"loud" is no level').waitFor();
  await page.goto(`${site.url}/logs?q=fail-503`);
  await page.getByRole('alert').getByText('The database does not answer.').waitFor({ timeout: 15_000 });
  await page.goto(`${site.url}/logs?q=nobodywrotethis`);
  await page.getByText('No line fits.').waitFor();
  await close();
});

test('what is kept and what was refused is said in one line; a refusal says what to do', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/logs');
  await page.locator('[data-refused="0"]').getByText(/^Kept for 7 days\. Nothing was refused since monitoring started \(/).waitFor();
  assert.equal(await page.locator('[data-masked]').count(), 0);
  await page.context().clearCookies();
  await signIn(page, site, '/logs', { name: 'many@localhost', password: 'a long enough password' });
  const note = page.locator('[data-refused="1241"]');
  await note.getByText(/Refused since monitoring started/).waitFor();
  assert.match(await note.locator('[data-masked]').innerText(), /^\s*3 credentials were masked/);
  assert.match(await note.locator('[data-reason="full"]').innerText(), /^1,200 log lines, 1 hop: more waited to be written than fits\. The sender was told to come again/);
  assert.match(await note.locator('[data-reason="too_many"]').innerText(), /^40 figures: more series than are kept\. One program may have 1,000/);
  await page.screenshot({ path: join(import.meta.dirname, '../pictures/logs-refused-1280-light.png') });
  assert.deepEqual(faults, []);
  await close();
});

const timesOf = (page: Page): Promise<string[]> => page.locator('li[data-line-id] time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
