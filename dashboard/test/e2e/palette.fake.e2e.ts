/** Ctrl-K, the shortcuts and the first steps, by keyboard. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { loadAxe, seriousFindings } from './axe.ts';
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
    const { page, faults, close } = await visit(browser, site, { ...look, first: true }, /status of 502/);
    await page.addInitScript(() => {
      Reflect.set(window, 'shift', 0);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!Reflect.get(entry, 'hadRecentInput') && (Reflect.get(entry, 'sources') as readonly { node?: Node }[]).some(({ node }) => node instanceof Element && node.closest('[data-tour]'))) Reflect.set(window, 'shift', Number(Reflect.get(entry, 'value')));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await signIn(page, site);
    const at = (name: string) => page.locator(`[data-tour="${name}"]`).waitFor();
    await at('send');
    // As the page opens, what the step speaks of is not behind its card.
    const [card, button] = await Promise.all([page.locator('[data-tour="send"]').boundingBox(), page.getByRole('button', { name: 'Send and watch' }).boundingBox()]);
    assert.ok(card && button);
    const apart = button.x >= card.x + card.width || card.x >= button.x + button.width || button.y >= card.y + card.height || card.y >= button.y + button.height;
    assert.ok(apart, `the button is behind the card: ${JSON.stringify({ button, card })}`);
    await sendJourney(page);
    await at('hop');
    await page.locator('li[data-line="sql"] button[aria-expanded]').first().click();
    await at('manifest');
    await page.getByLabel('staging').check();
    await page.getByRole('link', { name: 'Open in Manifests' }).first().click();
    await page.waitForURL(/\/environments\/staging\/manifests\?path=/);
    await at('line');
    await page.locator('[data-object] button').first().click();
    await at('break');
    await breakIt(page);
    await at('heal');
    await page.locator('[data-tour]').getByRole('link', { name: 'Go there' }).click();
    await page.getByRole('button', { name: 'End Errors at configuration' }).click();
    await at('end');
    // The card itself grows with its words, long after the click on a busy machine; Core Web Vitals call less than 0.1 good.
    const shift = Number(await page.evaluate(() => Reflect.get(window, 'shift')));
    assert.ok(shift < 0.1, `it moves ${shift}`);
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

for (const look of [desk, { ...phone, colours: 'light' }, { ...desk, colours: 'dark' }, phone] as const) {
  test(`a first visitor is told a few words, until they are put away: ${look.width} px, ${look.colours}`, async () => {
    const { page, faults, close } = await visit(browser, site, { ...look, first: true });
    await signIn(page, site);
    const words = page.getByRole('region', { name: 'Words of this place' });
    await words.getByText('One request’s whole story.').waitFor();
    assert.deepEqual(await words.getByRole('term').allInnerTexts(), ['workload', 'environment', 'release', 'journey', 'hop']);
    assert.equal(await words.getByRole('link', { name: 'All words' }).getAttribute('href'), '/glossary');
    assert.ok(await page.evaluate((width) => document.documentElement.scrollWidth <= width, look.width), 'nothing lies beyond the right edge');
    await page.locator('[data-tour="send"]').waitFor();
    await loadAxe(page);
    assert.deepEqual(await seriousFindings(page), []);
    await page.screenshot({ path: join(import.meta.dirname, `../pictures/words-${look.width}-${look.colours}.png`), fullPage: true });
    await words.getByRole('button', { name: 'Put them away' }).click();
    await words.waitFor({ state: 'detached' });
    await page.reload();
    // The tour is still there: had the words come back, they had come with it.
    await page.locator('[data-tour="send"]').waitFor();
    await page.locator('li[data-health]').first().waitFor();
    await page.waitForTimeout(500);
    assert.equal(await words.count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });
}

test('who ended the tour is told no words', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site);
  await page.locator('li[data-health]').first().waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.locator('[data-words]').count(), 0);
  await close();
});

/** By the tour's own links: the fault for a short time, the request again, the hop that failed. */
async function breakIt(page: Page): Promise<void> {
  const tour = page.locator('[data-tour="break"]');
  await tour.getByText('let configuration answer with errors').waitFor();
  await tour.getByRole('link', { name: 'Go there' }).click();
  await page.getByLabel('Reason').fill('The tour');
  assert.equal(await page.getByLabel('Strength').inputValue(), '100');
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await tour.getByText('Send and watch').waitFor();
  await page.screenshot({ path: join(import.meta.dirname, `../pictures/tour-break-${page.viewportSize()?.width}.png`) });
  await tour.getByRole('link', { name: 'Go there' }).click();
  await page.getByRole('button', { name: 'Send and watch' }).click();
  await page.getByRole('link', { name: /See how far it got/ }).click();
  await page.waitForURL(/\/journeys\/[0-9a-f]{32}/);
}

test('who may break nothing is told so, and goes on without it; what ends by itself is healed as well', async () => {
  for (const [name, words] of [['viewer@localhost', 'needs the role operator'], ['clean@localhost', 'allows no faults']] as const) {
    const { page, faults, close } = await visit(browser, site, { ...desk, first: true });
    await page.addInitScript(() => localStorage.getItem('journey-tour') ?? localStorage.setItem('journey-tour', '4'));
    await signIn(page, site, '/', { name, password: 'a long enough password' });
    await page.locator('[data-tour="break"]').getByText(words).waitFor();
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await page.locator('[data-tour="end"]').waitFor();
    assert.deepEqual(faults, []);
    await close();
  }
  const { page, close } = await visit(browser, site, { ...desk, first: true });
  await page.addInitScript(() => localStorage.getItem('journey-tour') ?? localStorage.setItem('journey-tour', '5'));
  await signIn(page, site, '/');
  await page.locator('[data-tour="end"]').waitFor();
  await close();
});
