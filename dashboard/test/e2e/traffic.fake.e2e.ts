/** The switch for demo traffic: what it sends, that it ends, and that its journeys can be told apart. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { sendJourney, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();
/** Mistakes are part of the mix, and the browser logs each. */
const mistakes = /status of 4\d\d/;

for (const look of [desk, phone]) {
  test(`switched on it sends labelled requests, over other pages, until it is stopped: ${look.width} px`, async () => {
    const { page, faults, close } = await visit(browser, site, look, mistakes);
    await signIn(page, site);
    const labels: (string | undefined)[] = [];
    page.on('request', (request) => { if (request.headers()['journey-traffic']) labels.push(request.headers()['journey-traffic']); });
    const box = page.locator('[data-traffic]');
    await box.getByRole('button', { name: 'Start' }).click();
    await box.getByText(/Demo traffic runs until \d\d:\d\d, [1-9]\d* sent, \d+ failed\./).waitFor();
    await page.screenshot({ path: join(import.meta.dirname, `../pictures/traffic-${look.width}-${look.colours}.png`), fullPage: true });
    await page.getByRole('link', { name: 'All journeys' }).click();
    await page.getByRole('heading', { name: 'Journeys' }).waitFor();
    await page.locator('[data-demo]').nth(3).waitFor();
    const before = labels.length;
    await page.waitForTimeout(1500);
    assert.ok(labels.length > before, 'it goes on while another page is looked at');
    await page.getByRole('link', { name: 'Overview' }).click();
    await box.getByRole('button', { name: 'Stop' }).click();
    await box.getByText(/Demo traffic ended at/).waitFor();
    const sent = Number(await box.locator('[data-sent]').getAttribute('data-sent'));
    assert.ok(sent > before, `${sent} sent`);
    await page.waitForTimeout(1500);
    assert.equal(labels.length, sent, 'what it says is what was sent, and nothing after the stop');
    assert.ok(labels.every((label) => label === 'demo'));
    assert.deepEqual(faults, []);
    await close();
  });
}

test('it ends by itself', async () => {
  const { page, close } = await visit(browser, site, desk, mistakes);
  await page.clock.install();
  await signIn(page, site);
  const box = page.locator('[data-traffic]');
  await box.getByLabel('For').selectOption('1');
  await box.getByRole('button', { name: 'Start' }).click();
  await box.locator('[data-sent="2"]').waitFor();
  await page.clock.fastForward(70_000);
  await page.locator('[data-traffic="over"]').getByText(/Demo traffic ended at/).waitFor();
  await close();
});

test('demo journeys are marked, and left out when the address says so; a viewer has no switch', async () => {
  const { page, faults, close } = await visit(browser, site, desk, mistakes);
  await signIn(page, site);
  const traceId = await sendJourney(page);
  await page.goto(`${site.url}/`);
  await page.locator('[data-traffic]').getByRole('button', { name: 'Start' }).click();
  await page.locator('[data-sent="3"]').waitFor();
  await page.locator('[data-traffic]').getByRole('button', { name: 'Stop' }).click();
  await page.goto(`${site.url}/journeys`);
  await page.locator('[data-demo]').first().waitFor();
  await page.getByLabel('Hide demo traffic').check();
  await page.waitForURL(/\?demo=hidden$/);
  await page.locator('[data-demo]').first().waitFor({ state: 'detached' });
  await page.locator(`a[href="/journeys/${traceId}"]`).waitFor();
  await page.reload();
  await page.locator(`a[href="/journeys/${traceId}"]`).waitFor();
  assert.equal(await page.locator('[data-demo]').count(), 0);
  await page.goBack();
  await page.locator('[data-demo]').first().waitFor();
  assert.deepEqual(faults, []);
  await close();
  const viewer = await visit(browser, site, desk);
  await signIn(viewer.page, site, '/', { name: 'viewer@localhost', password: 'a long enough password' });
  assert.equal(await viewer.page.locator('[data-traffic]').getByRole('button', { name: 'Start' }).isDisabled(), true);
  await viewer.close();
});
