/** What a page says while the gateway is away, and that it recovers by itself. Needs the fake gateway: a real one is not ours to stop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite } from './site.ts';
import { openBrowser, signIn, visit } from './visitor.ts';

test('a lost gateway is named, what stands there shows its age, and the page comes back by itself', async () => {
  const site = await openSite();
  const browser = await openBrowser();
  const { page, faults, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' }, /status of 502|ERR_INCOMPLETE_CHUNKED_ENCODING/);
  try {
    await signIn(page, site);
    await page.getByText('4 of 7 healthy').waitFor();
    await site.gateway?.pause();
    await page.getByText(/Connection lost\. What you see is \d+ s old\./).waitFor({ timeout: 15_000 });
    await page.getByRole('alert').getByText('The gateway does not answer').waitFor();
    assert.ok(await page.getByText('4 of 7 healthy').isVisible(), 'what was known stays');
    await site.gateway?.resume();
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 15_000 });
    assert.equal(await page.getByRole('alert').filter({ hasText: 'gateway' }).count(), 0);
    assert.deepEqual(faults, []);
  } finally {
    await close();
    await browser.close();
    await site.stop();
  }
});
