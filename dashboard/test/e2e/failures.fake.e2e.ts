/** What the pages say of failures. They are made by the sentinels of the fake gateway, so these need JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();

test('a request that ends on its way says where, why, what to do, and keeps its trace', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site);
  await page.getByLabel('Reason').fill('fail-503');
  await page.getByRole('button', { name: 'Send and watch' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'configuration' });
  await alert.getByText('configuration cannot be reached.').waitFor();
  await alert.getByRole('link').click();
  await page.getByText('The journey ended at configuration').waitFor();
  const shown = page.locator('details[data-stack]').first();
  for (const hop of await page.locator('li[data-hop] button[aria-expanded="false"]').all()) if (await shown.count() === 0) await hop.click();
  await page.locator('li:has(> details[data-stack]) > time', { hasText: /^\d\d:\d\d:\d\d\.\d{3}$/ }).waitFor();
  await shown.locator('summary').click();
  // What a stack holds is text, whatever it looks like.
  await shown.getByText('at <b>client.ts</b>:97').waitFor();
  await shown.getByText('caused by: Error: connect ECONNREFUSED').waitFor();
  await close();
});

test('what happened in a hop and which journey it is linked with stand in its detail, and only where there are any', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site);
  await page.getByRole('button', { name: 'Send and watch' }).click();
  await page.getByText('One connected tree.').waitFor();
  const hop = (id: string) => page.locator(`li[data-hop="${id.padStart(16, 'b')}"]`);
  const open = (id: string) => hop(id).locator('button[aria-expanded="false"]').click();
  await open('11');
  const event = hop('11').locator('[data-event]');
  assert.equal(await event.innerText().then((text) => text.replace(/\s+/g, ' ')), '+1.25 ms retry attempt 1 exception.message <b>450</b> try again');
  await hop('11').getByText('2 events').waitFor();
  await open('02');
  await hop('02').getByText('Attributes').waitFor();
  assert.deepEqual([await hop('02').locator('[data-event], [data-link]').count(), await hop('11').locator('[data-link]').count()], [0, 0]);
  await open('01');
  await hop('01').locator('[data-link]').getByRole('link', { name: /^Journey c/ }).click();
  await page.waitForURL(`**/journeys/${'c'.repeat(32)}?hop=${'ca'.padStart(16, 'b')}`);
  await close();
});

test('a link that was used is refused with its reason, and is gone from the address', async () => {
  const { page, close } = await visit(browser, site, desk);
  await page.goto(`${site.url}/sign-in#link=${'x'.repeat(43)}`);
  await page.getByText('This link was used before').waitFor();
  assert.equal(page.url(), `${site.url}/sign-in`);
  await page.goto(`${site.url}/sign-in?link=${'y'.repeat(43)}`);
  await page.waitForURL(`${site.url}/`);
  await close();
});
