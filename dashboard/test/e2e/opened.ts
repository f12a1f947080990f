import type { Locator, Page } from 'playwright-core';
import { askApi } from './visitor.ts';

/** What a person opens on a page, or what comes over it. */
export interface Opened { readonly name: string; readonly path: string; readonly open: (page: Page) => Promise<unknown>; /** What is looked at: what lies behind a dialog is a route of its own. */ readonly within: string; readonly undo?: (page: Page) => Promise<unknown> }

/** Every dialog that is on no route of its own, what stands over every page, and errors. Of the fake gateway's story. */
export function opened(pull: number): readonly Opened[] {
  const dialog = (name: string, path: string, open: (page: Page) => Promise<unknown>): Opened => ({ name, path, open: async (page) => { await open(page); await page.getByRole('dialog').waitFor(); }, within: 'dialog[open]' });
  const press = (name: string | RegExp) => (page: Page) => button(page, name).click();
  return [
    dialog('acknowledge', '/alerts', press('Acknowledge ConfigurationFails')),
    { name: 'acknowledge-refused', path: '/alerts', open: refused, within: 'dialog[open]' },
    dialog('silence', '/alerts', press('Silence ConfigurationFails')),
    dialog('remove-rule', '/alerts', press(/^Remove /)),
    dialog('shortcuts', '/journeys', async (page) => {
      // A list that was asked for: the page listens to keys.
      await page.locator('main li a').first().waitFor();
      await page.keyboard.press('?');
    }),
    dialog('deploy', '/environments?act=deploy&in=local', (page) => page.getByRole('textbox', { name: 'Revision' }).waitFor()),
    dialog('knob', '/environments?act=knob&in=local', (page) => page.getByLabel('Value').waitFor()),
    dialog('promote', '/environments?act=promote&in=staging&workload=gateway', (page) => page.getByText('60 minutes').and(page.locator('dialog *')).waitFor()),
    dialog('rollback', '/history', async (page) => {
      await button(page, /^Roll back: /).click();
      await page.locator('dialog [data-fact]').first().waitFor();
    }),
    dialog('close-pull', `/pulls/${pull}`, press('Close')),
    dialog('lift', '/history', press(/^Lift the hold on /)),
    { name: 'fault-banner', path: '/glossary', open: breakSomething, within: 'aside[data-faults]', undo: healAll },
    { name: 'error', path: '/pulls/999', open: (page) => page.getByRole('alert').getByText('There is no such pull request.').waitFor(), within: 'main' },
  ];
}

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first();

async function refused(page: Page): Promise<void> {
  await button(page, 'Acknowledge ConfigurationFails').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('fail-503');
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
}

async function breakSomething(page: Page): Promise<void> {
  await askApi(page, 'POST', '/v1/faults', { workload: 'configuration', kind: 'latency', strength: 300, seconds: 60, reason: 'To see the banner' });
  await page.reload();
  await page.locator('aside[data-faults]').waitFor();
}

async function healAll(page: Page): Promise<void> {
  const { faults } = await askApi(page, 'GET', '/v1/faults') as { readonly faults: readonly { readonly id: string }[] };
  for (const { id } of faults) await askApi(page, 'DELETE', `/v1/faults/${id}`);
}
