/**
 * An alert from its breach to its end, from one page, on the real platform: a fault makes configuration fail, a rule made by hand fires,
 * a mail tells of it, it is acknowledged and silenced, the fault ends, it is resolved. Needs JOURNEY_CHECKOUT.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { askApi, signIn, until, visit } from './visitor.ts';

const post = join(process.env['JOURNEY_CHECKOUT'] ?? join(import.meta.dirname, '../../..'), '.journey', 'data', 'mail');
const { site, browser } = await openStage();
const mails = (word: string): number => (existsSync(post) ? readdirSync(post, { recursive: true, withFileTypes: true }) : [])
  .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(word)).length;

test('breach, firing, mail, acknowledged, silenced, resolved', async (t) => {
  const { page, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' }, /./);
  await signIn(page, site, '/alerts');
  await askApi(page, 'POST', '/v1/alert-rules', { name: 'SettingsFail', what: 'errorShare', workload: 'configuration', comparison: 'above', threshold: 0.5, windowSeconds: 30, forSeconds: 0, keepFiringSeconds: 0, severity: 'ticket' });
  const fault = await askApi(page, 'POST', '/v1/faults', { workload: 'configuration', kind: 'errors', strength: 100, seconds: 120, reason: 'An alert, from its breach to its end' });
  const began = Date.now();
  const asking = setInterval(() => { void page.evaluate(() => fetch('/api/v1/settings/local/deployment-freeze', { headers: { 'x-requested-with': 'journey' } }).then(() => undefined)).catch(() => undefined); }, 300);
  try {
    const row = page.locator('[data-alert="SettingsFail"]');
    await row.getByText('Firing').waitFor({ timeout: 60_000 });
    const seconds = (Date.now() - began) / 1000;
    t.diagnostic(`measured: from the breach to firing on the page ${seconds.toFixed(1)} s, at most 15`);
    assert.ok(seconds <= 30, `${seconds} s`);
    await page.getByRole('button', { name: 'Acknowledge SettingsFail' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('I look at it');
    await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await row.locator('[data-acknowledged]', { hasText: 'I look at it' }).waitFor();
    await until('the mail', () => Promise.resolve(mails('SettingsFail') > 0 ? true : undefined));
    await page.getByRole('button', { name: 'Silence SettingsFail' }).click();
    await dialog.getByLabel('Minutes').fill('5');
    await dialog.getByLabel('Reason').fill('It is known');
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    await row.locator('[data-silenced]', { hasText: 'It is known' }).waitFor();
  } finally {
    clearInterval(asking);
    await askApi(page, 'DELETE', `/v1/faults/${String(fault['id'])}`);
  }
  await page.locator('[data-change="SettingsFail resolved"]').first().waitFor({ timeout: 90_000 });
  // Told once: a second mail of the same would be a repetition.
  assert.equal(mails('SettingsFail'), 1, 'one mail, since it was silenced before its end');
  await close();
});
