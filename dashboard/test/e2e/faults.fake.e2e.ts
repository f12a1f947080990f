/** The switch for faults, and the banner that nobody overlooks. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();

test('switched on with a reason, over every page until it ends, and ended by hand', async () => {
  for (const look of [desk, phone]) {
    const { page, faults, close } = await visit(browser, site, look, /status of 502/);
    await signIn(page, site, '/faults');
    await page.getByText('Nothing is wrong on purpose.').waitFor();
    await page.getByLabel('Workload').selectOption('configuration');
    await page.getByLabel('Strength').fill('1500');
    await page.getByLabel('Reason').fill('fail-503');
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByRole('alert').getByText('configuration cannot be reached.').waitFor();
    assert.equal(await page.locator('[data-faults]').count(), 0, 'what did not come about is not shown');
    await page.getByLabel('Reason').fill('Where does it wait?');
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.locator('[data-fault="configuration/latency"]').getByText('Where does it wait?').waitFor();
    await page.screenshot({ path: join(import.meta.dirname, `../pictures/faults-on-${look.width}-${look.colours}.png`), fullPage: true });
    await page.getByRole('link', { name: 'Drift' }).click();
    await page.getByRole('complementary', { name: 'Faults' }).getByText('On purpose: configuration, Latency 1500 ms').waitFor();
    await page.goto(`${site.url}/faults`);
    await page.getByRole('button', { name: 'End Latency at configuration' }).click();
    await page.locator('[data-faults]').waitFor({ state: 'detached' });
    assert.deepEqual(faults, []);
    await close();
  }
});

test('a viewer sees it and has no switch; where the model allows none, the page says what would', async () => {
  const viewer = await visit(browser, site, desk);
  await signIn(viewer.page, site, '/faults', { name: 'viewer@localhost', password: 'a long enough password' });
  assert.equal(await viewer.page.getByRole('button', { name: 'Switch it on' }).isDisabled(), true);
  await viewer.close();
  const none = await visit(browser, site, desk);
  await signIn(none.page, site, '/faults', { name: 'clean@localhost', password: 'a long enough password' });
  await none.page.getByText('The model of this environment allows no faults.').waitFor();
  await none.close();
});
