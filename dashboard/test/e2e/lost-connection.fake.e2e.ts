/** What a page says while the gateway is away, and that it recovers by itself. Needs the fake gateway: a real one is not ours to stop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { signIn, until, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const expected = /status of 50[24]|ERR_INCOMPLETE_CHUNKED_ENCODING/;
const { site, browser } = await openStage();

interface Case {
  readonly route: string;
  /** What was known before, and stays. */
  readonly known: (page: Page) => ReturnType<Page['locator']>;
  /** By what one sees that it is back. */
  readonly back: (page: Page) => ReturnType<Page['locator']>;
  readonly before?: (page: Page) => Promise<void>;
}
const live = (page: Page) => page.getByText('Live', { exact: true }).first();
const asked = (page: Page) => page.getByText(/^Asked every \d+ s$/).first();
const cases: readonly Case[] = [
  { route: '/', known: (page) => page.getByText('4 of 7 healthy'), back: live },
  { route: '/alerts', known: (page) => page.locator('[data-alert]').first(), back: asked },
  { route: '/faults', known: (page) => page.getByText('Nothing is wrong on purpose.'), back: asked },
  { route: '/logs?live=on', known: (page) => page.locator('li[data-line-id]').first(), back: live },
  // It follows nothing, so that it is silent about its age as long as it is answered.
  { route: '/logs', known: (page) => page.locator('li[data-line-id]').first(), back: (page) => page.getByRole('button', { name: /^\d+ lines at/ }).first() },
  {
    route: '/', known: (page) => page.locator('[data-total-ms]'), back: (page) => page.getByText('One connected tree.'),
    async before(page) {
      await page.getByLabel('Reason').fill('End-to-end test');
      await page.getByRole('button', { name: 'Send and watch' }).click();
      await page.waitForURL(/\/journeys\/[0-9a-f]{32}/);
      await page.getByText('On its way').waitFor();
    },
  },
];

for (const { route, known, back, before } of cases) {
  test(`a lost gateway is named, what stands there shows its age, and the page comes back by itself: ${before ? 'a journey' : route}`, async () => {
    const { page, faults, close } = await visit(browser, site, desk, expected);
    try {
      await signIn(page, site, route);
      await before?.(page);
      await known(page).waitFor();
      await site.gateway?.pause();
      await page.getByText(/^Connection lost\. What you see is \d+ s old\.$/).waitFor({ timeout: 15_000 });
      await page.getByRole('alert').getByText('The gateway does not answer').first().waitFor({ timeout: 15_000 });
      assert.ok(await known(page).isVisible(), 'what was known stays');
      await site.gateway?.resume();
      await page.getByText(/^Connection lost/).waitFor({ state: 'detached', timeout: 15_000 });
      await back(page).waitFor({ timeout: 15_000 });
      await page.getByRole('alert').filter({ hasText: 'gateway' }).first().waitFor({ state: 'detached', timeout: 15_000 });
      assert.deepEqual(faults, []);
    } finally {
      await site.gateway?.resume().catch(() => { /* It is there. */ });
      await close();
    }
  });
}

for (const { route, known, back } of cases.filter((one) => one.back === live)) {
  test(`a network that has gone silent closes nothing: the page says how old it is, and comes back by itself: ${route}`, async () => {
    const { page, faults, close } = await visit(browser, site, desk, expected);
    try {
      await page.clock.install();
      await signIn(page, site, route);
      await known(page).waitFor();
      await back(page).waitFor();
      site.gateway?.hush(true);
      const streams = () => site.gateway?.asked.filter((line) => line.includes('/v1/events?')) ?? [];
      const before = streams().length;
      await page.clock.fastForward(31_000);
      const old = page.getByText(/^Connection lost\. What you see is \d+ s old\.$/);
      await old.waitFor({ timeout: 25_000 });
      assert.ok(Number(/\d+/.exec(await old.innerText())?.[0]) >= 29, 'its age counts from the last sign of life');
      assert.ok(await known(page).isVisible(), 'what was known stays');
      await until('it is asked for anew, from where it was', async () => streams().slice(before).some((line) => line.includes('after=')) || undefined);
      site.gateway?.hush(false);
      await old.waitFor({ state: 'detached', timeout: 25_000 });
      await back(page).waitFor({ timeout: 25_000 });
      assert.deepEqual(faults, []);
    } finally {
      site.gateway?.hush(false);
      await close();
    }
  });
}

test('an evaluator that is stuck is no lost connection: the page says since when nobody has looked', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/alerts', { name: 'stuck@localhost', password: site.password });
  await page.getByText(/^Nobody has looked at the rules for 2 min/).waitFor();
  assert.deepEqual(faults, []);
  await close();
});
