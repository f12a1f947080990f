/** Ctrl-K, the shortcuts and the first steps, by keyboard. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { sendJourney, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();

test('Ctrl-K finds pages, workloads, a trace id and actions, and goes away with Escape', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site);
  const traceId = await sendJourney(page);
  await page.goto(`${site.url}/drift`);
  await page.getByRole('heading', { name: 'Drift' }).waitFor();
  const dialog = page.getByRole('dialog');
  const find = async (text: string) => {
    await page.keyboard.press('Control+k');
    await dialog.getByRole('combobox').waitFor();
    await page.keyboard.type(text);
  };
  await find('xyzzy');
  await dialog.getByText('Nothing has this in its name.', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await find('hist');
  await dialog.locator('[cmdk-item][data-selected="true"]', { hasText: 'History' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}/history`);
  await find(traceId);
  await dialog.getByText(`Open the journey ${traceId.slice(0, 8)}`).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}/journeys/${traceId}`);
  await find('configuration');
  await dialog.getByText('configuration, Degraded').waitFor();
  await page.keyboard.press('Escape');
  await find('colours');
  await page.keyboard.press('Enter');
  await page.locator('html[data-theme="dark"]').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed'), 'true');
  await find('golden');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/send\?preset=golden&route=deployment\.create/);
  await find('sign out');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sign-in/);
  assert.deepEqual(faults.filter((fault) => !fault.includes('401')), []);
  await close();
});

test('“?” lists the shortcuts, and is a letter where somebody writes', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send?route=configuration.read');
  const field = page.locator('[data-field="path.name"] input');
  await field.focus();
  await page.keyboard.press('?');
  assert.equal(await field.inputValue(), '?');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.locator('main').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await close();
});

for (const look of [desk, phone]) {
  test(`the first steps go on with what is really done, move nothing, and stay away: ${look.width} px`, async () => {
    const { page, faults, close } = await visit(browser, site, { ...look, first: true });
    await page.addInitScript(() => {
      Reflect.set(window, 'shift', 0);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!Reflect.get(entry, 'hadRecentInput') && (Reflect.get(entry, 'sources') as readonly { node?: Node }[]).some(({ node }) => node instanceof Element && node.closest('[data-tour]'))) Reflect.set(window, 'shift', Number(Reflect.get(entry, 'value')));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await signIn(page, site);
    const at = (name: string) => page.locator(`[data-tour="${name}"]`).waitFor();
    await at('send');
    await sendJourney(page);
    await at('hop');
    await page.locator('li[data-line="sql"] button[aria-expanded]').first().click();
    await at('manifest');
    await page.getByLabel('staging').check();
    await page.getByRole('link', { name: 'Open in Manifests' }).first().click();
    await page.waitForURL(/\/environments\/staging\/manifests\?path=/);
    await at('line');
    await page.locator('[data-object] button').first().click();
    await at('end');
    assert.equal(await page.evaluate(() => Reflect.get(window, 'shift')), 0, 'it moves nothing');
    await page.reload();
    await at('end');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.locator('[data-tour]').waitFor({ state: 'detached' });
    await page.goto(site.url);
    await page.locator('li[data-health]').first().waitFor();
    assert.equal(await page.locator('[data-tour]').count(), 0);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByText('Take the tour').click();
    await at('send');
    await page.getByRole('button', { name: 'Do not show this again' }).click();
    assert.equal(await page.evaluate(() => localStorage.getItem('journey-tour')), 'over');
    assert.deepEqual(faults, []);
    await close();
  });
}
