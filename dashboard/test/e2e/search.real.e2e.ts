/** A text is looked for among 100,000 lines of the last hour, from the page: from the click until the line that holds it is painted. On the real platform. Needs JOURNEY_STATUS and JOURNEY_CHECKOUT. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { askApi, signIn, until, visit } from './visitor.ts';

const [LINES, EACH, NEEDLES, MOST_MS] = [100_000, 2000, 9, 300] as const;
const { site, browser } = await openStage();
const { processes } = JSON.parse(process.env['JOURNEY_STATUS'] ?? '{"processes":[]}') as { readonly processes: readonly { readonly name: string; readonly urls: Readonly<Record<string, string>> }[] };
const { values } = JSON.parse(readFileSync(join(process.env['JOURNEY_CHECKOUT'] ?? join(import.meta.dirname, '../../..'), '.journey/secrets.json'), 'utf8')) as { readonly values: Readonly<Record<string, string>> };

test('a text among 100,000 lines of one hour is on the page soon after it is asked for', async (t) => {
  await bring();
  const { page, faults, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' });
  await signIn(page, site, '/logs');
  await until('all lines can be found', async () => (Number((await askApi(page, 'GET', `/v1/logs/histogram?query=service:bulk&from=${Date.now() - 3_600_000}`))['total']) === LINES ? true : undefined));
  const took: number[] = [];
  for (let n = 0; n < NEEDLES; n += 1) took.push(await found(page, `needle${n}x`));
  const sorted = took.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  t.diagnostic(`measured: a text among ${LINES} lines, from the click to its line on the page, ${median.toFixed(0)} ms (${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} in ${took.length}), at most ${MOST_MS}`);
  // A machine that does much else is given room; the figure itself stands above.
  assert.ok(median <= 3 * MOST_MS, `${median} ms`);
  assert.deepEqual(faults, []);
  await close();
});

/** Lines of the last quarter of an hour, as a program sends them; each needle is in one of them. */
async function bring(): Promise<void> {
  const url = processes.find(({ name }) => name === 'monitoring')?.urls['http'] ?? '';
  const began = Date.now() - 900_000;
  for (let from = 0; from < LINES; from += EACH) {
    const logRecords = Array.from({ length: EACH }, (_, i) => from + i).map((n) => ({
      timeUnixNano: String(BigInt(began + Math.floor((n * 900_000) / LINES)) * 1_000_000n), severityNumber: 9,
      body: { stringValue: `order ${n} of the shop was ${n % 3 === 0 ? 'packed' : 'sent'} in ${n % 97} ms${n % 10_000 === 5000 ? ` needle${Math.floor(n / 10_000)}x` : ''}` },
    }));
    const body = JSON.stringify({ resourceLogs: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'bulk' } }] }, scopeLogs: [{ logRecords }] }] });
    const answer = await fetch(`${url}/v1/logs`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${values['workload-key']}` } });
    assert.equal(answer.status, 200, await answer.text());
  }
}

/** @returns milliseconds from the click until the only line with this text has been painted */
async function found(page: Page, text: string): Promise<number> {
  await page.getByLabel('Search').fill(text);
  return await page.evaluate(async (wanted) => {
    const [button] = [...document.querySelectorAll('form[role=search] button')];
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    const began = performance.now();
    if (button instanceof HTMLElement) button.click();
    for (;;) {
      const rows = [...document.querySelectorAll('li[data-line-id]')];
      if (rows.length === 1 && rows[0]?.textContent?.includes(wanted) === true) break;
      if (performance.now() - began > 20_000) throw new Error(`${wanted} is not on the page`);
      await frame();
    }
    // It is in the page; after the next frame it has been painted.
    await frame();
    return performance.now() - began;
  }, text);
}
