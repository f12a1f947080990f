/** Figures of a fixed time are asked for once: no page may say that its connection is lost. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const { site, browser } = await openStage();

for (const path of ['/services', '/model', '/metrics']) {
  test(`a fixed time says that it is one, also when the page has stood for a while: ${path}`, async () => {
    const { page, faults, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' });
    await page.clock.install();
    const to = Math.floor(Date.now() / 1000) * 1000;
    await signIn(page, site, `${path}?from=${to - 60_000}&to=${to}`);
    const mark = page.locator('[data-live="fixed"]').getByText('A fixed time: it does not move.');
    await mark.waitFor();
    await page.clock.fastForward(60_000);
    await page.waitForTimeout(500);
    assert.equal(await page.getByText(/Connection lost|Asked every/).count(), 0);
    assert.ok(await mark.isVisible());
    await page.getByRole('group', { name: 'Range' }).getByRole('button', { name: '5 min' }).click();
    await page.locator('[data-live="poll"], [data-live="stream"]').first().waitFor();
    assert.deepEqual(faults, []);
    await close();
  });
}
